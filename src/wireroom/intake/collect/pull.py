"""Pulls: folders on agencies' servers visited, each in a thread of its own, many at once.

A thread talks to one server and knows no database; what it brings is stored by who looks.
"""

import logging
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from threading import Event
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError

from wireroom.intake import schedule
from wireroom.intake.schedule import Claimed
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.ftp import Ftp
from wireroom.outbound.remote import MAIL, PORTS, Place, reach

from .pulled import known_of, write
from .store import Polled
from .visit import Known, Visited, visit

if TYPE_CHECKING:
    from wireroom.outbound.imap import Imap
    from wireroom.outbound.sftp import Sftp

log = logging.getLogger("wireroom.intake")

#: Folders visited at once, and at once on one host.
AT_ONCE, OF_A_HOST = 16, 2
#: Seconds after which a visit asks for no other file; with what it then waits for, it ends as
#: a rule before its lease. Where not, two visit at the same time, and deliver once.
LONG_ENOUGH = 15.0
#: A channel for which no thread or no turn of its host is free is left alone so long.
CROWDED_OUT = timedelta(seconds=5)


@dataclass(slots=True)
class _Visit:
    """A visit under way."""

    claimed: Claimed
    host: str
    done: "Future[Visited]"


@dataclass(slots=True)
class Pulls:
    """Visits under way, and those that wait for a turn."""

    _under_way: dict[int, _Visit] = field(default_factory=dict)
    _waiting: list[tuple[Claimed, Place | None]] = field(default_factory=list)
    _sessions: "set[Ftp | Imap | Sftp]" = field(default_factory=set)
    _ending: Event = field(default_factory=Event)
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pulls")
    )

    @property
    def held(self) -> int:
        """Say how many channels are held."""
        return len(self._under_way) + len(self._waiting)

    def add(self, one: Claimed) -> None:
        """Have a folder visited, once."""
        if one.channel in self._under_way or any(
            one.channel == other.channel for other, _ in self._waiting
        ):
            return
        try:
            place = reach(one.before.url)
        except Refused:
            place = None
        self._waiting.append((one, place))

    def look(self, now: datetime, *, patience: float) -> Polled:
        """Begin visits, store what others brought, and say what that was."""
        self._begin(now)
        ways = [each.done for each in self._under_way.values()]
        if ways:
            wait(ways, timeout=patience, return_when=FIRST_COMPLETED)
        polled = Polled()
        for channel, each in list(self._under_way.items()):
            if not each.done.done():
                continue
            if each.done.exception():  # its lease ends by itself
                del self._under_way[channel]
            polled += write(channel, each.done.result(), now=now)
            del self._under_way[channel]
        return polled

    def end(self) -> None:
        """Hang up wherever we are, and give back what is held."""
        self._ending.set()
        for session in list(self._sessions):
            session.cut()
        self._threads.shutdown(wait=True, cancel_futures=True)
        held = [each.claimed for each in self._under_way.values()]
        held += [one for one, _ in self._waiting]
        try:
            schedule.release(one.channel for one in held if one.leased_until)
        except DatabaseError:
            log.warning("leases end by themselves", exc_info=True)

    def _begin(self, now: datetime) -> None:
        """Begin what has a turn; what a person asked for waits, the rest is given back."""
        waiting, self._waiting = self._waiting, []
        late = []
        for one, place in waiting:
            host = place.host if place else ""
            of_host = sum(each.host == host for each in self._under_way.values())
            if len(self._under_way) < AT_ONCE and of_host < OF_A_HOST:
                known = known_of(one.channel)
                done = self._threads.submit(self._visit, one, known)
                self._under_way[one.channel] = _Visit(one, host, done)
            elif one.leased_until:
                late.append(one.channel)
            else:
                self._waiting.append((one, place))
        if late:
            schedule.release(late, until=now + CROWDED_OUT)

    def _visit(self, one: Claimed, known: dict[bytes, Known]) -> Visited:
        """Visit a folder, in a thread; what goes wrong is what came of it."""
        end = time.monotonic() + LONG_ENOUGH
        visited = Visited()
        try:
            session = _session(reach(one.before.url))
            self._sessions.add(session)
            try:
                with session:
                    visit(
                        visited,
                        session,
                        known,
                        wait=lambda seconds: not self._ending.wait(seconds),
                        in_time=lambda: not self._ending.is_set() and time.monotonic() < end,
                        luck=Random() if one.before.failures else None,  # noqa: S311 (no secret)
                    )
            finally:
                self._sessions.discard(session)
        except (Failed, Refused) as error:
            visited.wrong = str(error)
        except Exception as error:  # one folder's surprise must not cost the others their visits
            log.exception("channel failed", extra={"channel": one.channel})
            visited.wrong = f"failed here: {type(error).__name__}"
        return visited


def _session(place: Place) -> "Ftp | Imap | Sftp":
    """Give what speaks with a server as its address says."""
    if place.scheme in MAIL:
        from wireroom.outbound.imap import Imap  # noqa: PLC0415 (few need it)

        return Imap(place, allow=settings.FETCH_ALLOW)
    if place.scheme == "sftp":
        from wireroom.outbound.sftp import Sftp  # noqa: PLC0415 (slow to load, and few need it)

        return Sftp(place, allow=settings.FETCH_ALLOW)
    return Ftp(place, allow=settings.FETCH_ALLOW)


def pulled(url: str) -> bool:
    """Say whether an address names a folder on a server."""
    return url.partition(":")[0].lower() in PORTS
