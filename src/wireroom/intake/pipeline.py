"""A delivery's way into the wire.

    claim      a few deliveries, kills first, then oldest first
    | parse      into items; what cannot be read is quarantined with its reason
    | enrich     each item
    | receive    as versions of stories, each batch with its receipts in one transaction
    | settle     the delivery: done, or quarantined
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import DataError, connection, transaction
from django.db.models import F, Q

from wireroom.enrich.item import Defaults, enrich
from wireroom.formats.document import Arrival, Rejected
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Item
from wireroom.formats.read import parse
from wireroom.wire.receive import BATCH, Outcome, receive_batch

from .models import Channel, Delivery, DeliveryState, Receipt

log = logging.getLogger("wireroom.intake")

#: A claim that is not settled by then is open to others: its worker is gone.
LEASE = timedelta(minutes=2)
#: A delivery that ended its worker this often is quarantined unread.
TRIES = 3
#: Where an item ends that could not be read or stored.
QUARANTINED = "quarantined"

Numbered = tuple[int, Item]


def run(*, now: datetime, limit: int = 10) -> int:
    """Take a few deliveries through and say how many there were."""
    claimed = claim(now=now, limit=limit)
    for delivery in claimed:
        take(delivery, now=now)
    return len(claimed)


@transaction.atomic
def claim(*, now: datetime, limit: int) -> list[Delivery]:
    """Lease waiting deliveries to this worker: kills first, then the oldest."""
    waiting = Delivery.objects.filter(
        Q(leased_until=None) | Q(leased_until__lt=now), state=DeliveryState.WAITING
    ).select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    claimed = list(waiting.order_by("-urgent", "id")[:limit])
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in claimed]).update(
        leased_until=now + LEASE, tries=F("tries") + 1
    )
    return claimed


def take(delivery: Delivery, *, now: datetime) -> None:
    """Take one delivery through, whatever it holds."""
    if delivery.tries >= TRIES:
        settle(delivery, now=now, unreadable=f"it ended its worker {TRIES} times")
        return
    try:
        document = parse(bytes(delivery.raw), delivery.format, arrival_of(delivery))
    except Unreadable as error:
        settle(delivery, now=now, unreadable=str(error))
        return
    done = set(delivery.receipts.values_list("position", flat=True))
    count = len(document.items)
    with transaction.atomic():
        Receipt.objects.bulk_create(
            refused(delivery, bad, position)
            for position, bad in enumerate(document.rejected, start=count)
            if position not in done
        )
    defaults = defaults_of(delivery.channel)
    items = [
        (position, enrich(item, defaults=defaults))
        for position, item in enumerate(document.items)
        if position not in done
    ]
    rulings = Counter(
        receipt.ruling for batch in cut(items) for receipt in receive(delivery, batch, now=now)
    )
    settle(delivery, now=now)
    log.info(
        "received",
        extra={
            "provider": delivery.provider.slug,
            "delivery": delivery.pk,
            "rejected": len(document.rejected),
            **rulings,
        },
    )


def receive(delivery: Delivery, batch: Sequence[Numbered], *, now: datetime) -> list[Receipt]:
    """Take a batch into the wire with its receipts: all of it, or one by one.

    What the database will not store is one bad item; the others go on without it.
    """
    try:
        with transaction.atomic():
            items = [item for _, item in batch]
            outcomes = receive_batch(items, provider=delivery.provider, now=now)
            return Receipt.objects.bulk_create(
                receipt(delivery, position, outcome)
                for (position, _), outcome in zip(batch, outcomes, strict=True)
            )
    except (DataError, ValueError) as error:
        if len(batch) > 1:
            return [row for one in batch for row in receive(delivery, [one], now=now)]
        (position, item) = batch[0]
        bad = Rejected(
            position=position, name=item.guid, reason=f"could not be stored: {error}", raw=b""
        )
        return Receipt.objects.bulk_create([refused(delivery, bad, position)])


def settle(delivery: Delivery, *, now: datetime, unreadable: str = "") -> None:
    """Close a delivery; one that cannot be read goes to quarantine with its bytes."""
    delivery.state = DeliveryState.QUARANTINED if unreadable else DeliveryState.DONE
    delivery.reason = unreadable
    delivery.leased_until = None
    delivery.done_at = now
    delivery.save(update_fields=["state", "reason", "leased_until", "done_at"])
    if unreadable:
        log.warning("quarantined", extra={"delivery": delivery.pk, "reason": unreadable})


def receipt(delivery: Delivery, position: int, outcome: Outcome) -> Receipt:
    """Write down what became of an item."""
    return Receipt(
        delivery=delivery,
        position=position,
        guid=outcome.guid,
        ruling=outcome.what,
        reason=outcome.reason,
        story_id=outcome.story_id,
        version=outcome.version,
    )


def refused(delivery: Delivery, bad: Rejected, position: int) -> Receipt:
    """Write down an item that could not be read, with its bytes."""
    return Receipt(
        delivery=delivery,
        position=position,
        guid=bad.name,
        ruling=QUARANTINED,
        reason=bad.reason,
        raw=bad.raw,
    )


def arrival_of(delivery: Delivery) -> Arrival:
    """Say what a reader may know of a delivery beside its bytes."""
    channel = delivery.channel
    return Arrival(
        received=delivery.received_at,
        address=delivery.address,
        charset=delivery.charset,
        zone=ZoneInfo(channel.time_zone if channel else "UTC"),
        language=channel.language if channel else "",
        provider=delivery.provider.slug,
    )


def defaults_of(channel: Channel | None) -> Defaults:
    """Say what stands where neither agency nor enrichment knows better."""
    return Defaults(
        language=channel.language if channel else "", sector=channel.sector if channel else ""
    )


def cut(items: Sequence[Numbered]) -> Iterator[Sequence[Numbered]]:
    """Cut items into batches that one short transaction takes."""
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
