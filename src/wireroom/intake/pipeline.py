"""A delivery's way into the wire.

    claim      one delivery: kills first, then the oldest
    | parse      into items; what cannot be read is quarantined with its reason
    | complete   stories of which the channel gives a part; those whose page is on its way wait
    | enrich     each item
    | receive    as versions of stories, each batch with its receipts in one transaction
    | follow     a list to its earlier pages, when it lists nothing that is known
    | settle     the delivery: done, or quarantined

Done twice, late, or by two workers at once, it comes to the same: an item that has its
receipt is not taken again, and between items the provider's own order decides.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from wireroom.enrich.item import Defaults, enrich
from wireroom.formats.document import Arrival, Rejected
from wireroom.formats.errors import Unreadable
from wireroom.wire import rows
from wireroom.wire.batches import cut
from wireroom.wire.lifecycle import What
from wireroom.wire.receive import Outcome, receive_batch

from . import pages
from .claims import claim, put_off, waiting
from .fulltext.complete import complete
from .models import Channel, Delivery, DeliveryState, Receipt
from .numbering import QUARANTINED, Numbered, among_receipts, is_begun, quarantined, sorted_out
from .reading import parse, sources
from .schedule import heed

log = logging.getLogger("wireroom.intake")

#: A delivery that ended its worker this often is quarantined unread.
TRIES = 3
#: What the database says of rows that it will not store.
UNSTORABLE = (DataError, IntegrityError, OverflowError, ValueError)


def run(*, now: datetime | None = None, limit: int = 10) -> int:
    """Take a few deliveries through and say how many there were.

    Each is claimed by itself, so that a kill waits for one other delivery at most. Without
    a time, the clock is asked for each delivery and each batch: a big one takes a while.
    """
    count = 0
    if not waiting(now or timezone.now()).exists():  # without a lock: the answer is mostly no
        return count
    while count < limit and (delivery := claim(now=now or timezone.now())):
        take(delivery, now=now)
        count += 1
    return count


def take(delivery: Delivery, *, now: datetime | None = None) -> None:
    """Take one delivery through, whatever it holds; without a time, the clock is asked."""
    if delivery.tries > TRIES:
        settle(delivery, now=now or timezone.now(), unreadable=f"it ended its worker {TRIES} times")
        return
    try:
        document = parse(delivery.raw, delivery.format, arrival_of(delivery))
    except Unreadable as error:
        settle(delivery, now=now or timezone.now(), unreadable=str(error) or "it cannot be read")
        return
    if delivery.channel and not delivery.counts_from:
        heed(
            delivery.channel,
            document.hints,
            address=delivery.address,
            now=now or timezone.now(),
        )
    found = sorted_out(document)
    good, bad, others = among_receipts(delivery, found) if is_begun(delivery) else found
    defaults = defaults_of(delivery.channel)
    refuse(delivery, bad)
    rulings: Counter[str] = Counter()
    ready, until = complete(delivery, document, good, now=now or timezone.now())
    richer = ((place, enrich(item, defaults=defaults)) for place, item in ready)
    for batch in cut(richer, itemgetter(1)):
        rulings.update(receive(delivery, batch, now=now or timezone.now()))
    if until:
        put_off(delivery, until=until)
        return
    pages.follow(delivery, document, now=now or timezone.now())
    settle(
        delivery,
        now=now or timezone.now(),
        items=len(good) + len(bad) + others,
        # What an earlier pass took, or another worker, may have been new: its receipts tell.
        unlooked=document.is_list and bool(rulings[What.NEW] or rulings.total() < len(good)),
    )
    log.info(
        "received",
        extra={
            "provider": delivery.provider.slug,
            "delivery": delivery.pk,
            "rejected": len(bad),
            **rulings,
        },
    )


def refuse(delivery: Delivery, bad: Sequence[tuple[int, Rejected]]) -> None:
    """Quarantine items with their reasons and bytes; those that are there already stay."""
    Receipt.objects.bulk_create(
        [quarantined(delivery, with_bytes(delivery, one), place) for place, one in bad],
        ignore_conflicts=True,
    )


def with_bytes(delivery: Delivery, bad: Rejected) -> Rejected:
    """Give an item that a reader could read its bytes: its own, else the document's."""
    if bad.raw:
        return bad
    raw = delivery.raw
    found = sources(raw, delivery.format, arrival_of(delivery))
    return replace(bad, raw=found[bad.position] if bad.position < len(found) else raw)


