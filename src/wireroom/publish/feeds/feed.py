"""A list as a feed, whatever the format: entries for what is live, notices for what is gone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from django.db.models import F

from wireroom.formats.elements import fit
from wireroom.publish import provenance
from wireroom.publish.house import House, tongue
from wireroom.publish.isolation import each
from wireroom.publish.lists import FEED_SIZE, StoryList
from wireroom.publish.notices import Notice, notices
from wireroom.publish.paging import page
from wireroom.publish.photos import Photo, photo_of
from wireroom.publish.signature import tag_of, unsigned
from wireroom.vocab.countries import country
from wireroom.vocab.sectors import sector
from wireroom.wire.models import Picture, PictureState, Story, Version
from wireroom.wire.papers import Papers, unpack
from wireroom.wire.pictures import path_of as copy_of

#: Notices in a feed that is no Atom feed, the newest; the whole is in ``/kills.json``.
NOTICES = 50
#: What a feed without anything says of its last change.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
#: No feed reader believes an older date.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
GONE = {
    "killed": ("Story withdrawn", "This story was withdrawn."),
    "withheld": ("Story held", "This story is held and may come back."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What an entry is about; ``scheme`` is the absolute address of its list."""

    term: str
    label: str
    scheme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An entry's first picture, absolute, with the bytes its copy has."""

    url: str
    photo: Photo
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One live story."""

    number: int
    #: Address without slug, the id for ever.
    url: str
    title: str
    summary: str
    #: The text as HTML, where the contract lets it out; else empty.
    html: str
    author: str
    agency: str
    #: The agency's credit line.
    credit: str
    #: Credit, holder, notice and terms, in one line.
    rights: str
    language: str
    created: datetime
    updated: datetime
    categories: tuple[Category, ...]
    image: Image | None
    #: How many versions readers have seen, and what the newest one did.
    version: int
    signal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """One story that was taken from readers: nothing of it but its address."""

    url: str
    at: datetime
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A whole feed."""

    title: str
    about: str
    #: The list's page and the feed's own address.
    page: str
    address: str
    site: str
    publisher: str
    language: str
    updated: datetime
    entries: tuple[Entry, ...]
    gone: tuple[Gone, ...]


def gather(found: StoryList, form: str, house: House, now: datetime) -> Feed:
    """Gather what a list's feed says."""
    chosen = found.stories(now).select_related("provider")
    stories = page(chosen, found.order, size=FEED_SIZE).stories
    entries = tuple(_entries(list(stories), house))
    told = [] if found.words is not None else notices(now, found.key)
    gone = tuple(_gone(n, house) for n in (told if form == "atom" else told[:NOTICES]))
    moments = [entry.updated for entry in entries] + [one.at for one in gone]
    return Feed(
        title=house.name if found.path == "/" else f"{found.title} | {house.name}",
        about=house.about,
        page=house.address(found.address),
        address=house.address(found.feed(form)),
        site=house.site,
        publisher=house.name,
        language=house.language,
        updated=max(moments, default=NEVER),
        entries=entries,
        gone=gone,
    )


def _entries(stories: list[Story], house: House) -> list[Entry]:
    """Make entries, in two queries however many."""
    numbers = [story.pk for story in stories]
    shown = Version.objects.filter(story__in=numbers, number=F("story__shown"))
    versions = {version.story_id: version for version in shown}
    pictured = [story.pk for story in stories if story.provider.use_pictures]
    kept = Picture.objects.filter(story__in=pictured, used=True, state=PictureState.KEPT)
    pictures = {picture.story_id: picture for picture in kept.order_by("story_id", "-position")}

    def made(story: Story) -> Entry | None:
        version = versions.get(story.pk)
        return _entry(story, version, pictures.get(story.pk), house) if version else None

    return each(stories, made)


def _entry(story: Story, version: Version, picture: Picture | None, house: House) -> Entry:
    provider, papers = story.provider, unpack(version.papers)
    return Entry(
        number=story.pk,
        url=house.address(f"/s/{story.pk}"),
        title=plain(story.headline) or provider.name,
        summary=plain(story.standfirst),
        html=_signed(version.body, tag_of(provider)) if provider.full_feed else "",
        author=plain(version.byline) or provider.name,
        agency=provider.name,
        credit=plain(version.creditline) or provider.name,
        rights=plain(provenance.rights(version, papers)) or provider.name,
        language=tongue(version.language, house),
        created=max(story.first_created, EARLIEST),
        updated=max(story.updated_at, EARLIEST),
        categories=tuple(_categories(story, papers, house)),
        image=_image(picture, house) if picture else None,
        version=story.seen,
        signal=story.mark,
    )


def _categories(story: Story, papers: Papers, house: House) -> Iterable[Category]:
    if found := sector(story.sector) if story.sector else None:
        yield Category(term=found.slug, label=found.name, scheme=house.address("/sector"))
    codes = papers.countries.mentioned or tuple(filter(None, [papers.countries.primary]))
    for code in codes:
        if place := country(code):
            scheme = house.address("/country")
            yield Category(term=place.code.lower(), label=place.name, scheme=scheme)


def _image(picture: Picture, house: House) -> Image:
    copy, photo = copy_of(picture), photo_of(picture)
    size = copy.stat().st_size if copy.exists() else 0
    return Image(url=house.address(photo.path), photo=photo, size=size)


def _signed(body: str, tag: str) -> str:
    """End a body with the agency's tag, once."""
    return fit(f"{unsigned(body, tag)}<p>({escape(tag, quote=False)})</p>")


def _gone(notice: Notice, house: House) -> Gone:
    title, words = GONE[notice.kind]
    return Gone(url=house.address(notice.path), at=notice.at, title=title, words=words)


def plain(words: str) -> str:
    """Make plain text fit for XML and one line."""
    return " ".join(fit(words).split())


def asked_for(parts: Mapping[str, str]) -> dict[str, str]:
    """Leave out what is empty."""
    return {name: value for name, value in parts.items() if value}
