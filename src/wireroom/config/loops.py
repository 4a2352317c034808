"""The loops of the intake and the worker: a step, a short sleep, until asked to end.

intake    channels that are due | fetched, as deliveries
worker    deliveries | taken through the pipeline, kills first
          clock      | embargoes lifted, ends reached
          changes    | followed: pictures of killed stories are removed
          pictures   | copied, beside all that: a slow server holds no story up
          hubs       | asked to tell of news, there too
          pages      | of lists and of stories, fetched beside those
"""

import gc
import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.db.models import Min
from django.utils import timezone

from wireroom.intake import pictures, websub, work
from wireroom.intake.collect.collector import Collector
from wireroom.intake.models import Channel
from wireroom.wire.lifecycle import What
from wireroom.wire.outbox import Follower, follower
from wireroom.wire.pictures import remove_orphans

from .lifeline import GRACE, Stop

log = logging.getLogger("wireroom.config")

#: Seconds between looks at the record when nothing waits.
IDLE = 0.05
#: Seconds between looks for channels that are due, when none is sooner.
UNTIL_DUE = 0.5
#: Seconds between tries while the database is away.
AWAY = (0.1, 3.0)

#: Does one round and says how many seconds to sleep after it.
Step = Callable[[], float]


def intake() -> None:
    """Fetch channels as they become due, until asked to end."""
    begun()
    stop = Stop()
    stop.listen(within=GRACE)
    with Collector() as collector:  # ended, it gives back what it holds
        over_and_over(lambda: fetched(collector), stop)
    connections.close_all()


def worker() -> None:
    """Take deliveries and pictures in and follow the changes, until asked to end."""
    begun()
    stop = Stop()
    stop.listen(within=GRACE)
    beside = [
        threading.Thread(target=over_and_over, args=(step, stop), daemon=True)
        for step in (copied, fetched_pages)
    ]
    for thread in beside:
        thread.start()
    over_and_over(Stories(*beside), stop)


def begun() -> None:
    """Leave what the start made out of every later search for garbage.

    A whole search takes a tenth of a second, and falls in the midst of a transaction.
    """
    gc.collect()
    gc.freeze()


def over_and_over(step: Step, stop: Stop) -> None:
    """Do a step until asked to end; a database that goes away is waited for."""
    shortest, longest = AWAY
    wait = shortest
    while not stop.asked:
        close_old_connections()
        try:
            sleep = step()
            wait = shortest
        except (InterfaceError, OperationalError):
            log.warning("database away", exc_info=True)
            connections.close_all()
            sleep, wait = wait, min(wait * 2, longest)
        stop.pause(sleep)
    connections.close_all()


def fetched(collector: Collector) -> float:
    """Have the channels that are due fetched; a slow one is waited for while others are."""
    if work.collect(collector, timezone.now()) or collector.busy:
        return 0
    return min(UNTIL_DUE, max(IDLE, seconds_until_due(timezone.now())))


def seconds_until_due(now: datetime) -> float:
    """Say how long until the next channel is due; negative when one is late."""
    due = Channel.objects.filter(paused=False).aggregate(at=Min("next_at"))["at"]
    return float((due - now).total_seconds()) if due else UNTIL_DUE


def copied() -> float:
    """Copy pictures that wait, and ask hubs that are due."""
    now = timezone.now()
    return 0 if pictures.copy(now=now) + websub.ask(now=now) else IDLE


def fetched_pages() -> float:
    """Fetch earlier pages of lists, and stories' own pages, for which stories wait."""
    return 0 if work.fetch_pages() else IDLE


class Stories:
    """One round of the worker: deliveries, the clock, and the changes since the last round."""

    def __init__(self, *beside: threading.Thread) -> None:
        self._beside = beside
        self._changes: Follower | None = None

    def __call__(self) -> float:
        """Do one round."""
        if not all(thread.is_alive() for thread in self._beside):
            raise RuntimeError("pictures or pages are not fetched any more")  # start all anew
        done = work.take()
        self._follow()
        return 0 if done else IDLE

    def _follow(self) -> None:
        """Remove the pictures of stories that were killed, now or before we began to listen."""
        if self._changes is None:
            self._changes = follower()
            remove_orphans()
        if any(change.what == What.KILL for change in self._changes.read()):
            remove_orphans()
