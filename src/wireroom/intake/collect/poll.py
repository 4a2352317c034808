"""Polling over HTTP: many channels at once, in one event loop.

ask        each channel, two at a time of a host
| decide     what its answer does to it
| store      documents and schedule together, every quarter of a second
"""

import asyncio
import logging
import random
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import uvloop
from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects

from wireroom.intake import schedule
from wireroom.intake.inbox import delivery_of
from wireroom.intake.models import Channel, Delivery
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.http import Answer, Door, Request

from .answer import charset_of, told_by
from .standing import GONE, Standing, Told, after, asks_whole, has_news

log = logging.getLogger("wireroom.intake")

#: Seconds for one whole transfer.
DEADLINE = 20.0
#: Bytes of a document.
HEAVIEST = 20_000_000
#: Seconds between looks at what has come.
LOOK = 0.25
#: Hosts asked at once.
HOSTS = 200
#: Seconds; who was not asked by then waits for another round, for this long.
ROUND, CROWDED_OUT = 25.0, timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Polled:
    """How many channels had news, had none, or could not be asked."""

    fetched: int = 0
    unchanged: int = 0
    failed: int = 0

    def __add__(self, other: "Polled") -> "Polled":
        """Count two rounds as one."""
        return Polled(
            self.fetched + other.fetched,
            self.unchanged + other.unchanged,
            self.failed + other.failed,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A channel, and what asking it came to."""

    channel: Channel
    before: Standing
    told: Told
    answer: Answer | None


def poll(channels: Iterable[Channel], *, now: datetime) -> Polled:
    """Ask channels for news, and store what comes as soon as it has come."""
    began = time.monotonic()
    polled = Polled()
    hosts = _by_host(channels)
    come: list[Asked] = []
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        door = runner.run(Door(allow=settings.FETCH_ALLOW).__aenter__())
        tasks: set[asyncio.Task[None]] = set()
        try:
            tasks = runner.run(_begin(door, hosts, come, now))
            while tasks and time.monotonic() - began < ROUND:
                tasks = runner.run(_go_on(tasks))
                passed = timedelta(seconds=time.monotonic() - began)
                polled += store(come, now=now + passed)
                come.clear()
        finally:
            runner.run(_end(tasks))
            runner.run(door.__aexit__(None, None, None))
    _crowded_out([channel for host in hosts for channel in host], now)
    return polled


def _by_host(channels: Iterable[Channel]) -> list[deque[Channel]]:
    """Group channels, so that what one host has is asked for over the same connections."""
    hosts: dict[str, deque[Channel]] = defaultdict(deque)
    for channel in channels:
        hosts["/".join(channel.url.split("/", 3)[:3])].append(channel)
    return list(hosts.values())


async def _begin(
    door: Door, hosts: Iterable[deque[Channel]], come: list[Asked], now: datetime
) -> set["asyncio.Task[None]"]:
    turns = asyncio.Semaphore(HOSTS)
    return {asyncio.create_task(_ask_host(door, host, turns, come, now)) for host in hosts}


async def _ask_host(
    door: Door,
    host: deque[Channel],
    turns: asyncio.Semaphore,
    come: list[Asked],
    now: datetime,
) -> None:
    """Ask for all that is waiting of a host, two channels at a time."""

    async def ask_some() -> None:
        while host:
            channel = host.popleft()
            try:
                come.append(await ask(door, channel, now, last=not host))
            except asyncio.CancelledError:
                host.append(channel)
                raise

    async with turns:
        await (asyncio.gather(ask_some(), ask_some()) if len(host) > 1 else ask_some())


async def ask(door: Door, channel: Channel, now: datetime, *, last: bool = False) -> Asked:
    """Ask one channel; what goes wrong is what it told us."""
    before = schedule.standing_of(channel)
    whole = asks_whole(before, now)
    validators = {} if whole else {u: (e, m) for u, (e, m) in before.validators.items()}
    request = Request(
        url=before.url, validators=validators, cap=HEAVIEST, deadline=DEADLINE, last=last
    )
    try:
        answer = await door.fetch(request)
    except (Failed, Refused) as error:
        return Asked(channel, before, Told(status=0, wrong=str(error)), None)
    except Exception as error:  # one channel's surprise must not cost the others their round
        log.exception("channel failed", extra={"channel": channel.pk})
        return Asked(channel, before, Told(status=0, wrong=f"failed here: {error!r}"), None)
    return Asked(channel, before, told_by(answer, whole=not validators, now=now), answer)


def store(asked: list[Asked], *, now: datetime) -> Polled:
    """Store documents and how channels stand, in one transaction."""
    if not asked:
        return Polled()
    standings: dict[int, Standing] = {}
    news: list[Asked] = []
    failed = 0
    for one in asked:
        pk = one.channel.pk
        standings[pk] = after(one.before, one.told, now=now, luck=random.random())  # noqa: S311 (no secret)
        failed += bool(one.told.wrong)
        if has_news(one.before, one.told):
            news.append(one)
        if one.told.wrong:
            _report(one.channel, one.told, standings[pk])
    prefetch_related_objects([one.channel for one in news], "provider")
    deliveries = [_delivery(one, now) for one in news]
    with transaction.atomic():
        there = schedule.there(standings) if news else standings.keys()
        Delivery.objects.bulk_create(d for d in deliveries if d.channel_id in there)
        schedule.write(
            {
                one.channel.pk: (one.before, _settled(one, standings[one.channel.pk]))
                for one in asked
            }
        )
    return Polled(len(news), len(asked) - len(news) - failed, failed)


def _settled(asked: Asked, standing: Standing) -> Standing:
    """Write what a round seldom changes: an address that moved, a channel that is gone."""
    if standing.paused and not asked.before.paused:
        schedule.pause(asked.channel.pk, standing.paused_because)
    if standing.url != asked.before.url and not schedule.move(asked.channel.pk, standing.url):
        return replace(standing, last_status="moved to where another channel is already")
    return standing


def _delivery(asked: Asked, now: datetime) -> Delivery:
    assert asked.answer is not None
    return delivery_of(
        asked.answer.body,
        provider=asked.channel.provider,
        now=now,
        channel=asked.channel,
        format=asked.channel.format,
        address=asked.answer.url,
        charset=charset_of(asked.answer),
    )


def _report(channel: Channel, told: Told, standing: Standing) -> None:
    """Tell of a failure once in a row, of a goodbye at the first, and of the pause it ends in."""
    if standing.failures == 1 or told.status == GONE:
        log.warning(
            "channel failed",
            extra={"channel": channel.pk, "reason": told.wrong, "paused": standing.paused},
        )


async def _go_on(tasks: set["asyncio.Task[None]"]) -> set["asyncio.Task[None]"]:
    """Let hosts be asked for a moment, and give those that are not done."""
    done, waiting = await asyncio.wait(tasks, timeout=LOOK)
    for task in done:
        task.result()
    return waiting


async def _end(tasks: set["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _crowded_out(left: Sequence[Channel], now: datetime) -> None:
    """Give back the channels behind slow hosts, for another round."""
    if left:
        until = now + timedelta(seconds=ROUND) + CROWDED_OUT
        schedule.release([channel.pk for channel in left], until=until)
        log.warning("channels crowded out", extra={"channels": len(left)})
