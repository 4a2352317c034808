"""Our own samples of feeds: each says in its first comment what it is and what must be read.

A line of the form ``path == value`` under ``expect:`` is one term; a path walks names and
numbers (``items.0.pictures.0.credit``), a value is written as in JSON. ``len`` counts.
In JSON, which has no comments, the terms stand in a file of the same name ending ``.expect``.
"""

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from wireroom.formats.document import Arrival
from wireroom.formats.feeds import atom, fallback, jsonfeed, rss
from wireroom.formats.syntax.xml import Malformed

FOLDER = Path(__file__).parent / "samples"
READERS = {"rss": rss, "atom": atom, "jsonfeed": jsonfeed}
RECEIVED = datetime(2024, 5, 2, 12, tzinfo=UTC)
TERM = re.compile(r"^\s*([\w.-]+) (==|has|lacks) (.+?)\s*$")


def samples():
    paths = [
        path
        for reader in READERS
        for path in (FOLDER / reader).glob("*")
        if path.suffix != ".expect"
    ]
    return sorted(paths)


def arrival(said):
    provider = re.search(r"provider: (\S+)", said)
    zone = re.search(r"zone: \+(\d\d)", said)
    address = re.search(r"address: (\S+)", said)
    return Arrival(
        received=RECEIVED,
        address=address[1] if address else "https://wire.example/feed",
        provider=provider[1] if provider else "",
        zone=timezone(timedelta(hours=int(zone[1]))) if zone else UTC,
    )


def said_of(path):
    beside = path.with_suffix(".expect")
    if beside.exists():
        return beside.read_text()
    return path.read_bytes().decode("utf-8", "replace").partition("-->")[0]


def read(path, said):
    raw = path.read_bytes()
    reader = READERS[path.parent.name]
    try:
        return reader.read(raw, arrival(said))
    except Malformed:
        return fallback.read(raw, arrival(said))


def walk(value, path):
    for step in path.split("."):
        if step == "len":
            value = len(value)
        elif step.lstrip("-").isdigit():
            value = value[int(step)]
        else:
            value = getattr(value, step)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, (tuple, frozenset, set)):
        return sorted(value) if not isinstance(value, tuple) else list(value)
    return value


@pytest.mark.parametrize("path", samples(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_reads_as_it_says(path):
    said = said_of(path)
    terms = [found.groups() for line in said.splitlines() if (found := TERM.match(line))]
    assert terms, "a sample says what must be read"
    document = read(path, said)
    for where, asks, wanted in terms:
        found = walk(document, where)
        if asks == "==":
            assert found == json.loads(wanted), where
        else:
            assert (json.loads(wanted) in str(found)) is (asks == "has"), f"{where}: {found}"
