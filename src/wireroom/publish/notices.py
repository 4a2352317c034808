"""Stories that readers had and have no longer, told without a word of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from wireroom.wire.models import Change, Story

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
    gone = Story.objects.filter(
        Q(killed_at__isnull=False) | ~Q(holds="") | Q(embargo__gt=now),
        published_at__isnull=False,
    )
    if key:
        gone = gone.on(key)
    newest = Change.objects.filter(story=OuterRef("pk")).order_by("-at", "-id").values("at")[:1]
    dated = gone.annotate(gone_at=Coalesce("killed_at", Subquery(newest), "version_created"))
    rows = dated.filter(gone_at__gt=now - KEPT).order_by("-gone_at", "-id")
    return list(_noticed(rows.values_list("id", "killed_at", "gone_at")))


def _noticed(rows: Iterable[tuple[int, datetime | None, datetime]]) -> Iterable[Notice]:
    for number, killed_at, gone_at in rows:
        kind: Literal["killed", "withheld"] = "killed" if killed_at else "withheld"
        yield Notice(story_id=number, at=gone_at, kind=kind)
