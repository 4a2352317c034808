"""A collector: asks channels, many at once, for as long as it lives.

add        channels whose turn it is, behind their hosts
| ask        each, two at a time of a host; a slow host holds up only itself
| store      what came, at each look: documents and schedule together
| give back  who waited too long behind a host, and at the end all that is held

Those are channels over HTTP; folders on servers are visited beside them (``pull``).
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import uvloop
from django.conf import settings
from django.db import DatabaseError

from wireroom.intake import schedule
from wireroom.intake.schedule import Claimed
from wireroom.outbound.http import AT_ONCE, Door

from .ask import DEADLINE, Asked, ask
from .pull import Pulls, pulled
from .store import Polled, store

log = logging.getLogger("wireroom.intake")

#: Seconds a look lasts when nothing comes, and how long it gathers once something has.
LOOK, GATHER = 0.25, 0.05
#: Channels held at once, and asked at once.
MOST, CONNECTIONS = 10_000, 400
#: A channel waits so long behind its host; then it is left alone for a while.
PATIENCE, CROWDED_OUT = timedelta(seconds=25), timedelta(seconds=60)
#: What is left of a lease must be enough for a transfer.
TRANSFER = timedelta(seconds=DEADLINE)


@dataclass(slots=True)
class _Host:
    """What waits for a host, with the moment it came, and how many ask there."""

    waiting: deque[tuple[datetime, Claimed]] = field(default_factory=deque)
    asking: int = 0


class Collector:
    """Asks channels while its ``with`` lasts; it works only while somebody looks."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._held: dict[int, Claimed] = {}
        self._come: list[Asked] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended: list[asyncio.Task[None]] = []
        self._turns = asyncio.Semaphore(CONNECTIONS)
        self._pulls = Pulls()
        self._stirred, self._quiet = asyncio.Event(), asyncio.Event()

    def __enter__(self) -> Self:
        self._runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
        self._door = self._runner.run(Door(allow=settings.FETCH_ALLOW).__aenter__())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pulls.end()
        with self._runner:
            self._runner.run(self._end())
        try:
            schedule.release(one.channel for one in self._held.values() if one.leased_until)
        except DatabaseError:
            log.warning("leases end by themselves", exc_info=True)

    @property
    def busy(self) -> bool:
        """Say whether any channel is held."""
        return bool(self._held or self._pulls.held)

    @property
    def room(self) -> int:
        """Say how many more channels may be added."""
        return MOST - len(self._held) - self._pulls.held

    def add(self, channels: Iterable[Claimed], now: datetime) -> None:
        """Put channels behind what waits for their hosts."""
        self._set(now)
        for one in channels:
            if pulled(one.before.url):
                self._pulls.add(one)
            elif one.channel not in self._held:
                self._held[one.channel] = one
                self._queue(one, now)

    def look(self, now: datetime) -> Polled:
        """Let hosts be asked for a moment, store what came, and say what that was.

        Raises what the database raises; what came is then stored at another look.
        """
        self._set(now)
        if self._tasks:
            self._runner.run(self._go_on())
        ended, self._ended = self._ended, []
        for task in ended:
            task.result()
        self._give_back()
        polled = store(self._come, now=self._now())
        for one in self._come:
            self._held.pop(one.claimed.channel, None)
        self._come.clear()
        if self._pulls.held:
            polled += self._pulls.look(self._now(), patience=0 if self._tasks else LOOK)
        return polled

    def _set(self, now: datetime) -> None:
        """Set the clock, which goes on by itself."""
        self._moment, self._began = now, time.monotonic()

    def _now(self) -> datetime:
        return self._moment + timedelta(seconds=time.monotonic() - self._began)

    def _queue(self, one: Claimed, now: datetime) -> None:
        name = "/".join(one.before.url.split("/", 3)[:3])
        host = self._hosts.setdefault(name, _Host())
        host.waiting.append((now, one))
        if host.asking < AT_ONCE:
            host.asking += 1
            task = self._runner.get_loop().create_task(self._ask_host(name, host))
            self._tasks.add(task)
            task.add_done_callback(self._note)

    def _note(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        self._ended.append(task)
        if not self._tasks:
            self._stirred.set()
            self._quiet.set()

    async def _ask_host(self, name: str, host: _Host) -> None:
        """Ask what waits for a host, one after the other."""
        async with self._turns:
            while host.waiting:
                _, one = host.waiting.popleft()
                now = self._now()
                if one.leased_until and one.leased_until < now + TRANSFER:
                    del self._held[one.channel]  # the lease ends by itself: others may ask
                    continue
                self._come.append(await ask(self._door, one, now, last=not host.waiting))
                self._stirred.set()
        host.asking -= 1
        if not host.asking:
            del self._hosts[name]

    async def _go_on(self) -> None:
        """Wait until something came, and a little longer for what comes with it."""
        self._stirred.clear()
        self._quiet.clear()
        try:
            async with asyncio.timeout(LOOK):
                await self._stirred.wait()
            async with asyncio.timeout(GATHER):
                await self._quiet.wait()
        except TimeoutError:
            pass

    def _give_back(self) -> None:
        """Give back the channels that wait behind slow hosts, for another time."""
        now = self._now()
        late: list[int] = []
        for host in self._hosts.values():
            while host.waiting and now - host.waiting[0][0] > PATIENCE:
                late.append(host.waiting.popleft()[1].channel)
        if late:
            schedule.release(late, until=now + CROWDED_OUT)
            log.warning("channels crowded out", extra={"channels": len(late)})
        for channel in late:
            del self._held[channel]

    async def _end(self) -> None:
        """Hang up wherever we are."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._door.__aexit__(None, None, None)
