"""Polling some channels once over HTTP, whatever their schedule says."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from wireroom.intake.models import Channel
from wireroom.intake.schedule import Claimed, standing_of

from .collector import Collector
from .store import Polled

__all__ = ["Polled", "poll"]


def poll(channels: Iterable[Channel], *, now: datetime) -> Polled:
    """Ask channels for news, and store what comes as soon as it has come."""
    began = time.monotonic()
    polled = Polled()
    with Collector() as collector:
        collector.add([Claimed(one.pk, standing_of(one)) for one in channels], now)
        while collector.busy:
            polled += collector.look(now + timedelta(seconds=time.monotonic() - began))
    return polled
