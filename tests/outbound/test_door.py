"""What goes out through the door, and what may come in by it."""

import asyncio
import gzip
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import brotli
import pytest

from harness.absent import absent
from harness.agency import Agency, reply
from harness.cases import each
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.http import Door, Request

MEGABYTE = 1_000_000
MEMORY = Path(__file__).with_name("memory.py")
BODY = b"<rss>" + b"words and words " * 100 + b"</rss>"


def test_an_answer_has_its_status_headers_and_body(agency, fetch):
    agency.answers["/feed.xml"] = reply(200, BODY, ETag='"1"', Content_Type="application/rss+xml")
    answer = fetch(agency.url("/feed.xml"))
    assert (answer.status, answer.body, answer.url) == (200, BODY, agency.url("/feed.xml"))
    assert answer.headers["etag"] == '"1"'


@pytest.mark.cases("A01", "A02", "A03", "F81")
def test_what_is_not_on_the_list_is_not_reached(agency, fetch):
    """A01, A02, A03, F81: neither this machine, nor another port than 80 and 443."""
    for allow in [(), (f"localhost:{agency.port}",), (f"127.0.0.2:{agency.port}",)]:
        with pytest.raises(Refused, match="port"):
            fetch(agency.url(), allow=allow)
    with pytest.raises(Refused, match="this machine"):
        fetch("http://127.0.0.1/", allow=())
    assert agency.connections == 0


@pytest.mark.cases("F81")
def test_f81_a_public_name_on_another_port_is_refused(fetch):
    with pytest.raises(Refused, match=r"port 8443 .* WIREROOM_FETCH_ALLOW lists news.example:8443"):
        fetch("https://news.example:8443/", allow=())


def test_a_listed_name_may_lead_to_this_machine(agency, fetch):
    async def lookup(_):
        return ["127.0.0.1"]

    agency.answers["/"] = reply(200, BODY)
    place = f"internal.example:{agency.port}"
    assert fetch(f"http://{place}/", allow=(place,), lookup=lookup).body == BODY


@pytest.mark.cases("F83")
def test_f83_proxies_of_the_environment_are_ignored(agency, fetch, monkeypatch):
    with Agency() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url())
        agency.answers["/"] = reply(200, BODY)
        assert fetch(agency.url()).body == BODY
        assert proxy.connections == 0


def test_no_cookie_is_kept_or_sent_back(agency, fetch):
    agency.answers["/"] = reply(302, Location="/next", Set_Cookie="spy=1")
    agency.answers["/next"] = reply(200, BODY)
    fetch(agency.url())
    assert [("cookie" in asked.headers) for asked in agency.asked] == [False, False]


@pytest.mark.cases("A22")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Host", "internal"),
        ("Forwarded", "for=127.0.0.1"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Remote-User", "admin"),
        ("Remote-User", "admin"),
        ("X-WebAuth-User", "admin"),
        ("X-Real-IP", "127.0.0.1"),
        ("X-Original-URL", "/admin"),
        ("Proxy-Authorization", "x"),
        ("Transfer-Encoding", "chunked"),
        ("X-Ok", "a\r\nHost: internal"),
        ("X-Ok\r\nHost", "internal"),
        ("X-Ok", "a\0b"),
    ],
)
def test_a22_a_header_cannot_lead_elsewhere_or_break_its_line(name, value, agency, fetch):
    with pytest.raises(Refused, match="header"):
        fetch(agency.url(), headers={name: value})
    assert agency.connections == 0


def test_a_users_name_in_the_address_becomes_a_header(agency, fetch):
    agency.answers["/"] = reply(200, BODY)
    answer = fetch(agency.url().replace("//", "//wire:secret@"))
    assert agency.asked[0].headers["authorization"] == "Basic d2lyZTpzZWNyZXQ="
    assert "secret" not in answer.url


# What comes in


def test_a_body_beyond_the_cap_is_not_taken(agency, fetch):
    agency.answers["/"] = reply(200, b"x" * 2000)
    with pytest.raises(Refused, match="2000 bytes"):
        fetch(agency.url(), cap=1000)


@pytest.mark.cases("F87")
def test_f87_an_endless_body_ends_at_the_cap(agency, fetch):
    def endless(_):
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        while True:
            yield b"10000\r\n" + b"x" * 65536 + b"\r\n"

    agency.answers["/"] = endless
    with pytest.raises(Refused, match="more than"):
        fetch(agency.url(), cap=MEGABYTE)


