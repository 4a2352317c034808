"""Who takes a delivery: leased to one worker at a time, kills first, then the oldest."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from wireroom.wire.models import Provider
from wireroom.wire.prepared import Prepared, columns, model

from .models import Channel, Delivery, DeliveryState, Kept

#: A claim that is not settled by then is open to others: its worker is gone.
LEASE = timedelta(minutes=2)

#: What taking a delivery through asks of it, its provider, its channel and its bytes.
DELIVERY = columns(
    Delivery,
    *("channel_id", "provider_id", "format", "address", "charset"),
    *("received_at", "urgent", "state", "tries", "items", "partial", "counts_from"),
)
PROVIDER = columns(Provider, "slug")
CHANNEL = columns(
    Channel,
    *("language", "sector", "time_zone", "representative_pictures"),
    *("provider_id", "url", "paused", "asked", "hubs", "full_text", "senders"),
)
KEPT = columns(Kept, "raw")


def waiting(now: datetime) -> QuerySet[Delivery]:
    """Choose the deliveries that nobody has, kills first, then the oldest."""
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return Delivery.objects.filter(free, state=DeliveryState.WAITING).order_by("-urgent", "id")


def _next(now: datetime) -> QuerySet[Delivery]:
    """Choose the next of them, and lock it."""
    return waiting(now).select_for_update(
        skip_locked=connection.features.has_select_for_update_skip_locked
    )[:1]


NEXT = Prepared(_next, "id")
CLAIMED = Prepared(
    lambda number: Delivery.objects.filter(pk=number),
    *DELIVERY,
    *(f"provider__{name}" for name in PROVIDER),
    *(f"kept__{name}" for name in KEPT),
    *(f"channel__{name}" for name in CHANNEL),
)


def claim(*, now: datetime) -> Delivery | None:
    """Lease the next delivery to this worker; None when nothing waits."""
    with transaction.atomic():
        found = NEXT.ask(now)
        for (number,) in found:
            Delivery.objects.filter(pk=number).update(
                leased_until=now + LEASE, tries=F("tries") + 1
            )
    return _read(found[0][0]) if found else None


def put_off(delivery: Delivery, *, until: datetime) -> None:
    """Leave a delivery of which some stories wait; it is not as if its worker had ended."""
    Delivery.objects.filter(pk=delivery.pk).update(leased_until=until, tries=F("tries") - 1)


def take_up(channel: int, *, now: datetime) -> None:
    """Let the deliveries of a channel that were put off be claimed at once.

    Nobody has begun with them: their count of tries says so.
    """
    Delivery.objects.filter(
        channel=channel, state=DeliveryState.WAITING, tries=0, leased_until__gt=now
    ).update(leased_until=None)


def _read(number: int) -> Delivery | None:
    """Read a delivery with what belongs to it; None when it was removed meanwhile."""
    for row in CLAIMED.ask(number):
        values: Any = iter(row)
        delivery = model(Delivery, DELIVERY, values)
        delivery.provider = model(Provider, PROVIDER, values)
        delivery.kept = model(Kept, KEPT, values)
        rest = list(islice(values, len(CHANNEL)))
        delivery.channel = model(Channel, CHANNEL, iter(rest)) if delivery.channel_id else None
        return delivery
    return None
