"""What the intake does over and over, and what commands ask of it once.

    poll       channels that are due, into deliveries
    | take       deliveries through the pipeline
    | copy       pictures
    | tick       embargoes and ends
"""

import asyncio
import time
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wireroom.outbound.http import Door
from wireroom.wire import clock
from wireroom.wire.models import Provider
from wireroom.wire.pictures import remove_orphans

from . import pictures, pipeline
from .collect.poll import Polled, poll
from .inbox import delivery_of
from .models import Channel, Delivery, DeliveryState

#: Seconds between looks at work that somebody else has leased.
PAUSE = 0.05


def poll_once(channels: Iterable[Channel]) -> Polled:
    """Fetch channels now, whatever their schedule says."""
    return poll(channels, now=timezone.now())


def put_in(
    documents: Sequence[tuple[str, bytes]], *, provider: Provider, format: str  # noqa: A002
) -> list[Delivery]:
    """Store documents as they came."""
    now = timezone.now()
    with transaction.atomic():
        return Delivery.objects.bulk_create(
            delivery_of(raw, provider=provider, now=now, format=format, address=name)
            for name, raw in documents
        )


def settle(*, timeout: float = 60.0) -> int:
    """Work until nothing is waiting; return how much still is when the time is up (seconds)."""
    end = time.monotonic() + timeout
    while left := _waiting():
        if time.monotonic() > end:
            return left
        if not work():
            time.sleep(PAUSE)
    remove_orphans()
    return 0


def work() -> int:
    """Do one round of what is waiting; say how much was done."""
    now = timezone.now()
    return pipeline.run(now=now) + pictures.copy(now=now) + clock.tick(now)


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


def _waiting() -> int:
    now = timezone.now()
    return (
        Delivery.objects.filter(state=DeliveryState.WAITING).count()
        + pictures.waiting(now).count()
    )
