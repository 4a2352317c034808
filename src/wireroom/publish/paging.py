"""Pages of a list that do not drift while stories arrive: cut at a story, not at a count."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import Q

from wireroom.wire.models import Story
from wireroom.wire.queries import StoryQuerySet

#: Stories on a page.
SIZE = 30
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WRITTEN = re.compile(r"(-?\d{1,18})-(\d{1,18})", re.ASCII)


class UnreadableCutError(ValueError):
    """A cut that no page of ours has written."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place in a list, between a story and the next."""

    listed_at: datetime
    story_id: int

    @classmethod
    def at(cls, story: Story) -> Self:
        """Cut at a story."""
        return cls(story.listed_at, story.pk)

    @classmethod
    def read(cls, written: str) -> Self:
        """Read a cut from an address; raises UnreadableCutError."""
        found = WRITTEN.fullmatch(written)
        if found is None:
            raise UnreadableCutError(written)
        try:
            moment = EPOCH + timedelta(microseconds=int(found[1]))
        except OverflowError as error:
            raise UnreadableCutError(written) from error
        return cls(moment, int(found[2]))

    def __str__(self) -> str:
        since = self.listed_at - EPOCH
        return f"{since // timedelta(microseconds=1)}-{self.story_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some stories of a list, newest first, and the cuts to go on from."""

    stories: Sequence[Story]
    older: Cut | None = None
    newer: Cut | None = None

    @property
    def first(self) -> bool:
        """Nothing newer lies before it."""
        return self.newer is None


def page(
    stories: StoryQuerySet,
    order: tuple[str, str],
    *,
    before: Cut | None = None,
    after: Cut | None = None,
    size: int = SIZE,
) -> Page:
    """Take the page before or after a cut, else the newest one.

    ``order`` names the two columns that the list is ordered by, a moment and an id.
    """
    if after is not None:
        return _newer(stories, order, after, size)
    moment, number = order
    if before is not None:
        stories = stories.filter(
            Q(**{f"{moment}__lt": before.listed_at})
            | Q(**{moment: before.listed_at, f"{number}__lt": before.story_id})
        )
    rows = list(stories.order_by(f"-{moment}", f"-{number}")[: size + 1])
    shown = rows[:size]
    return Page(
        stories=shown,
        older=Cut.at(shown[-1]) if len(rows) > size else None,
        newer=(Cut.at(shown[0]) if shown else before) if before else None,
    )


def _newer(stories: StoryQuerySet, order: tuple[str, str], after: Cut, size: int) -> Page:
    """Take the page just above a cut; where that is not full, take the newest one."""
    moment, number = order
    above = stories.filter(
        Q(**{f"{moment}__gt": after.listed_at})
        | Q(**{moment: after.listed_at, f"{number}__gt": after.story_id})
    )
    rows = list(above.order_by(moment, number)[: size + 1])
    if len(rows) <= size:
        return page(stories, order, size=size)
    shown = rows[:size][::-1]
    return Page(stories=shown, older=Cut.at(shown[-1]), newer=Cut.at(shown[0]))
