"""Teletype text, of IPTC 7901 and of ANPA 1312: what both promise of every sample."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.plain_samples import check, sample, samples
from wireroom.formats.bodies.clean import clean
from wireroom.formats.bodies.text import text_of
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.read import parse
from wireroom.formats.teletype import heads
from wireroom.formats.teletype.lines import blocks, written
from wireroom.formats.told import format_of

SAMPLES = [
    pytest.param(name, path, id=f"{name} {path.stem}")
    for name in ("iptc7901", "anpa")
    for path in samples(name)
]


@pytest.mark.parametrize(("named", "path"), SAMPLES)
def test_a_sample_reads_as_it_says(named, path):
    raw, arrival, terms = sample(path)
    assert format_of(raw) == named
    check(parse(raw, named, arrival), terms)


@pytest.mark.parametrize(("named", "path"), SAMPLES)
def test_each_item_waits_for_a_person_and_kills_nothing(named, path):
    raw, arrival, _ = sample(path)
    for item in parse(raw, "", arrival).items:
        assert item.for_desk.startswith("its format has no safe id")
        assert (item.pubstatus, item.acts_on, item.numbered) == ("usable", (), False)


@pytest.mark.parametrize(("named", "path"), SAMPLES)
def test_a_sample_that_is_cut_anywhere_is_never_half_a_story(named, path):
    raw, arrival, _ = sample(path)
    whole = {item.text for item in parse(raw, named, arrival).items}
    for end in range(0, raw.rfind(b"\x03"), 7):
        try:
            cut = parse(raw[:end], named, arrival)
        except Unreadable:
            continue
        assert all(any(item.text in text for text in whole) for item in cut.items)
        assert cut.rejected or raw[:end].count(b"\x03") == raw[:end].count(b"\x01")


#: What may stand in a text, and what has a meaning there to teletypes or to browsers.
PIECES = st.binary(max_size=30) | st.sampled_from(
    b"\r\n|\n|\r|<|<\r\n|   |\t|^|&|&amp;|words|two  words|\x00|\x1f|\xe2\x80\xa8|\xc2\xa0"
    b"|\xe2\x80\x8e|<script>|</p>|<!--|<b onclick=x>".split(b"|")
)
BEGINNINGS = {
    "iptc7901": b"\x01hwe0417 4 pl 61  hw 0093\r\n\r\nFerries/\r\n\x02Ferries sail\r\nBy Ada =\r\n",
    "anpa": b"\x01a0417\x1fferry\r\nu i bc-Ferry 05-02 0061\r\n\x02^Ferries sail<\r\n",
}


@pytest.mark.parametrize("named", BEGINNINGS)
@given(pieces=st.lists(PIECES, max_size=40))
def test_a_body_is_as_the_cleaner_leaves_it_and_its_text_is_its_words(named, pieces):
    text = b"".join(pieces).translate(None, b"\x01\x03")
    raw = BEGINNINGS[named] + text + b"\r\n\x03020810 May 24"
    arrival = Arrival(received=datetime(2024, 5, 2, 12, tzinfo=UTC))
    (item,) = parse(raw, named, arrival).items
    assert clean(item.body) == item.body
    assert text_of(item.body) == item.text


@pytest.mark.parametrize("words", ["&" * 70_000, "a & b " * 20_000])
def test_a_body_beyond_what_is_surely_clean_is_clean_too(words):
    for lines in ([words], [words[:500], ""] * 150):
        body, text = written(blocks(lines))
        assert clean(body) == body
        assert text_of(body) == text


@pytest.mark.parametrize(
    "pattern", ["CORRECTS", "REPEATS", "_RUSH", "_EDITORS", "_POINTERS", "_GENRE"]
)
@given(data=st.data())
def test_each_line_that_says_what_it_is_passes_the_first_look(pattern, data):
    line = data.draw(st.from_regex(getattr(heads, pattern)))
    assert heads._KNOWN.match(line)


@given(line=st.text(st.sampled_from("advisory TEST 1-*\u00e9\u0130")))
def test_a_line_of_ascii_is_for_editors_as_any_other_is(line):
    assert heads.kind_of(line) == heads.kind_of(f"{line}\N{BULLET}")
