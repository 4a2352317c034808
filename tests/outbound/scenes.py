"""Scenes in a network of their own, where public addresses can be played.

unshare --net python scenes.py SCENE
"""

import asyncio
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.agency import Agency, reply
from wireroom.outbound import names
from wireroom.outbound.errors import Refused
from wireroom.outbound.http import Door, Request

PUBLIC, SECOND = "93.184.216.34", "2606:2800:220:1::7"
BODY = b"<rss/>"


class Answers:
    """A name server: gives one list after the other, and counts."""

    def __init__(self, *lists):
        self.lists = list(lists)
        self.asked = 0

    async def __call__(self, _):
        self.asked += 1
        return self.lists.pop(0) if len(self.lists) > 1 else self.lists[0]


async def refused(door, url):
    try:
        await door.fetch(Request(url=url, deadline=5))
    except Refused:
        return True
    return False


async def a_name_with_a_closed_address_is_refused_as_a_whole(outside, inside):
    for mixed in ([PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], [PUBLIC, "::ffff:127.0.0.1"]):
        async with Door(lookup=Answers(mixed)) as door:
            assert await refused(door, "http://news.example/")
    assert outside.connections == inside.connections == 0


async def a_name_that_turns_inward_is_not_followed(outside, inside):
    lookup = Answers([PUBLIC], ["127.0.0.1"])
    async with Door(lookup=lookup) as door:
        answer = await door.fetch(Request(url="http://news.example/"))
        assert answer.body == BODY
        assert lookup.asked == 1
    async with Door(lookup=lookup) as door:
        assert await refused(door, "http://news.example/")
    assert inside.connections == 0


async def a_kept_connection_is_used_only_for_the_place_it_was_made_for(outside, inside):
    async with Door(lookup=Answers([PUBLIC], ["127.0.0.1"])) as door:
        for _ in range(3):
            await door.fetch(Request(url="http://news.example/"))
        assert outside.connections == 1
        assert await refused(door, "http://other.example/")
        assert await refused(door, "http://127.0.0.1/")
    assert inside.connections == 0


async def a_public_server_cannot_send_us_inside(outside, inside):
    outside.answers["/in"] = reply(302, Location="http://127.0.0.1/")
    outside.answers["/name"] = reply(302, Location="http://inside.example/")
    async with Door(lookup=Answers([PUBLIC], ["127.0.0.1"])) as door:
        assert await refused(door, "http://news.example/in")
        assert await refused(door, "http://news.example/name")
    assert inside.connections == 0


async def a_public_name_is_fetched_and_asked_for_once(outside, inside):
    lookup = Answers([PUBLIC])
    async with Door(lookup=lookup) as door:
        requests = [Request(url=f"http://news.example/?{n}") for n in range(6)]
        outside.answers |= {f"/?{n}": reply(200, BODY) for n in range(6)}
        answers = await asyncio.gather(*map(door.fetch, requests))
    assert {answer.body for answer in answers} == {BODY}
    assert lookup.asked == 1
    assert outside.most_open <= 2


async def a_planted_check_of_the_name_alone_is_caught(outside, inside):
    """The check of answers taken away: the check at the connection still holds."""
    names.closed = lambda _: ""
    try:
        async with Door(lookup=Answers(["127.0.0.1"])) as door:
            assert not await refused(door, "http://news.example/")
    finally:
        assert inside.connections == 1  # the listener counts: the scenes above can fail


def main(scene):
    """Put the addresses up, and play one scene between two servers."""
    for command in (
        "link set lo up",
        f"addr add {PUBLIC}/32 dev lo",
        f"addr add {SECOND}/128 dev lo",
    ):
        subprocess.run(["ip", *command.split()], check=True)
    with Agency(PUBLIC, 80) as outside, Agency("127.0.0.1", 80) as inside:
        outside.answers["/"] = inside.answers["/"] = reply(200, BODY)
        asyncio.run(globals()[scene](outside, inside))


if __name__ == "__main__":
    main(sys.argv[1])
