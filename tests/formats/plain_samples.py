"""Samples in plain text: what they are, what must be read, a rule of three hyphens, the document.

Signs that no editor shows are written as their pictures (␁ for SOH), an arrow for a tab;
lines end in CR LF. Terms are those of ``test_feed_samples``.
"""

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from wireroom.formats.document import Arrival

FOLDER = Path(__file__).parent / "samples"
RECEIVED = datetime(2024, 5, 2, 12, tzinfo=UTC)
TERM = re.compile(r"^\s*([\w.-]+) (==|has|lacks) (.+?)\s*$")
PICTURES = str.maketrans({chr(0x2400 + c): chr(c) for c in range(0x20)} | {"⇥": "\t"})


def samples(name):
    return sorted((FOLDER / name).glob("*.txt"))


def option(said, name):
    found = re.search(rf"^{name}: (\S+)$", said, re.MULTILINE)
    return found[1] if found else ""


def sample(path):
    """Give a sample's bytes, how it came, and its terms."""
    said, _, document = path.read_text().partition("\n---\n")
    terms = [found.groups() for line in said.splitlines() if (found := TERM.match(line))]
    zone = option(said, "zone")
    arrival = Arrival(
        received=RECEIVED,
        provider=option(said, "provider"),
        charset=option(said, "charset"),
        zone=timezone(timedelta(hours=int(zone))) if zone else UTC,
    )
    text = document.replace("\n", "\r\n").translate(PICTURES)
    return text.encode(option(said, "bytes") or "utf-8"), arrival, terms


def check(document, terms):
    """Hold a document against terms."""
    assert terms, "a sample says what must be read"
    for where, asks, wanted in terms:
        found = walk(document, where)
        if asks == "==":
            assert found == json.loads(wanted), where
        else:
            assert (json.loads(wanted) in str(found)) is (asks == "has"), f"{where}: {found}"


def walk(value, path):
    for step in path.split("."):
        if step == "len":
            value = len(value)
        elif step.isdigit():
            value = value[int(step)]
        else:
            value = getattr(value, step)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return list(value) if isinstance(value, tuple) else value
