"""Teletype text, of IPTC 7901 and of ANPA 1312: what both promise of every sample."""

import pytest

from formats.plain_samples import check, sample, samples
from wireroom.formats.errors import Unreadable
from wireroom.formats.read import parse
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
