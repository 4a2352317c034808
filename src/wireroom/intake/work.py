"""What the intake does over and over, and what commands ask of it once.

collect    what channels that are due have, into deliveries
| take       deliveries through the pipeline, their new stories beside older ones, and
|            stories through the turns of the clock
| fetch      earlier pages of lists, and stories' own pages
| copy       pictures
"""

import time
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wireroom.wire import clock
from wireroom.wire.models import Provider
from wireroom.wire.pictures import remove_orphans

from . import pages, pictures, pipeline, reissues, schedule
from .collect import folder
from .collect.collector import Collector
from .collect.poll import Polled, poll
from .fulltext import fetch
from .inbox import delivery_of, put_down
from .models import Channel, Delivery, DeliveryState, Receipt

#: Seconds between looks at work that somebody else has leased.
PAUSE = 0.05
#: Seconds to wait for files that are still being written, when asked for a folder once.
PATIENCE = 5.0
#: How the addresses of hot folders begin.
FOLDER = "file:"


def poll_once(channels: Iterable[Channel]) -> Polled:
    """Fetch channels now, whatever their schedule says."""
    folders, wires = _parted(channels)
    polled = poll(wires, now=timezone.now())
    for channel in folders:
        polled += _settled(channel)
    return polled


def brought(channels: Collection[Channel], *, since: datetime) -> list[int]:
    """Name the deliveries of some channels that came since then, or wait from before."""
    new = Q(state=DeliveryState.WAITING) | Q(received_at__gte=since)
    return list(Delivery.objects.filter(new, channel__in=channels).values_list("pk", flat=True))


def came_of(before: Channel, after: Channel | None) -> tuple[str, str]:
    """Say what a poll came to, fetched, unchanged or failed, and why it failed."""
    if after is None:
        return "failed", "it was removed meanwhile"
    if after.last_polled_at == before.last_polled_at:
        return "failed", "its host had no time for it"
    if after.failures:
        return "failed", after.last_status
    return ("unchanged" if after.last_news_at == before.last_news_at else "fetched"), ""


def collect(collector: Collector, now: datetime) -> int:
    """Have the channels that are due asked, hot folders first; say how much came of it.

    Channels and what comes of them are counted apart: 0 means that nothing happened.
    """
    claimed = schedule.claim(now=now, limit=min(schedule.BATCH, collector.room))
    folders = [one.channel for one in claimed if one.before.url.startswith(FOLDER)]
    if folders:
        for channel in Channel.objects.select_related("provider").filter(pk__in=folders):
            folder.look(channel, now=now)
    collector.add((one for one in claimed if not one.before.url.startswith(FOLDER)), now)
    return len(claimed) + bool(collector.look(now))


def put_in(
    documents: Sequence[tuple[str, bytes]],
    *,
    provider: Provider,
    format: str,  # noqa: A002
) -> list[Delivery]:
    """Store documents as they came."""
    now = timezone.now()
    with transaction.atomic():
        return put_down(
            delivery_of(raw, provider=provider, now=now, format=format, address=name)
            for name, raw in documents
        )


def settle(*, timeout: float = 60.0, own: Collection[int] | None = None) -> int:
    """Work until nothing is waiting; return how much still is when the time is up (seconds).

    With ``own``, only those deliveries, their earlier pages and their pictures are waited for.
    """
    end = time.monotonic() + timeout
    while left := _waiting(own):
        if time.monotonic() > end:
            return left
        if not work():
            time.sleep(PAUSE)
    remove_orphans()
    return 0


def work() -> int:
    """Do one round of what is waiting; say how much was done."""
    return take() + fetch_pages() + pictures.copy(now=timezone.now())


def take() -> int:
    """Take deliveries through the pipeline, then what follows from them and from the clock.

    Stories that lists brought under new ids are looked for, embargoes lifted, stories ended.
    """
    return pipeline.run() + reissues.look(now=timezone.now()) + clock.tick(timezone.now())


def fetch_pages() -> int:
    """Fetch earlier pages of lists, and stories' own pages, for which stories wait."""
    now = timezone.now()
    return fetch.fetch(now=now) + pages.fetch(now=now)


def told(delivery: Delivery) -> dict[str, Any]:
    """Say what became of a delivery and of each item in it."""
    delivery.refresh_from_db()
    return {
        "file": delivery.address,
        "delivery": delivery.pk,
        "state": str(delivery.state),
        "reason": delivery.reason,
        "items": list(
            delivery.receipts.order_by("position").values("guid", "ruling", "reason", "version")
        ),
    }


def _parted(channels: Iterable[Channel]) -> tuple[list[Channel], list[Channel]]:
    """Part hot folders from what is polled."""
    folders: list[Channel] = []
    wires: list[Channel] = []
    for channel in channels:
        (folders if channel.url.startswith(FOLDER) else wires).append(channel)
    return folders, wires


def _settled(channel: Channel) -> Polled:
    """Empty a folder, waiting a little for what is still being written."""
    end = time.monotonic() + PATIENCE
    taken = 0
    while True:
        looked = folder.look(channel, now=timezone.now())
        taken += looked.taken
        if not looked.taken and (not looked.growing or time.monotonic() > end):
            break
        if not looked.taken:
            time.sleep(PAUSE)
    return Polled(int(taken > 0), int(not taken and not looked.bad), int(bool(looked.bad)))


def _waiting(own: Collection[int] | None) -> int:
    deliveries = Delivery.objects.filter(state=DeliveryState.WAITING)
    earlier = pages.waiting(timezone.now())
    copies = pictures.waiting(timezone.now())
    unlooked = reissues.waiting()
    if own is not None:
        deliveries = deliveries.filter(Q(pk__in=own) | Q(page__begun__in=own))
        earlier = earlier.filter(begun__in=own)
        stories = Receipt.objects.filter(delivery__in=own, story__isnull=False).values("story")
        copies = copies.filter(story__in=stories)
        unlooked = unlooked.filter(Q(pk__in=own) | Q(page__begun__in=own))
    return deliveries.count() + earlier.count() + copies.count() + unlooked.count()
