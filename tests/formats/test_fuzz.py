"""Whatever the bytes, readers give what may come out, soon and within little memory.

The short form of ``make fuzz``: our samples changed by dice, two seconds a target.
"""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path

import pytest
from fuzz import one
from fuzz.nonsense import nonsense
from fuzz.properties import Broken, hold_item
from fuzz.seeds import seeds, words
from fuzz.targets import TARGETS, read

from wireroom.formats.item import Item, Picture
from wireroom.formats.read import FORMATS

ROOT = Path(__file__).resolve().parents[2]
ITEM = Item(guid="ferry-17", version=1)


@pytest.mark.parametrize("name", TARGETS)
def test_nonsense_harms_nobody(name, tmp_path):
    command = [sys.executable, "-m", "fuzz", "--plain", "--only", name, "--seconds", "2"]
    done = subprocess.run(
        [*command, "--folder", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": "tests"},
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", FORMATS)
def test_nonsense_begins_from_what_is_read(name):
    """Else it would never come past the first line of a reader."""
    assert len(seeds(name)) > 1
    for raw in seeds(name)[:5]:
        read(raw, name)
    assert len(words(seeds(name))) > 50


def test_the_same_seed_makes_the_same_nonsense():
    samples = seeds("dates")
    first, again, other = (
        list(islice(nonsense(seed, samples, words(samples)), 50)) for seed in (7, 7, 8)
    )
    assert first == again
    assert first != other
    assert len(set(first)) > 40


@pytest.mark.parametrize(
    "item",
    [
        replace(ITEM, guid=""),
        replace(ITEM, sent=datetime(2024, 5, 2)),  # noqa: DTZ001 (that it has no zone is the fault)
        replace(ITEM, embargo=datetime(2024, 5, 2, tzinfo=timezone(timedelta(hours=2)))),
        replace(ITEM, notes=("a sign that shows nothing: \x19",)),
        replace(ITEM, pictures=(Picture(href="", caption="\u202e"),)),
        replace(ITEM, body="<p>The ferry<script>x</script>"),
    ],
    ids=["no guid", "no zone", "not UTC", "unseen in a note", "unseen in a picture", "not clean"],
)
def test_what_may_not_come_out_is_found(item):
    hold_item(replace(ITEM, sent=datetime(2024, 5, 2, tzinfo=UTC), body="<p>The ferry</p>"))
    with pytest.raises(Broken):
        hold_item(item)


def test_what_a_target_fell_over_is_kept(tmp_path):
    def falls(raw):
        if raw not in samples:
            raise KeyError(raw)

    samples = seeds("dates")
    with pytest.raises(KeyError) as fallen:
        one.feed(falls, "dates", 5, 7, tmp_path)
    assert (tmp_path / one.LAST).read_bytes() == fallen.value.args[0]


def test_a_target_that_never_ends_is_slow(tmp_path, monkeypatch):
    def loops(raw):
        while raw not in samples:
            pass

    samples = seeds("dates")
    monkeypatch.setattr(one, "LONGEST_READ", 0.1)
    with pytest.raises(one.Slow):
        one.feed(loops, "dates", 5, 7, tmp_path)


def test_a_target_that_takes_memory_is_large(tmp_path, monkeypatch):
    def takes(raw):
        if raw not in samples:
            held.append(b"x" * 2**26)

    samples, held = seeds("dates"), []
    monkeypatch.setattr(one, "MEMORY", 32)
    monkeypatch.setattr(one, "peak", lambda: sum(map(len, held)) // 2**20)
    with pytest.raises(one.Large):
        one.feed(takes, "dates", 5, 7, tmp_path)
