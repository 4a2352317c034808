"""IPTC 7901: a header, the line of keywords, STX, a block of heads, the text, ETX, the time."""

import re
from collections.abc import Iterator
from typing import Final

from wireroom.formats.document import Arrival, Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Item

from . import items
from .heads import sorted_heads
from .items import Parts, keyword
from .lines import blocks, under_border
from .messages import Message

NAME: Final = "iptc7901"
_HEADER: Final = re.compile(
    r"\s*(?P<service>[A-Za-z]{1,10})\s*(?P<number>\d{0,4})\s+(?P<priority>\w)\s+"
    r"(?P<category>[A-Za-z]{1,3})\s+(?P<words>\d{1,6})?(?P<rest>[^\n]*)"
)
#: Lines of a block of heads, at most; a text without the sign of its end has none.
HEADS: Final = 20


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read a document of IPTC 7901.

    Raises:
        Unreadable: It holds no message, or its only one cannot be read.
    """
    return items.document(raw, arrival, NAME, parts)


def traced(raw: bytes, arrival: Arrival) -> Iterator[tuple[Item, bytes]]:
    """Yield each item that can be read, with its bytes."""
    return items.traced(raw, arrival, parts)


def parts(message: Message, arrival: Arrival) -> Parts:
    """Part a message.

    Raises Unreadable when its header is none.
    """
    header, slug, *_ = [*filter(None, map(str.strip, message.header)), "", ""]
    header = " ".join(header.split())
    found = _HEADER.match(header)
    if not found:
        raise Unreadable(f"its header is none of IPTC 7901: {header[:60]!r}")
    terms = [" ".join(one.split()) for one in slug.split("/")]
    heads, lines = _heads(message.text)
    story, contacts = under_border(lines, arrival.provider)
    return Parts(
        format=NAME,
        service=found["service"].lower(),
        number=found["number"],
        priority=found["priority"],
        slugline=slug.strip("/ "),
        keyword=keyword(slug),
        keywords=(*terms, found["category"].lower()),
        heads=sorted_heads(heads),
        blocks=blocks(story, tabular=message.tabular),
        contacts=contacts,
    )


def _heads(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part the block of heads, whose last line ends in ``=``, from the text."""
    for place, line in enumerate(lines[:HEADS]):
        if line.rstrip().endswith("="):
            return lines[: place + 1], lines[place + 1 :]
    # No sign of its end: what stands above the first blank line.
    start = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
    for place in range(start, min(len(lines), HEADS)):
        if not lines[place].strip() and any(line.strip() for line in lines[place:]):
            return lines[:place], lines[place:]
    return [], lines
