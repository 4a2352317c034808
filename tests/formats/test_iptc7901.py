"""IPTC 7901: samples that say what they are, and what is broken."""

from contextlib import suppress
from time import process_time

import pytest

from formats.plain_samples import RECEIVED, samples
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.read import parse
from wireroom.formats.sources import read as sources

ARRIVAL = Arrival(received=RECEIVED)
SAMPLES = samples("iptc7901")


def test_the_samples_are_there():
    assert len(SAMPLES) >= 40


STORY = (
    b"\x01hwe%04d 4 pl 61\r\n\r\nFerries/\r\n"
    b"\x02%s =\r\n\r\nThe ferry sailed.\r\n\x03020810 May 24\r\n"
)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no message"),
        (b"words without any control", "no message"),
        (b"\x01", "cut off before its text"),
        (b"\x01hwe0417 4 pl 61\r\n", "cut off before its text"),
        (b"\x01hwe0417 4 pl 61\r\n\x02Half a st", "cut off before its end"),
        (b"\x01hwe0417 4 pl 61\r\n\x02\x03020810 May 24", "no words"),
        (b"\x01\xff\xfe 4 pl\r\n\x02x\x03", "none of IPTC 7901"),
    ],
)
def test_what_cannot_be_read_says_why(raw, reason):
    with pytest.raises(Unreadable, match=reason):
        parse(raw, "iptc7901", ARRIVAL)


def test_quarantine_finds_the_bytes_of_each_item():
    one, two = STORY % (1, b"One"), STORY.replace(b"Ferries", b"Weather") % (2, b"Two")
    document = sources(one + two, "iptc7901", ARRIVAL)
    assert [item.raw for item in document.rejected] == [one.strip(), two.strip()]


@pytest.mark.parametrize(
    "hostile",
    [
        STORY % (1, b" " * 300_000),
        STORY % (1, b"kill " * 60_000),
        STORY % (1, b"(" * 300_000),
        STORY % (1, b"\t" * 300_000 + b"x"),
        STORY % (1, b"a \n" * 100_000),
        STORY.replace(b" 4 ", b" " * 300_000) % (1, b"x"),
        STORY.replace(b"Ferries/", b"/ " * 150_000) % (1, b"x"),
        STORY.replace(b"sailed", b"a   " * 100_000) % (1, b"x"),
        STORY.replace(b"sailed", b"\t \t" * 100_000) % (1, b"x"),
        STORY.replace(b"020810", b"0" * 300_000) % (1, b"x"),
        b"\x01" * 100_000,
    ],
    ids=range(11),
)
@pytest.mark.parametrize("name", ["iptc7901", "anpa"])
def test_p_hostile_lengths_cost_little(hostile, name):
    begun = process_time()
    with suppress(Unreadable):
        parse(hostile, name, ARRIVAL)
    assert process_time() - begun < 2
