"""Quarantine: what could not be read or stored, looked at, read again, or dropped.

A whole document is known by its delivery's number (``12``), one item of a document by that
and its place (``12.3``). What is dropped loses its bytes and keeps its fate: who dropped it,
why, and the ids by which ``wireroom where`` finds it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from wireroom.formats.read import glance

from .models import Delivery, DeliveryState, Kept, Receipt
from .numbering import QUARANTINED

#: How a reason begins once somebody dropped the bytes.
DROPPED = "dropped by "
ID = re.compile(r"([0-9]{1,18})(?:\.([0-9]{1,9}))?")
#: What may be an id in bytes that nobody could read: a whole value with a digit or a colon.
NAME = re.compile(
    rb"""(?<![^\s>"'\[])(?=[^\s<>"'\[\]]{0,400}[0-9:])[^\s<>"'\[\]]{6,500}(?=[\s<"'\]]|\Z)"""
)
#: Ids that are kept of a document at most.
MOST_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class Held:
    """A document in quarantine, or one item of a document (then ``item`` is set)."""

    delivery: Delivery
    item: Receipt | None = None

    @property
    def id(self) -> str:
        """What it is known by."""
        return f"{self.delivery.pk}.{self.item.position}" if self.item else str(self.delivery.pk)

    @property
    def reason(self) -> str:
        """Why it is here; once it is dropped, by whom and why as well."""
        return self.item.reason if self.item else self.delivery.reason

    @property
    def is_dropped(self) -> bool:
        """Say whether its bytes were dropped."""
        return self.reason.startswith(DROPPED)

    @property
    def raw(self) -> bytes:
        """Its bytes; none once they were dropped."""
        if self.is_dropped:
            return b""
        return bytes(self.item.raw or b"") if self.item else self.delivery.raw


def held(*, dropped: bool = False) -> Iterator[Held]:
    """List what is in quarantine, the oldest first; what was dropped only when asked for."""
    gone = Q() if dropped else ~Q(reason__startswith=DROPPED)
    whole = _deliveries().filter(gone, state=DeliveryState.QUARANTINED)
    items = Receipt.objects.filter(gone, ruling=QUARANTINED).defer("raw")
    items = items.select_related("delivery__provider", "delivery__channel")
    found = [Held(one) for one in whole]
    found += [Held(one.delivery, one) for one in items]
    yield from sorted(
        found, key=lambda one: (one.delivery.pk, one.item.position if one.item else -1)
    )


def find(name: str) -> Held | None:
    """Find what is in quarantine under an id; None where nothing is."""
    matched = ID.fullmatch(name)
    if not matched:
        return None
    delivery = _deliveries().filter(pk=matched[1]).first()
    if delivery is None:
        return None
    if matched[2] is None:
        return Held(delivery) if delivery.state == DeliveryState.QUARANTINED else None
    item = delivery.receipts.filter(position=matched[2], ruling=QUARANTINED).first()
    return Held(delivery, item) if item else None


def replay(one: Held) -> bool:
    """Let the delivery be read again by today's readers; False when it waits for that already.

    Items that were taken in keep their receipts and are not taken again. Those of its items
    that are in quarantine leave it, to come back if they still cannot be read. A delivery
    that ended its worker has all its tries again.
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=one.delivery.pk)
        if delivery.state == DeliveryState.WAITING:
            return False
        refused = delivery.receipts.filter(ruling=QUARANTINED)
        refused.exclude(reason__startswith=DROPPED).delete()
        Delivery.objects.filter(pk=delivery.pk).update(
            state=DeliveryState.WAITING,
            reason="",
            urgent=glance(delivery.raw),
            leased_until=None,
            tries=0,
            done_at=None,
            items=delivery.items or 0,  # not null: it was read before
        )
    return True


def drop(one: Held, *, by: str, why: str, now: datetime) -> None:
    """Forget the bytes; the fate stays, with who dropped it and why."""
    reason = f"{DROPPED}{by} on {now:%Y-%m-%d}: {why}; it was there because: {one.reason}"
    with transaction.atomic():
        if one.item:
            Receipt.objects.filter(pk=one.item.pk).update(reason=reason, raw=None)
            return
        Delivery.objects.filter(pk=one.delivery.pk).update(reason=reason)
        Kept.objects.filter(pk=one.delivery.pk).update(raw=names_in(one.raw))


def names_in(raw: bytes) -> bytes:
    """Take from bytes what may be ids, each on a line of its own, so that they are found."""
    found: dict[bytes, None] = {}
    for matched in NAME.finditer(raw):
        found[matched[0]] = None
        if len(found) == MOST_NAMES:
            break
    return b"\n".join(found)


def _deliveries() -> QuerySet[Delivery]:
    return Delivery.objects.select_related("provider", "channel").order_by("pk")
