"""Hostile XML costs little and reads nothing (P01 to P07, P09, A12)."""

import pytest

from wireroom.formats.errors import Unreadable
from wireroom.formats.feeds.fallback import feed as forgiving
from wireroom.formats.syntax.xml import Malformed, root

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "P01": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel>&l9;</channel></rss>',
    "P02": f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50000}">]><rss>{"&a;" * 50000}</rss>',
    "P03": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss>&x;</rss>',
    "P03 parameter": '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><r>&y;</r>',
    "P04": "<rss>" * 200_000,
    "P05": f'<rss a="{"a" * 50_000_000}"/>',
    "P07": "<rss>" + "<!--" * 100_000,
}


@pytest.mark.cases("P01", "P02", "P04")
@pytest.mark.parametrize("case", ["P01", "P02", "P04"])
def test_what_would_blow_up_is_not_read_forgivingly_either(case):
    with pytest.raises(Unreadable) as refused:
        root(HOSTILE[case].encode())
    assert not isinstance(refused.value, Malformed)


@pytest.mark.parametrize("case", HOSTILE)
def test_a_bomb_is_refused(case):
    with pytest.raises(Unreadable):
        root(HOSTILE[case].encode())


@pytest.mark.cases("P06")
def test_a_tag_of_200_000_attributes_costs_no_more_than_its_bytes():
    attributes = " ".join(f"a{number}='1'" for number in range(200_000))
    raw = f"<rss {attributes}/>".encode()
    assert root(raw)[0].tag == "rss"


@pytest.mark.cases("P09")
@pytest.mark.parametrize("encoding", ["utf-7", "unicode_escape", "cp037", "rot13", "no-such"])
def test_an_encoding_that_hides_tags_is_not_believed(encoding):
    raw = f'<?xml version="1.0" encoding="{encoding}"?><rss>+ADw-b+AD4-\\u003c</rss>'.encode()
    assert root(raw)[0].text == "+ADw-b+AD4-\\u003c"


def test_what_is_broken_says_so():
    with pytest.raises(Malformed, match="not well-formed"):
        root(b"<rss><channel></rss>")


def test_a_forgiving_reader_that_takes_too_long_is_killed():
    with pytest.raises(Unreadable, match="within"):
        forgiving(b"<rss><channel><title>Fish & chips</title>", deadline=0.001)
