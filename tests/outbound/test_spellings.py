"""Doubtful spellings are refused before anybody is asked."""

import pytest

from harness.cases import each
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.targets import aim

SPELLINGS = {
    "F49": "http://127.1/",
    "F50": "http://0/",
    "F51": "http://2130706433/",
    "F52": "http://0x7f000001/",
    "F53": "http://0x7f.1/",
    "F54": "http://0177.0.0.1/",
    "F55": "http://017700000001/",
    "F56": "http://127.0.0.1./",
    "F57": "http://１２７.０.０.１/",  # noqa: RUF001 (the case)
    "F58": "http://127。0。0。1/",
    "F59": "http://①②⑦.⓪.⓪.①/",
    "F60": "http://loca%6chost/",
    "F62": "http://[::ffff:7f00:1]/",
    "F63": "http://[fe80::1%25lo]/",
    "F63 bare": "http://[fe80::1%lo]/",
    "F65": "http://good@127.0.0.1/",
    "F66": "http://good\\@127.0.0.1/",
    "F67": "http://news.example/a\r\nHost: evil",
    "F68": "http://news.example/a\0b",
    "F69": "http://news.ex\tample/",
    "A04 file": "file:///etc/passwd",
    "A04 ftp": "ftp://news.example/",
    "A04 gopher": "gopher://news.example/",
    "A04 data": "data:text/xml,<rss/>",
    "A04 jar": "jar:http://news.example!/",
    "A04 dict": "dict://news.example/",
    "A04 none": "//news.example/",
    "A07 encoded": "http://good%2f%23@127.0.0.1/",
    "A07 host": "http://good%2f%23.example/",
    "A07 fragment": "http://127.0.0.1#@good.example/",
    "A07 query": "http://127.0.0.1?@good.example/",
    "A07 brackets": "http://[127.0.0.1]/",
    "A07 port": "http://news.example:99999/",
    "A07 empty": "http:///feed.xml",
    "A07 backslash": "http://127.0.0.1\\@good.example/",
    "A07 user": "http://good.example:80@127.0.0.1/",
}


@pytest.mark.parametrize("spelling", each(SPELLINGS))
def test_a_doubtful_spelling_is_refused_and_nobody_is_asked(
    spelling, fetch, tried, record_property
):
    asked = []

    async def lookup(host):
        asked.append(host)
        return ["127.0.0.1"]

    with pytest.raises(Refused):
        fetch(spelling, lookup=lookup)
    record_property("saw", f"{len(asked)} names looked up, {len(tried)} connections")
    assert not asked
    assert not tried


@pytest.mark.cases("F61")
@pytest.mark.parametrize("host", ["LOCALHOST", "localhost.", "LocalHost"])
def test_f61_capitals_and_a_trailing_dot_do_not_hide_a_name(host, fetch, tried):
    async def lookup(name):
        assert name == "localhost"
        return ["127.0.0.1"]

    with pytest.raises(Refused, match="this machine"):
        fetch(f"http://{host}/", lookup=lookup)
    assert not tried


@pytest.mark.cases("F64")
def test_f64_a_name_in_look_alike_letters_is_asked_for_as_what_it_is(fetch):
    asked = []

    async def lookup(name):
        asked.append(name)
        return []

    with pytest.raises(Failed):
        fetch("http://nеws.example/", lookup=lookup)  # noqa: RUF001 (a Cyrillic letter)
    assert asked == ["xn--nws-rdd.example"]


def test_an_address_is_read_without_user_and_fragment():
    target = aim("http://me:pass%20word@NEWS.example./a?b=c#d")
    assert str(target) == "http://news.example/a?b=c"
    assert (target.user, target.password, target.place) == ("me", "pass word", "news.example:80")
