"""Stories as lists show them: everything a template needs, in two queries however many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from wireroom.vocab.countries import Country, country
from wireroom.wire.models import Picture, PictureState, Story
from wireroom.wire.queries import StoryQuerySet

from .house import spoken
from .isolation import each
from .photos import Photo, photo_of
from .times import Times

#: How long lists tell that a story was updated or corrected.
TOLD = timedelta(hours=48)
#: What they say.
MARKS = {"update": "Updated", "correction": "Corrected"}


#: The columns of a story that its line is made of.
LINE = (
    "id",
    "slug",
    "headline",
    "language",
    "provider__name",
    "listed_at",
    "seen",
    "mark",
    "updated_at",
    "corrected",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One story in a line, as the Latest News panel has it."""

    path: str
    headline: str
    #: BCP 47, or empty.
    language: str
    #: The provider's name.
    agency: str
    listed_at: datetime
    #: How many versions readers have seen.
    seen: int
    #: Updated, Corrected or empty.
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Line):
    """One story in a list, with where it is set and its picture."""

    story: Story
    country: Country | None
    photo: Photo | None


def path_of(story: Story) -> str:
    """Say where a story stands."""
    return _path(story.pk, story.slug)


def cards(stories: StoryQuerySet | Sequence[Story], now: datetime) -> list[Card]:
    """Make cards of stories, with the first picture of each."""
    rows = list(stories)
    photos = _first_photos(story.pk for story in rows if story.provider.use_pictures)
    return each(rows, lambda story: _card(story, photos.get(story.pk), now))


def line(row: Sequence[Any], now: datetime) -> Line:
    """Make a line of the columns in ``LINE``."""
    number, slug, headline, language, agency, listed_at, seen, mark, updated, corrected = row
    return Line(
        path=_path(number, slug),
        headline=headline,
        language=spoken(language),
        agency=agency,
        listed_at=listed_at,
        seen=seen,
        mark=_told(mark, updated, corrected, now),
    )


def by_day(found: Iterable[Card], times: Times) -> Iterator[tuple[date, list[Card]]]:
    """Part cards, newest first, by the day they are listed under."""
    for day, group in groupby(found, key=lambda card: times.day_of(card.listed_at)):
        yield day, list(group)


def _path(number: int, slug: str) -> str:
    return f"/s/{number}/{slug}" if slug else f"/s/{number}"


def _told(mark: str, updated: datetime, corrected: datetime | None, now: datetime) -> str:
    """Say what lists tell of a story, while that is news."""
    since = corrected if mark == "correction" else updated
    return MARKS.get(mark, "") if since and since > now - TOLD else ""


def _card(story: Story, picture: Picture | None, now: datetime) -> Card:
    return Card(
        story=story,
        path=path_of(story),
        headline=story.headline,
        language=spoken(story.language),
        agency=story.provider.name,
        listed_at=story.listed_at,
        seen=story.seen,
        mark=_told(story.mark, story.updated_at, story.corrected, now),
        country=country(story.country) if story.country else None,
        photo=photo_of(picture) if picture else None,
    )


def _first_photos(numbers: Iterable[int]) -> dict[int, Picture]:
    kept = Picture.objects.filter(story__in=list(numbers), used=True, state=PictureState.KEPT)
    rows = kept.order_by("story_id", "-position")
    return {picture.story_id: picture for picture in rows}
