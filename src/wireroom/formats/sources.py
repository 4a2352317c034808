"""The bytes of each item of a document, found again when something is wrong with one.

Readers keep no bytes of what they could read; the document is read once more.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from . import mail
from .ap.documents import traced as traced_ap
from .document import Arrival, Document, Rejected
from .dpa import traced as traced_dpa
from .errors import Unreadable
from .feeds import atom, fallback, jsonfeed, rss
from .feeds.entries import KEPT, traced
from .feeds.feed import Feed
from .item import Item
from .newsml1.documents import traced as traced_newsml1
from .newsmlg2 import traced as traced_newsmlg2
from .ninjs.documents import traced as traced_ninjs
from .nitf.documents import traced as traced_nitf
from .read import parse
from .syntax.jsons import decoded
from .syntax.pieces import pieces
from .syntax.xml import Malformed, root
from .teletype import anpa, iptc7901

Traced = tuple[Item, bytes]


def _mail(raw: bytes, arrival: Arrival) -> Iterator[Traced]:
    """Find the items of a mail, and of what is attached to it."""
    return mail.traced(raw, arrival, _traced)


#: Formats whose readers find the bytes of their items themselves.
TRACED: Final[dict[str, Callable[[bytes, Arrival], Iterator[Traced]]]] = {
    "ninjs": traced_ninjs,
    "newsml-g2": traced_newsmlg2,
    "dpa": traced_dpa,
    "ap": traced_ap,
    "iptc7901": iptc7901.traced,
    "anpa": anpa.traced,
    "mail": _mail,
    "nitf": traced_nitf,
    "newsml1": traced_newsml1,
}


def read(raw: bytes, format: str, arrival: Arrival) -> Document:  # noqa: A002 (the word of the trade)
    """Read a document and give back, as rejected, each of its items with its bytes.

    An item whose bytes cannot be told from the others' is given the document's.

    Raises:
        Unreadable: Nothing of it can be read.
    """
    document = parse(raw, format, arrival)
    found: dict[str, list[Traced]] = {}
    for item, source in _traced(raw, document.format, arrival):
        found.setdefault(item.guid, []).append((item, source))
    rejected = tuple(
        Rejected(position=place, name=item.guid, reason="", raw=_of(item, found, raw)[:KEPT])
        for place, item in enumerate(document.items)
    )
    return replace(document, items=(), rejected=rejected)


def _of(item: Item, found: dict[str, list[Traced]], raw: bytes) -> bytes:
    """Choose an item's bytes: of several with its id the one that says the same."""
    several = found.get(item.guid, [])
    same = [source for made, source in several if _said(made) == _said(item)]
    return next(iter([*same, *(source for _, source in several), raw]))


def _said(item: Item) -> tuple[int, str, str]:
    return item.version, item.headline, item.text


def _traced(raw: bytes, told: str, arrival: Arrival) -> Iterator[Traced]:
    if told in TRACED:
        return TRACED[told](raw, arrival)
    return traced(_feed(raw, told, arrival), arrival)


def _feed(raw: bytes, told: str, arrival: Arrival) -> Feed:
    if told == "jsonfeed":
        return _jsonfeed(raw, arrival)
    try:
        element = root(raw, address=arrival.address, charset=arrival.charset)[0]
    except Malformed:
        return fallback.feed(raw, arrival.charset)
    if told == "atom":
        return atom.feed(element, arrival.address)
    return rss.feed(element, arrival.address)


def _jsonfeed(raw: bytes, arrival: Arrival) -> Feed:
    found = jsonfeed.feed(jsonfeed.load(raw, arrival.charset), arrival.address)
    try:
        texts = pieces(decoded(raw, arrival.charset), ("items",))
    except Unreadable:
        return found
    for entry, text in zip(found.entries, texts, strict=False):
        entry.origin_of = text.encode("utf-8", "replace")
    return found
