"""What is not urgent, asked for one by one: of each host one thing at a time."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from wireroom.intake.models import FullText, Page
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.http import Answer, Door, Request

#: Hosts that are asked at once, and things that wait looked through for them.
HOSTS, LOOKED_THROUGH = 16, 1000


T = TypeVar("T", Page, FullText)


def claim(
    due: QuerySet[T], address: Callable[[T], str], *, now: datetime, lease: timedelta
) -> list[T]:
    """Take of what is due the first of each host; others have it once the lease is over."""
    first: dict[str | None, T] = {}
    for one in islice(due.order_by("next_at", "pk"), LOOKED_THROUGH):
        first.setdefault(urlsplit(address(one)).hostname, one)
    return [one for one in list(first.values())[:HOSTS] if taken(one, until=now + lease)]


def taken(one: Page | FullText, *, until: datetime) -> bool:
    """Take one thing, if nobody has since it was read: whoever moves its time on has it."""
    mine = type(one).objects.filter(pk=one.pk, next_at=one.next_at)
    return bool(mine.update(next_at=until))


def ask(requests: Iterable[Request]) -> list[Answer | str]:
    """Ask for some things, all at once; give what came, or why nothing did."""
    asked = list(requests)
    return asyncio.run(_ask(asked)) if asked else []


async def _ask(requests: list[Request]) -> list[Answer | str]:
    async with Door(allow=settings.FETCH_ALLOW) as door:
        return await asyncio.gather(*(_ask_one(door, request) for request in requests))


async def _ask_one(door: Door, request: Request) -> Answer | str:
    try:
        return await door.fetch(request)
    except (Failed, Refused) as error:
        return str(error)
