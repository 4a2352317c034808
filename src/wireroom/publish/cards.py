"""Stories as lists show them: everything a template needs, in two queries however many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from wireroom.vocab.countries import Country, country
from wireroom.wire.models import Picture, PictureState, Story
from wireroom.wire.queries import StoryQuerySet

from .isolation import each
from .photos import Photo, photo_of
from .times import Times

#: How long lists tell that a story was updated or corrected.
TOLD = timedelta(hours=48)
#: What they say.
MARKS = {"update": "Updated", "correction": "Corrected"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One story in a list."""

    story: Story
    path: str
    country: Country | None
    photo: Photo | None
    #: Updated, Corrected or empty.
    mark: str


def path_of(story: Story) -> str:
    """Say where a story stands."""
    return f"/s/{story.pk}/{story.slug}" if story.slug else f"/s/{story.pk}"


def cards(stories: StoryQuerySet | Sequence[Story], now: datetime) -> list[Card]:
    """Make cards of stories, with the first picture of each."""
    rows = list(stories)
    photos = _first_photos(story.pk for story in rows)
    return each(rows, lambda story: _card(story, photos.get(story.pk), now))


def plain_cards(stories: Iterable[Story], now: datetime) -> list[Card]:
    """Make cards without pictures."""
    return each(stories, lambda story: _card(story, None, now))


def by_day(found: Iterable[Card], times: Times) -> Iterator[tuple[date, list[Card]]]:
    """Part cards, newest first, by the day they are listed under."""
    for day, group in groupby(found, key=lambda card: times.day_of(card.story.listed_at)):
        yield day, list(group)


def mark_of(story: Story, now: datetime) -> str:
    """Say what lists tell of a story's newest version, while that is news."""
    return MARKS.get(story.mark, "") if story.updated_at > now - TOLD else ""


def _card(story: Story, picture: Picture | None, now: datetime) -> Card:
    return Card(
        story=story,
        path=path_of(story),
        country=country(story.country) if story.country else None,
        photo=photo_of(picture) if picture else None,
        mark=mark_of(story, now),
    )


def _first_photos(numbers: Iterable[int]) -> dict[int, Picture]:
    kept = Picture.objects.filter(story__in=list(numbers), used=True, state=PictureState.KEPT)
    rows = kept.order_by("story_id", "-position")
    return {picture.story_id: picture for picture in rows}
