import asyncio

import pytest

from harness.agency import Agency
from wireroom.outbound.http import Door, Request


@pytest.fixture
def agency():
    """A web server on loopback."""
    with Agency() as server:
        yield server


@pytest.fixture
def fetch(agency):
    """Fetch through a door that may reach the agency, or the places given."""

    def through_the_door(url, *, allow=None, lookup=None, **words):
        async def go():
            places = (agency.place,) if allow is None else allow
            async with Door(places, lookup=lookup) as door:
                return await door.fetch(Request(url=url, **words))

        return asyncio.run(go())

    return through_the_door