def drip_body(_):
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    while True:
        time.sleep(0.05)
        yield b"x"


def drip_pieces(_):
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        time.sleep(0.05)
        yield b"1\r\nx\r\n"


def drip_headers(_):
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        time.sleep(0.05)
        yield b"X-More: 1\r\n"


def silence(_):
    time.sleep(2)
    return b""


DRIPS = {
    "F84 body": drip_body,
    "F84 pieces": drip_pieces,
    "F85 headers": drip_headers,
    "A10 silence": silence,
}


@pytest.mark.cases("A10")
@pytest.mark.parametrize("slow", each(DRIPS))
def test_a10_one_deadline_holds_for_the_whole_transfer(slow, agency, record_property):
    """Its limit is a second more; the agency itself would never end."""
    agency.answers["/"] = slow

    async def go():
        async with Door((agency.place,)) as door, asyncio.timeout(1.5):
            began = asyncio.get_running_loop().time()
            with pytest.raises(Failed, match=r"0\.5 s"):
                await door.fetch(Request(url=agency.url(), deadline=0.5))
            return asyncio.get_running_loop().time() - began

    record_property("saw", f"ended {asyncio.run(go()):.1f} s after it began, with 0.5 s to go")


@pytest.mark.cases("A10")
@pytest.mark.parametrize("slow", [drip_body, drip_headers])
def test_a10_who_drips_is_hung_up_on_and_holds_nobody_else_up(slow, agency):
    let_go = threading.Event()

    def watched(asked):
        try:
            yield from slow(asked)
        finally:
            let_go.set()

    async def go():
        with Agency("127.0.0.2") as other:
            other.answers["/"] = reply(200, BODY)
            agency.answers["/"] = watched
            async with Door((agency.place, other.place)) as door:
                drips = [
                    asyncio.ensure_future(door.fetch(Request(url=agency.url(), deadline=2)))
                    for _ in range(20)
                ]
                answer = await door.fetch(Request(url=other.url()))
                assert not any(drip.done() for drip in drips)
                for drip in drips[1:]:
                    drip.cancel()
                with pytest.raises(Failed, match="within 2 s"):
                    await drips[0]
                await asyncio.gather(*drips, return_exceptions=True)
            return answer.body

    assert asyncio.run(go()) == BODY
    assert let_go.wait(10)


@pytest.mark.cases("A10")
def test_a10_a_deadline_is_not_begun_anew_by_redirects(agency, fetch):
    def slowly(path):
        def answer(_):
            time.sleep(0.2)
            return reply(302, Location=path)

        return answer

    agency.answers |= {f"/{n}": slowly(f"/{n + 1}") for n in range(5)}
    with pytest.raises(Failed, match="within"):
        fetch(agency.url("/0"), deadline=0.5)


@pytest.mark.cases("A10", "F91")
def test_a10_f91_tls_that_never_begins_ends_at_the_deadline(agency, fetch):
    with pytest.raises(Failed, match="within"):
        fetch(f"https://{agency.place}/", deadline=0.5)


@pytest.mark.cases("F86")
@pytest.mark.parametrize(
    "head",
    [b"X-Many: 1\r\n" * 1_000_000, b"X-Long: " + b"a" * MEGABYTE + b"\r\n"],
    ids=["many headers", "one long header"],
)
def test_f86_headers_have_caps(head, agency, fetch):
    agency.answers["/"] = b"HTTP/1.1 200 OK\r\n" + head + b"\r\n"
    with pytest.raises(Failed, match="not HTTP"):
        fetch(agency.url(), deadline=5)


def test_what_is_not_http_fails(agency, fetch):
    agency.answers["/"] = b"220 ftp.example ready\r\n"
    with pytest.raises(Failed):
        fetch(agency.url(), deadline=2)


def test_a_connection_that_is_refused_fails(agency, fetch):
    agency.shutdown()
    agency.server_close()
    with pytest.raises(Failed, match="no connection"):
        fetch(agency.url())


@pytest.mark.cases("F88")
def test_f88_an_answer_shorter_than_it_says_fails(agency, fetch):
    def short(_):
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
        raise ConnectionError

    agency.answers["/"] = short
    with pytest.raises(Failed):
        fetch(agency.url(), deadline=2)


