"""What is not urgent, asked for one by one: of each host one thing at a time."""

import asyncio
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings

from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.http import Answer, Door, Request

#: Hosts that are asked at once, and things that wait looked through for them.
HOSTS, LOOKED_THROUGH = 16, 1000

T = TypeVar("T")


def one_of_each_host(waiting: Iterable[T], address: Callable[[T], str]) -> list[T]:
    """Choose of what waits the first of each host."""
    first: dict[str | None, T] = {}
    for one in islice(waiting, LOOKED_THROUGH):
        first.setdefault(urlsplit(address(one)).hostname, one)
    return list(first.values())[:HOSTS]


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
