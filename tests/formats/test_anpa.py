"""ANPA 1312: samples that say what they are, and what is broken."""

from contextlib import suppress
from time import process_time

import pytest

from formats.plain_samples import RECEIVED, samples
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.read import parse
from wireroom.formats.sources import read as sources

ARRIVAL = Arrival(received=RECEIVED)
SAMPLES = samples("anpa")


def test_the_samples_are_there():
    assert len(SAMPLES) >= 30


STORY = (
    b"\x16\x16\x01a%04d\r\nu i\x13\x11 bc-Ferry  05-02 0061\r\n"
    b"\x02^%s<\r\n\tThe ferry sailed.<\r\n\x03HW-WS-05-02-24 0810GMT<\x04"
)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\x16\x16", "no message"),
        (b"\x16\x16\x01a0417\r\n", "cut off before its text"),
        (b"\x16\x16\x01a0417\r\nu i bc-x\r\n\x02^Half a st", "cut off before its end"),
        (b"\x16\x16\x01a0417\r\n\x02^x<\x03", "none of ANPA 1312"),
        (b"\x16\x16\x01\r\nu i bc-x\r\n\x02^x<\x03", "none of ANPA 1312"),
        (b"\x16\x16\x01a0417\r\nu i bc-x\r\n\x02\x03", "no words"),
    ],
)
def test_what_cannot_be_read_says_why(raw, reason):
    with pytest.raises(Unreadable, match=reason):
        parse(raw, "anpa", ARRIVAL)


def test_quarantine_finds_the_bytes_of_each_item():
    one, two = STORY % (1, b"One"), STORY.replace(b"bc-Ferry", b"bc-Rain") % (2, b"Two")
    document = sources(one + two, "anpa", ARRIVAL)
    assert [item.raw.count(b"\x02") for item in document.rejected] == [1, 1]
    assert b"^Two" in document.rejected[1].raw


@pytest.mark.parametrize(
    "hostile",
    [
        STORY % (1, b" " * 300_000),
        STORY % (1, b"<" * 300_000),
        STORY % (1, b"<  " * 100_000),
        STORY % (1, b"<\n^" * 100_000),
        STORY.replace(b"bc-Ferry", b"b" * 300_000) % (1, b"x"),
        STORY.replace(b"  05-02", b" " * 300_000) % (1, b"x"),
        (STORY.replace(b"bc-Ferry  05", b"bc-Ferry take 2 05") % (1, b"x")) * 3_000,
    ],
    ids=range(7),
)
def test_p_hostile_lengths_cost_little(hostile):
    begun = process_time()
    with suppress(Unreadable):
        parse(hostile, "anpa", ARRIVAL)
    assert process_time() - begun < 2