def receive(delivery: Delivery, batch: Sequence[Numbered], *, now: datetime) -> list[str]:
    """Take a batch into the wire with its receipts, all of it or one by one; say what each did.

    What the database will not store is one bad item; the others go on without it.
    """
    try:
        return _receive(delivery, batch, now)
    except UNSTORABLE as error:
        if len(batch) > 1:
            return [what for one in batch for what in receive(delivery, [one], now=now)]
        ((place, item),) = batch
        reason = f"could not be stored: {error}"
        refuse(
            delivery, [(place, Rejected(position=place, name=item.guid, reason=reason, raw=b""))]
        )
        return [QUARANTINED]


@transaction.atomic
def _receive(delivery: Delivery, batch: Sequence[Numbered], now: datetime) -> list[str]:
    """Take in those of a batch that have no receipt, and write them their receipts."""
    if connection.features.has_select_for_update:
        # Another worker may have it since our lease ran out: one of us at a time.
        Delivery.objects.select_for_update(no_key=True).values_list("pk").get(pk=delivery.pk)
    places = [place for place, _ in batch]
    among = (min(places), max(places))
    receipts = Receipt.objects.filter(delivery=delivery, position__range=among)
    done = set(receipts.values_list("position", flat=True))
    left = [(place, item) for place, item in batch if place not in done]
    outcomes = receive_batch(
        [item for _, item in left],
        provider=delivery.provider,
        now=now,
        received=delivery.counted,
    )
    rows.insert(
        Receipt,
        [
            receipt(delivery, place, outcome)
            for (place, _), outcome in zip(left, outcomes, strict=True)
        ],
    )
    return [str(outcome.what) for outcome in outcomes]


def settle(
    delivery: Delivery,
    *,
    now: datetime,
    items: int = 0,
    unreadable: str = "",
    unlooked: bool = False,
) -> None:
    """Close a delivery; one that cannot be read goes to quarantine with its bytes."""
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.QUARANTINED if unreadable else DeliveryState.DONE,
        reason=unreadable,
        leased_until=None,
        done_at=now,
        items=None if unreadable else items,
        unlooked=unlooked and delivery.channel_id is not None,
    )
    if unreadable:
        log.warning("quarantined", extra={"delivery": delivery.pk, "reason": unreadable})


def receipt(delivery: Delivery, position: int, outcome: Outcome) -> rows.Row:
    """Write down what became of an item."""
    return {
        "delivery_id": delivery.pk,
        "position": position,
        "guid": outcome.guid,
        "ruling": outcome.what,
        "reason": outcome.reason,
        "story_id": outcome.story_id,
        "version": outcome.version,
    }


def arrival_of(delivery: Delivery) -> Arrival:
    """Say what a reader may know of a delivery beside its bytes."""
    channel = delivery.channel
    return Arrival(
        received=delivery.counted,
        address=delivery.address,
        charset=delivery.charset,
        zone=ZoneInfo(channel.time_zone if channel else "UTC"),
        language=channel.language if channel else "",
        provider=delivery.provider.slug,
        channel=str(channel.pk) if channel else "",
        senders=tuple(channel.senders) if channel else (),
    )


def defaults_of(channel: Channel | None) -> Defaults:
    """Say what stands where neither agency nor enrichment knows better."""
    if channel is None:
        return Defaults()
    return Defaults(
        language=channel.language,
        sector=channel.sector,
        representative=channel.representative_pictures,
    )
