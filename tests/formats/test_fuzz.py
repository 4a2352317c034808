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
from fuzz import mailboxes, one
from fuzz.nonsense import nonsense
from fuzz.properties import Broken, hold, hold_item
from fuzz.seeds import seeds, words
from fuzz.targets import ARRIVAL, TARGETS, read

from wireroom.formats import opml
from wireroom.formats.document import Document, Hints, Rejected
from wireroom.formats.item import Item, Picture
from wireroom.formats.read import FORMATS, parse
from wireroom.outbound.remote import File

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


def test_code_that_leads_the_way_is_not_there_before_it_is_watched():
    """Atheris is led by modules that it sees imported, when targets are."""
    names = "[name for name in sys.modules if name.startswith('wireroom.')]"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, fuzz.one; print(*{names})"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": "tests"},
        capture_output=True,
        text=True,
        check=True,
    )
    values = {"wireroom.formats", "wireroom.formats.document", "wireroom.formats.item"}
    assert set(done.stdout.split()) == values


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
        replace(ITEM, patch="content", carries=("headline", "weather")),
        replace(ITEM, carries=("headline",)),
    ],
    ids=[
        *("no guid", "no zone", "not UTC", "unseen in a note", "unseen in a picture", "not clean"),
        *("a part of what is no field", "a part that is whole"),
    ],
)
def test_what_may_not_come_out_is_found(item):
    hold_item(replace(ITEM, sent=datetime(2024, 5, 2, tzinfo=UTC), body="<p>The ferry</p>"))
    with pytest.raises(Broken):
        hold_item(item)


@pytest.mark.parametrize(
    "said",
    [
        {"rejected": (Rejected(position=0, name="ferry\u202e", reason="no id", raw=b""),)},
        {"rejected": (Rejected(position=0, name="ferry", reason="no \x19", raw=b""),)},
        {"rejected": (Rejected(position=0, name="ferry", reason="", raw=b""),)},
        {"hints": Hints(title="\ufeffHarbour")},
        {"hints": Hints(hubs=("https://hub.example/\x80",))},
    ],
    ids=["unseen in a name", "unseen in a reason", "no reason", "unseen in a title", "in a hub"],
)
def test_what_may_not_be_said_of_a_document_is_found(said):
    hold(Document(format="rss", hints=Hints(title="Harbour", hubs=("https://hub.example/",))))
    with pytest.raises(Broken):
        hold(Document(format="rss", **said))


def test_a_list_that_is_not_read_as_it_is_written_is_found(monkeypatch):
    TARGETS["opml"](*seeds("opml")[:1])
    monkeypatch.setattr(opml, "written", lambda *_, **__: b"<opml><body/></opml>")
    with pytest.raises(Broken):
        TARGETS["opml"](*seeds("opml")[:1])


def test_a_mailbox_is_talked_with_until_its_messages_are_put_away(monkeypatch):
    """Else nonsense would be heard of its greeting alone."""
    held = []
    monkeypatch.setattr(mailboxes, "hold", held.append)
    TARGETS["mailbox"](seeds("mailbox")[0])
    assert [file.name for file in held] == [b"42.7 (2024-05-02 10:00:00 UTC)"]


@pytest.mark.parametrize("name", [b"7 (2024-05-02 10:00:00 UTC)", b"42.7", b"42.7 (now UTC)"])
def test_a_message_that_is_named_otherwise_is_found(name):
    mailboxes.hold(File(b"42.7 (2024-05-02 10:00:00 UTC)", 4, ""))
    with pytest.raises(Broken):
        mailboxes.hold(File(name, 4, ""))


def test_every_sample_that_is_made_a_part_is_one():
    documents = [parse(raw, "ninjs", ARRIVAL) for raw in seeds("partial")[:20]]
    assert {item.patch for one in documents for item in one.items} == {"content"}


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
