"""What goes out through the door, and what may come in by it."""

import asyncio
import gzip
import time
import zlib

import brotli
import pytest

from harness.agency import Agency, reply
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.http import Door, Request

MEGABYTE = 1_000_000
BODY = b"<rss>" + b"words and words " * 100 + b"</rss>"


def test_an_answer_has_its_status_headers_and_body(agency, fetch):
    agency.answers["/feed.xml"] = reply(200, BODY, ETag='"1"', Content_Type="application/rss+xml")
    answer = fetch(agency.url("/feed.xml"))
    assert (answer.status, answer.body, answer.url) == (200, BODY, agency.url("/feed.xml"))
    assert answer.headers["etag"] == '"1"'


def test_what_is_not_on_the_list_is_not_reached(agency, fetch):
    """A01, A02, A03, F81: neither this machine, nor another port than 80 and 443."""
    for allow in [(), (f"localhost:{agency.port}",), (f"127.0.0.2:{agency.port}",)]:
        with pytest.raises(Refused, match="port"):
            fetch(agency.url(), allow=allow)
    with pytest.raises(Refused, match="this machine"):
        fetch("http://127.0.0.1/", allow=())
    assert agency.connections == 0


def test_f81_a_public_name_on_another_port_is_refused(fetch):
    """F81."""
    with pytest.raises(Refused, match=r"port 8443 .* WIREROOM_FETCH_ALLOW lists news.example:8443"):
        fetch("https://news.example:8443/", allow=())


def test_a_listed_name_may_lead_to_this_machine(agency, fetch):
    async def lookup(_):
        return ["127.0.0.1"]

    agency.answers["/"] = reply(200, BODY)
    place = f"internal.example:{agency.port}"
    assert fetch(f"http://{place}/", allow=(place,), lookup=lookup).body == BODY


def test_f83_proxies_of_the_environment_are_ignored(agency, fetch, monkeypatch):
    """F83."""
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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Host", "internal"),
        ("Forwarded", "for=127.0.0.1"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Remote-User", "admin"),
        ("Proxy-Authorization", "x"),
        ("Transfer-Encoding", "chunked"),
        ("X-Ok", "a\r\nHost: internal"),
        ("X-Ok\r\nHost", "internal"),
        ("X-Ok", "a\0b"),
    ],
)
def test_a22_a_header_cannot_lead_elsewhere_or_break_its_line(name, value, agency, fetch):
    """A22."""
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


def test_f87_an_endless_body_ends_at_the_cap(agency, fetch):
    """F87."""

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


def drip_headers(_):
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        time.sleep(0.05)
        yield b"X-More: 1\r\n"


def silence(_):
    time.sleep(2)
    return b""


@pytest.mark.parametrize(
    "slow", [drip_body, drip_headers, silence], ids=["F84 body", "F85 headers", "silence"]
)
def test_a10_one_deadline_holds_for_the_whole_transfer(slow, agency, fetch):
    """A10."""
    agency.answers["/"] = slow
    with pytest.raises(Failed, match=r"0\.5 s"):  # the agency itself would never end
        fetch(agency.url(), deadline=0.5)


def test_a10_a_deadline_is_not_begun_anew_by_redirects(agency, fetch):
    """A10."""

    def slowly(path):
        def answer(_):
            time.sleep(0.2)
            return reply(302, Location=path)

        return answer

    agency.answers |= {f"/{n}": slowly(f"/{n + 1}") for n in range(5)}
    with pytest.raises(Failed, match="within"):
        fetch(agency.url("/0"), deadline=0.5)


def test_a10_f91_tls_that_never_begins_ends_at_the_deadline(agency, fetch):
    """A10, F91."""
    with pytest.raises(Failed, match="within"):
        fetch(f"https://{agency.place}/", deadline=0.5)


@pytest.mark.parametrize(
    "head",
    [b"X-Many: 1\r\n" * 1_000_000, b"X-Long: " + b"a" * MEGABYTE + b"\r\n"],
    ids=["many headers", "one long header"],
)
def test_f86_headers_have_caps(head, agency, fetch):
    """F86."""
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


def test_f88_an_answer_shorter_than_it_says_fails(agency, fetch):
    """F88."""

    def short(_):
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
        raise ConnectionError

    agency.answers["/"] = short
    with pytest.raises(Failed):
        fetch(agency.url(), deadline=2)


def test_f88_what_follows_an_answer_is_neither_part_of_it_nor_of_the_next(agency):
    """F88."""

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
    "gzip that is none": BODY,
    "identity": BODY,
}


@pytest.mark.parametrize("case", CODED)
def test_f89_one_coding_is_undone(case, agency, fetch):
    """F89."""
    agency.answers["/"] = reply(200, CODED[case], Content_Encoding=case.split()[0])
    assert fetch(agency.url()).body == BODY


BOMBS = {
    "gzip": gzip.compress(bytes(50 * MEGABYTE)),
    "deflate": zlib.compress(bytes(50 * MEGABYTE)),
    "br": brotli.compress(bytes(50 * MEGABYTE)),
    "gzip, gzip": gzip.compress(gzip.compress(bytes(50 * MEGABYTE))),
    "zstd": b"\x28\xb5\x2f\xfd",
}


@pytest.mark.parametrize("case", BOMBS)
def test_a11_f89_what_grows_beyond_the_cap_is_refused(case, agency, fetch):
    """A11, F89."""
    agency.answers["/"] = reply(200, BOMBS[case], Content_Encoding=case)
    with pytest.raises(Refused):
        fetch(agency.url(), cap=MEGABYTE)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_f89_a_coding_cut_short_fails(coding, agency, fetch):
    """F89."""
    agency.answers["/"] = reply(200, CODED[coding][:-5], Content_Encoding=coding)
    with pytest.raises(Failed):
        fetch(agency.url())
