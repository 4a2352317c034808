"""A story's page, put together from the version that readers see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from markupsafe import Markup

from wireroom.formats.item import Link
from wireroom.vocab.countries import Country, country
from wireroom.vocab.sectors import Sector, sector
from wireroom.wire.models import Picture, PictureState, Provider, Story, Version
from wireroom.wire.papers import unpack
from wireroom.wire.prepared import Prepared, columns, model

from . import provenance
from .cards import path_of
from .corrections import Correction, corrections
from .house import House, direction, tongue
from .photos import Photo, photo_of
from .signature import tag_of, unsigned

#: What a page needs to know of each.
VERSION = columns(
    Version,
    *("story_id", "number", "author_id", "body", "byline", "creditline", "language", "papers"),
)
STORY = columns(
    Story,
    *("provider_id", "shown", "holds", "killed_at", "embargo", "expires", "expiry_removes"),
    *("headline", "standfirst", "slug", "country", "sector", "seen"),
    *("first_created", "updated_at", "corrected", "received_at", "published_at"),
)
PROVIDER = columns(Provider, "slug", "name", "tag", "index_policy", "full_page", "use_pictures")
PICTURE = columns(
    Picture,
    *("sha256", "mime", "width", "height"),
    *("alt", "caption", "credit", "rights", "representative"),
)
SHOWN = Prepared(
    lambda number: Version.objects.filter(story_id=number, number=F("story__shown")),
    *VERSION,
    *(f"story__{name}" for name in STORY),
    *(f"story__provider__{name}" for name in PROVIDER),
)
KEPT = Prepared(
    lambda number: Picture.objects.filter(
        story_id=number, used=True, state=PictureState.KEPT
    ).order_by("position", "id"),
    *PICTURE,
)
#: From this age a story says how old it is.
OLD = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """Everything a story's page says, ready for its template."""

    story: Story
    version: Version
    provider: Provider
    #: Cleaned HTML without the agency's tag; empty where the contract keeps it off the page.
    body: Markup
    #: How the agency's line and tag call it: ``ANI``.
    tag: str
    photos: tuple[Photo, ...]
    country: Country | None
    sector: Sector | None
    #: Where the agency has it, when our page has none of its text.
    elsewhere: Link | None
    rights: str
    disclaimer: str
    #: BCP 47, of the story; and which way it runs: ltr or rtl.
    language: str
    direction: str
    canonical: str
    robots: Mapping[str, str]
    old: bool
    #: Its text was wrong before, and readers are told for good: newest first.
    corrections: tuple[Correction, ...]


def shown_version(number: int) -> Version | None:
    """Find the version of a story that readers see, with its story and provider."""
    for values in map(iter, SHOWN.ask(number)):
        version = model(Version, VERSION, values)
        version.story = model(Story, STORY, values)
        version.story.provider = model(Provider, PROVIDER, values)
        return version
    return None


def story_page(version: Version, house: House, now: datetime) -> StoryPage:
    """Put a story's page together."""
    story, provider, papers = version.story, version.story.provider, unpack(version.papers)
    tag = tag_of(provider)
    body = unsigned(version.body, tag) if provider.full_page else ""
    return StoryPage(
        story=story,
        version=version,
        provider=provider,
        body=Markup(body),  # noqa: S704 (cleaned when it came in)
        tag=tag,
        photos=_photos(story) if provider.use_pictures else (),
        country=country(story.country) if story.country else None,
        sector=sector(story.sector) if story.sector else None,
        elsewhere=None if body else provenance.origin(papers),
        rights=provenance.rights(version, papers),
        disclaimer=provenance.disclaimer(version, provider, house),
        language=tongue(version.language, house),
        direction=direction(tongue(version.language, house)),
        canonical=provenance.canonical(provider, papers, house.address(path_of(story))),
        robots=provenance.robots(provider),
        old=story.updated_at < now - OLD,
        corrections=corrections(story, provider),
    )


def _photos(story: Story) -> tuple[Photo, ...]:
    return tuple(photo_of(model(Picture, PICTURE, iter(row))) for row in KEPT.ask(story.pk))
