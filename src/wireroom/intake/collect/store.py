"""What came of asking channels, written down: documents and schedule in one transaction."""

import logging
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from wireroom.intake import hubs, schedule, websub
from wireroom.intake.inbox import delivery_of, put_down
from wireroom.intake.models import Channel, Delivery

from .answer import PAGE, charset_of
from .ask import Asked
from .standing import GONE, IM_USED, SLOWEST, Standing, after, has_news

log = logging.getLogger("wireroom.intake")


@dataclass(frozen=True, slots=True)
class Polled:
    """How many channels had news, had none, or could not be asked."""

    fetched: int = 0
    unchanged: int = 0
    failed: int = 0

    def __add__(self, other: "Polled") -> "Polled":
        """Count two looks as one."""
        return Polled(
            self.fetched + other.fetched,
            self.unchanged + other.unchanged,
            self.failed + other.failed,
        )

    def __bool__(self) -> bool:
        """Say whether anything came."""
        return bool(self.fetched or self.unchanged or self.failed)


def store(asked: Sequence[Asked], *, now: datetime) -> Polled:
    """Store documents and how channels stand, in one transaction."""
    if not asked:
        return Polled()
    heard = websub.heard(now)
    standings: list[tuple[Asked, Standing]] = []
    news: list[Asked] = []
    failed = 0
    for one in asked:
        before = one.claimed.before
        standing = after(before, one.told, now=now, luck=random.random())  # noqa: S311 (no secret)
        if one.claimed.channel in heard:
            standing = _slowed(standing, now)
        standings.append((one, standing))
        if one.told.wrong:
            failed += 1
            _report(one, standing)
        elif has_news(before, one.told):
            news.append(one)
    with transaction.atomic():
        if news:
            there = schedule.there(one.claimed.channel for one in news)
            _learn(news, there, now)
            put_down(
                _delivery(one, there[one.claimed.channel], now)
                for one in news
                if one.claimed.channel in there
            )
        schedule.write(
            {
                one.claimed.channel: (one.claimed.before, _settled(one, standing))
                for one, standing in standings
            }
        )
    if pages := [one for one in asked if _is_page(one)]:
        _learn(pages, Channel.objects.in_bulk([one.claimed.channel for one in pages]), now)
    return Polled(len(news), len(asked) - len(news) - failed, failed)


def _settled(asked: Asked, standing: Standing) -> Standing:
    """Write what a poll seldom changes: an address that moved, a channel that is gone."""
    channel, before = asked.claimed.channel, asked.claimed.before
    if standing.paused and not before.paused:
        schedule.pause(channel, standing.paused_because)
    if standing.url != before.url and not schedule.move(channel, standing.url):
        return standing._replace(last_status="moved to where another channel is already")
    return standing


def _slowed(standing: Standing, now: datetime) -> Standing:
    """Leave a channel alone whose hub tells of its news, unless a person set its pace."""
    if standing.every is not None:
        return standing
    return standing._replace(next_at=max(standing.next_at, now + timedelta(seconds=SLOWEST)))


def _is_page(asked: Asked) -> bool:
    """Say whether a page came where there has never been a document."""
    answer, before = asked.answer, asked.claimed.before
    return bool(answer and not before.last_sha256 and PAGE.match(answer.body[:4000]))


def _learn(asked: Sequence[Asked], there: Mapping[int, Channel], now: datetime) -> None:
    """Find the hubs that answers name in their headers, and pages in their heads."""
    for one in asked:
        channel = there.get(one.claimed.channel)
        if one.answer is None or channel is None:
            continue
        hubs.learn(channel, hubs.HEADER, hubs.in_headers(one.answer), now=now)
        if one.told.wrong:
            hubs.learn(channel, hubs.DOCUMENT, hubs.in_page(one.answer), now=now)


def _delivery(asked: Asked, channel: Channel, now: datetime) -> Delivery:
    assert asked.answer is not None
    return delivery_of(
        asked.answer.body,
        provider=channel.provider,
        now=now,
        channel=channel,
        format=channel.format,
        address=asked.answer.url,
        charset=charset_of(asked.answer),
        told=asked.told.sha256,
        partial=asked.told.status == IM_USED,
    )


def _report(asked: Asked, standing: Standing) -> None:
    """Tell of a failure once in a row, of a goodbye at the first, and of the pause it ends in."""
    if standing.failures == 1 or asked.told.status == GONE:
        log.warning(
            "channel failed",
            extra={
                "channel": asked.claimed.channel,
                "reason": asked.told.wrong,
                "paused": standing.paused,
            },
        )