@pytest.mark.cases("F88")
def test_f88_what_follows_an_answer_is_neither_part_of_it_nor_of_the_next(agency):
    def more(_):
        yield reply(200, BODY) + reply(200, b"smuggled")

    agency.answers |= {"/": more, "/next": reply(200, b"next")}

    async def go():
        async with Door((agency.place,)) as door:
            first = await door.fetch(Request(url=agency.url()))
            return first.body, (await door.fetch(Request(url=agency.url("/next")))).body

    assert asyncio.run(go()) == (BODY, b"next")


def test_a_line_the_server_let_go_of_is_made_anew(agency):
    def only_once(_):
        yield reply(200, BODY)
        raise ConnectionError

    agency.answers |= {"/": only_once, "/next": reply(200, b"next")}

    async def go():
        async with Door((agency.place,)) as door:
            await door.fetch(Request(url=agency.url()))
            return await door.fetch(Request(url=agency.url("/next")))

    assert asyncio.run(go()).body == b"next"
    assert agency.connections == 2


# Content codings

RAW_DEFLATE = zlib.compressobj(wbits=-15)
CODED = {
    "gzip": gzip.compress(BODY),
    "x-gzip": gzip.compress(BODY),
    "deflate": zlib.compress(BODY),
    "deflate raw": RAW_DEFLATE.compress(BODY) + RAW_DEFLATE.flush(),
    "br": brotli.compress(BODY),
    "gzip twice in a row": gzip.compress(BODY[:100]) + gzip.compress(BODY[100:]),
    "gzip and more": gzip.compress(BODY) + b"garbage",
    "deflate and more": zlib.compress(BODY) + b"garbage",
    "gzip that is none": BODY,
    "identity": BODY,
}


@pytest.mark.cases("F89")
@pytest.mark.parametrize("case", CODED)
def test_f89_one_coding_is_undone(case, agency, fetch):
    agency.answers["/"] = reply(200, CODED[case], Content_Encoding=case.split()[0])
    assert fetch(agency.url()).body == BODY


#: Zeros, coded; made when they are asked for, since it takes a while.
ZEROS = bytes(100 * MEGABYTE)
BOMBS = {
    "gzip": lambda: gzip.compress(ZEROS, 1),
    "deflate": lambda: zlib.compress(ZEROS, 1),
    "br": lambda: brotli.compress(ZEROS, quality=1),
    "gzip, gzip": lambda: gzip.compress(gzip.compress(ZEROS, 1)),
    "gzip, deflate": lambda: zlib.compress(gzip.compress(ZEROS, 1)),
    "zstd": lambda: b"\x28\xb5\x2f\xfd",
}


@pytest.mark.cases("A11")
@pytest.mark.parametrize("coding", BOMBS)
def test_a11_what_grows_takes_no_memory(coding, agency, record_property):
    """100 MB that came as a few kilobytes: the limit is 64 MB, the cap 10 MB."""
    if not Path("/proc/self/status").exists():
        absent("what Linux tells of a process's memory")
    agency.answers["/"] = reply(200, BODY)
    bomb = BOMBS[coding]()
    agency.answers["/bomb"] = reply(200, bomb, Content_Encoding=coding)
    fetched = subprocess.run(
        [sys.executable, MEMORY, agency.place, agency.url(), agency.url("/bomb")],
        capture_output=True,
        text=True,
        check=True,
    )
    plain, refused, grown = fetched.stdout.splitlines()
    record_property("saw", f"{coding}: {len(bomb)} bytes, +{grown} MB")
    assert plain == f"200 {len(BODY)}"
    assert refused.startswith("the answer ")
    assert int(grown) <= 64


@pytest.mark.cases("A11", "F89")
@pytest.mark.parametrize("case", BOMBS)
def test_a11_f89_what_grows_beyond_the_cap_is_refused(case, agency, fetch):
    agency.answers["/"] = reply(200, BOMBS[case](), Content_Encoding=case)
    with pytest.raises(Refused):
        fetch(agency.url(), cap=MEGABYTE)


@pytest.mark.cases("F89")
@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_f89_a_coding_cut_short_fails(coding, agency, fetch):
    agency.answers["/"] = reply(200, CODED[coding][:-5], Content_Encoding=coding)
    with pytest.raises(Failed):
        fetch(agency.url())
