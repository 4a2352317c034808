"""Stories that readers had and have no longer, told without a word of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Literal

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from wireroom.wire.models import Change, Story
from wireroom.wire.queries import StoryQuerySet

#: How long feeds and ``/kills.json`` tell of it.
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A story that is gone: which, when and how; nothing else of it."""

    story_id: int
    at: datetime
    kind: Literal["killed", "withheld"]

    @property
    def path(self) -> str:
        """Where it stood, without its slug."""
        return f"/s/{self.story_id}"


def notices(now: datetime, key: str = "") -> list[Notice]:
    """List what was taken from readers lately, newest first; ``key`` asks for one list."""
    newest = Change.objects.filter(story=OuterRef("pk")).order_by("-at", "-id").values("at")[:1]
    found: set[tuple[datetime, int, datetime | None]] = set()
    for gone in ways(now):
        asked = gone.ever_on(key) if key else gone
        dated = asked.annotate(gone_at=Coalesce("killed_at", Subquery(newest), "version_created"))
        rows = dated.filter(gone_at__gt=now - KEPT)
        found.update(rows.values_list("gone_at", "id", "killed_at"))
    newest_first = sorted(found, key=itemgetter(0, 1), reverse=True)
    return list(_noticed((number, killed_at, at) for at, number, killed_at in newest_first))


def ways(now: datetime) -> tuple[StoryQuerySet, ...]:
    """Choose what is gone, by each way to go; apart, so that each has its index."""
    seen = Story.objects.filter(published_at__isnull=False)
    return (
        seen.filter(killed_at__isnull=False, killed_at__gt=now - KEPT),
        # What became one with another has ended only where that one is held.
        seen.filter(holds__gt="", killed_at=None).filter(
            Q(merged_into=None) | Q(merged_into__holds__gt="")
        ),
        seen.filter(due_at__isnull=False, embargo__gt=now, killed_at=None),
    )


def _noticed(rows: Iterable[tuple[int, datetime | None, datetime]]) -> Iterable[Notice]:
    for number, killed_at, gone_at in rows:
        kind: Literal["killed", "withheld"] = "killed" if killed_at else "withheld"
        yield Notice(story_id=number, at=gone_at, kind=kind)
