"""The change log, followed: what happened to stories, in the order it became true.

On SQLite one transaction writes at a time, and the highest id read is place enough. On
PostgreSQL a transaction that began early may commit late, so the place is the oldest
transaction still open when last read (the snapshot's xmin); what lies after it is read
again, and repeats are dropped.
"""

from typing import Protocol

from django.db import connection
from django.db.models import QuerySet

from .models import Change

#: Changes taken at a time.
BATCH = 1_000


class Follower(Protocol):
    """Somebody who reads every change once."""

    def read(self) -> list[Change]:
        """Return the changes that have become visible since the last call."""


class ByNumber:
    """Follow by id: right where one transaction writes at a time (SQLite)."""

    def __init__(self) -> None:
        newest = Change.objects.order_by("-id").first()
        self._last = newest.pk if newest else 0

    def read(self) -> list[Change]:
        """Return the changes since the last call."""
        changes = list(Change.objects.filter(id__gt=self._last).order_by("id")[:BATCH])
        if changes:
            self._last = changes[-1].pk
        return changes


class ByTransaction:
    """Follow by transaction: right where many write at once (PostgreSQL)."""

    def __init__(self) -> None:
        self._open = _oldest_open()
        self._seen = set(self._since(self._open).values_list("id", flat=True))

    def read(self) -> list[Change]:
        """Return the changes since the last call."""
        oldest = _oldest_open()  # first: what is decided by now is visible to the next statement
        rows = self._since(self._open).exclude(id__in=self._seen).order_by("transaction", "id")
        changes = list(rows[:BATCH])
        if len(changes) == BATCH:
            oldest = min(oldest, changes[-1].transaction)
        kept = {change.pk for change in changes} | self._seen
        self._seen = set(self._since(oldest).filter(id__in=kept).values_list("id", flat=True))
        self._open = oldest
        return changes

    def _since(self, transaction: int) -> QuerySet[Change]:
        return Change.objects.filter(transaction__gte=transaction)


def follower() -> Follower:
    """Begin to follow from now on."""
    return ByTransaction() if connection.vendor == "postgresql" else ByNumber()


def _oldest_open() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (oldest,) = cursor.fetchone()
    return int(oldest)
