"""The rows of a batch, written in bulk."""

from collections.abc import Iterable, Sequence

from django.db.models import F

from wireroom.formats.item import CANCELED, Item

from . import rows, search
from .lists import keys_of
from .models import Alias, Change, Kinship, Listing, Picture, PictureState, Provider, Story, Version
from .page import Page

#: What a batch may change of a story that is there already.
CHANGED = [
    field.name
    for field in Story._meta.concrete_fields  # noqa: SLF001 (Django's documented interface)
    if field.name not in {"id", "provider", "guid", "received_at"}
]
COLUMNS = tuple(field.attname for field in Story._meta.concrete_fields)  # noqa: SLF001 (the same)


def write(pages: Sequence[Page], *, provider: Provider) -> None:
    """Write what a batch did to its stories; of one that was merged unseen there is none."""
    pages = [page for page in pages if page.merged_into is None or page.story.pk is not None]
    new = [page.story for page in pages if page.story.pk is None]
    old = [page.story for page in pages if page.story.pk is not None]
    _write_new(new)
    Story.objects.bulk_create(
        old, update_conflicts=True, unique_fields=["id"], update_fields=CHANGED
    )
    for page in pages:
        if page.merged_into is not None:
            _move(page.story, page.merged_into.story, after=page.merged_after)
    _write_history(pages)
    _write_names(pages, provider)
    fresh = {story.pk for story in new}
    shown = [(page.story, page.shown) for page in pages if page.shown]
    _write_listings(shown, provider, fresh)
    _write_pictures(shown, provider, fresh)
    search.index([(story.pk, item) for story, item in shown], fresh=fresh)
    search.drop([page.story.pk for page in pages if page.story.killed_at])


def _write_new(stories: Sequence[Story]) -> None:
    """Write stories that are new, and give them their ids."""
    if not stories:
        return
    for story, number in zip(stories, rows.numbers(Story, len(stories)), strict=True):
        story.pk = number
    rows.insert(Story, [vars(story) for story in stories], columns=COLUMNS)


def _move(story: Story, into: Story, *, after: int) -> None:
    """Give what belongs to a story to the one that it was merged into."""
    versions = Version.objects.filter(story=story)
    versions.update(story=into, number=F("number") + after)
    Alias.objects.filter(story=story).update(story=into)
    earlier = Story.objects.filter(merged_into=story)
    earlier.update(merged_into=into, merged_after=F("merged_after") + after)
    there = Picture.objects.filter(story=into).values("href")
    Picture.objects.filter(story=story).exclude(href__in=there).update(story=into, used=False)
    Picture.objects.filter(story=story).update(used=False)
    places = Listing.objects.filter(story=story)
    if story.published_at:
        places.update(left=True)
    else:
        places.delete()
    search.drop([story.pk])


def _write_names(pages: Iterable[Page], provider: Provider) -> None:
    """Write the other ids of stories, and which stories are one."""
    Alias.objects.bulk_create(
        [
            Alias(provider=provider, guid=guid, story=page.story)
            for page in pages
            for guid in sorted(page.aliases)
        ],
        ignore_conflicts=True,
    )
    if own := {guid for page in pages for guid in page.own}:
        Alias.objects.filter(provider=provider, guid__in=own).update(own=True)
    Kinship.objects.bulk_create(
        [Kinship(one=page.story, other=other.story) for page in pages for other in page.new_kin],
        ignore_conflicts=True,
    )


def _write_history(pages: Iterable[Page]) -> None:
    """Write versions and changes, now that every story has its id."""
    rows.insert(
        Version, [row | {"story_id": page.story.pk} for page in pages for row in page.versions]
    )
    rows.insert(
        Change,
        [
            {
                "story_id": page.story.pk,
                "what": change.what,
                "at": change.at,
                "why": change.why,
                "version": change.version,
            }
            for page in pages
            for change in page.changes
        ],
    )


def _write_listings(
    shown: Sequence[tuple[Story, Item]], provider: Provider, fresh: set[int]
) -> None:
    """Put stories into the lists they belong in, and out of the others.

    Where readers could see it, it leaves a trace, so that its end can be told there.
    """
    listed = {(story.pk, key): story for story, item in shown for key in keys_of(item, provider)}
    changed = {story.pk: story for story, _ in shown if story.pk not in fresh}
    left: dict[tuple[int, str], Story] = {}
    if changed:
        old = Listing.objects.filter(story__in=changed)
        stood = [place for place in old.values_list("story_id", "key") if place not in listed]
        left = {place: changed[place[0]] for place in stood if changed[place[0]].published_at}
        old.delete()
    rows.insert(
        Listing,
        [
            {"story_id": number, "key": key, "listed_at": story.listed_at, "left": gone}
            for places, gone in ((listed, False), (left, True))
            for (number, key), story in places.items()
        ],
    )


def _write_pictures(
    shown: Sequence[tuple[Story, Item]], provider: Provider, fresh: set[int]
) -> None:
    """Keep what the agency says of each picture; our own copies are made later."""
    pictures = [
        Picture(
            story=story,
            position=position,
            href=picture.href,
            caption=picture.caption,
            credit=picture.credit or item.creditline or provider.name,
            alt=picture.alt,
            rights="\n".join(
                filter(None, (picture.rights.holder, picture.rights.notice, picture.rights.terms))
            ),
            representative=picture.representative,
            used=picture.pubstatus != CANCELED and provider.use_pictures,
            next_at=story.received_at,
            state=PictureState.WAITING,
        )
        for story, item in shown
        for position, picture in enumerate({p.href: p for p in item.pictures}.values())
    ]
    changed = [story.pk for story, _ in shown if story.pk not in fresh]
    if changed:
        Picture.objects.filter(story__in=changed).update(used=False)
    Picture.objects.bulk_create(
        pictures,
        update_conflicts=True,
        unique_fields=["story", "href"],
        update_fields=["position", "caption", "credit", "alt", "rights", "representative", "used"],
    )
