"""ANPA 1312: service and number, the line of keyword and version, STX, heads, text, ETX, time."""

import re
from collections.abc import Iterator
from typing import Final

from wireroom.formats.document import Arrival, Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Item, Kind, Signal

from . import items
from .heads import CORRECTIVE, LATER, UPDATES, sorted_heads
from .items import REPEAT, Parts, keyword
from .lines import blocks, under_border
from .messages import Message

NAME: Final = "anpa"
_FIRST: Final = re.compile(r"\s*(?P<service>[A-Za-z])\s*(?P<number>\d{1,4})\b")
_SECOND: Final = re.compile(r"\s*(?P<priority>[A-Za-z])\s+(?P<category>[A-Za-z])\b(?P<rest>.*)")
#: What ends the line of keyword and version: reference, date, words.
_REFERENCE: Final = re.compile(r"\s+(?:[A-Za-z]\d{4})?\s*(?:\d{1,2}-\d{1,2})?\s*(?:\d{1,5})?\s*$")
_MORE: Final = re.compile(r"^\(?more\)?$", re.IGNORECASE)
#: The agency's sign in the last line: ``AP``, ``(END)``.
_SIGN: Final = re.compile(r"^\(?[A-Z]{2,6}\)?$")
#: Categories of the AP's that are for editors alone.
ADVISORY: Final = frozenset({"v", "t"})


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read a document of ANPA 1312.

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
    first, second = _header(message.header)
    name, _, version = _REFERENCE.sub("", second["rest"]).strip().partition(" ")
    heads, lines = _lines(message.text)
    slug, heads = _slug(heads, name)
    later = LATER.search(version) or LATER.search(slug.partition(",")[2])
    found = sorted_heads(heads)
    lines, more = _without_sign(lines)
    if more:
        found.notes.append("more of the text is to follow")
    story, contacts = under_border(lines, arrival.provider)
    return Parts(
        format=NAME,
        service=first["service"].lower(),
        number=first["number"],
        priority=second["priority"],
        slugline=slug,
        keyword=keyword(name),
        keywords=(second["category"].lower(),),
        heads=found,
        blocks=blocks(story, tabular=message.tabular),
        contacts=contacts,
        kind=_kind(second["category"]),
        signal=_signal(second["priority"], f"{version} {slug.partition(',')[2]}"),
        take=_take(later),
    )


def _header(header: list[str]) -> tuple[re.Match[str], re.Match[str]]:
    """Read both lines of a header; a selector of services may stand on the first."""
    lines = [said for line in header if (said := " ".join(line.split()))]
    first = _FIRST.match(lines[0]) if lines else None
    second = next((found for line in lines[1:] if (found := _SECOND.match(line))), None)
    if not first or not second:
        raise Unreadable(f"its header is none of ANPA 1312: {' '.join(lines)[:60]!r}")
    return first, second


def _lines(text: list[str]) -> tuple[list[str], list[str]]:
    """Part the heads, which begin with ``^``, from the text; ``<`` ends a paragraph."""
    heads: list[str] = []
    lines: list[str] = []
    for some in _paragraphs(text):
        if not some[0].startswith("^"):
            lines += ["", *some]
        elif lines:  # a head inside the text
            lines += ["", some[0].lstrip("^"), *some[1:], ""]
        else:
            heads.append(" ".join(some).lstrip("^"))
    return heads, lines


def _paragraphs(text: list[str]) -> Iterator[list[str]]:
    """Yield lines up to one that ends in ``<``, or to a blank one."""
    some: list[str] = []
    for line in text:
        words = line.rstrip(" \t")
        ended = not words or words[-1] == "<"
        if words := words.removesuffix("<"):
            some.append(words)
        if ended and some:
            yield some
            some = []
    if some:
        yield some


def _slug(heads: list[str], name: str) -> tuple[str, list[str]]:
    """Find the line of keywords among the heads; the header's keyword stands for it."""
    own = keyword(name)
    for place, line in enumerate(heads):
        if own and keyword(line.partition(",")[0]) == own:
            return " ".join(line.split()), heads[:place] + heads[place + 1 :]
    return name, heads


def _without_sign(lines: list[str]) -> tuple[list[str], bool]:
    """Take the last line away where it is the agency's sign, or says that more will follow."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    last = kept[-1].strip() if kept else ""
    more = _MORE.match(last) is not None
    if more or _SIGN.match(last):
        kept.pop()
    return kept, more


def _kind(category: str) -> Kind | None:
    return "advisory" if category.lower() in ADVISORY else None


def _signal(priority: str, version: str) -> Signal:
    """Say what the words of a version say of it."""
    if CORRECTIVE.search(version):
        return "correction"
    if UPDATES.search(version):
        return "update"
    return "repeat" if priority.lower() == REPEAT else ""


def _take(later: re.Match[str] | None) -> int:
    """Number a later part of a text; the first addition is the second take."""
    if later is None:
        return 0
    number = int(later["take"]) if later["take"] else int(later["add"] or 1) + 1
    return number if number > 1 else 0
