"""Bytes to a document, whatever the format.

format_of    told from the bytes, where nobody says
| a reader     of that format
| fallback     for XML that is not well-formed
| put right    where its agency does otherwise
| judged       what is addressed to newsrooms is no story, whatever its format
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from . import ap, dpa, mail, newsml1, newsmlg2, ninjs, nitf, teletype
from .bound import shown
from .document import Arrival, Document
from .errors import Unreadable
from .feeds import atom, fallback, jsonfeed, rss
from .feeds.cut import holds_entries
from .glances import glance
from .newsroom.advisories import judged
from .newsroom.habits import put_right
from .providers.quirks import NONE, QUIRKS
from .syntax.xml import Malformed
from .told import format_of

__all__ = ["FORMATS", "format_of", "glance", "parse"]


def _mail(raw: bytes, arrival: Arrival) -> Document:
    """Read a mail, and what is attached to it by its own reader."""
    return mail.read(raw, arrival, parse)


READERS: Final[dict[str, Callable[[bytes, Arrival], Document]]] = {
    "rss": rss.read,
    "atom": atom.read,
    "jsonfeed": jsonfeed.read,
    "ninjs": ninjs.read,
    "ap": ap.read,
    "iptc7901": teletype.iptc7901.read,
    "anpa": teletype.anpa.read,
    "mail": _mail,
    "nitf": nitf.read,
    "newsml-g2": newsmlg2.read,
    "dpa": dpa.read,
    "newsml1": newsml1.read,
}
FORMATS: Final = tuple(READERS)
#: An agency may go from one to another under the same address.
FEEDS: Final = frozenset({"rss", "atom", "jsonfeed"})
XML: Final = frozenset({"rss", "atom"})


def parse(raw: bytes, format: str, arrival: Arrival) -> Document:  # noqa: A002 (the word of the trade)
    """Read a document.

    Args:
        raw: The bytes as they came.
        format: One of FORMATS; empty when it is to be told from the bytes.
        arrival: How they came.

    Raises:
        Unreadable: Nothing of it can be read; the message says why.
    """
    if not format or format in FEEDS:
        told = format_of(raw)
        format = told if not format or told in FEEDS else format  # noqa: A001 (the same word)
    reader = READERS.get(format)
    if reader is None:
        raise Unreadable(f"there is no format {format}; there are {', '.join(FORMATS)}")
    try:
        found = reader(raw, arrival)
    except Malformed:
        if format not in XML:
            raise
        found = fallback.read(raw, arrival)
    if not found.items and not found.rejected and format in XML:
        _is_empty(raw, arrival)
    quirk = QUIRKS.get(arrival.provider.lower(), NONE)
    items = tuple([judged(put_right(one, quirk), quirk) for one in found.items])
    return shown(found if items == found.items else replace(found, items=items))


def _is_empty(raw: bytes, arrival: Arrival) -> None:
    """Raise Unreadable where a feed of which nothing came has entries all the same."""
    if holds_entries(raw, arrival.charset):
        raise Unreadable("none of its entries stands where entries stand")
