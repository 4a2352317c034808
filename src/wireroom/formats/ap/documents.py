"""One item, or a page of a feed: each item by itself, and where the next page is."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin

from wireroom.formats.document import Arrival, Document, Hints, Rejected
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Item
from wireroom.formats.syntax.jsons import decoded, loaded
from wireroom.formats.syntax.pieces import member, pieces

from .items import item_of

LIST: Final = "items"


class Piece(NamedTuple):
    """One item as it stands in a document: its text, and why that is no JSON, if so."""

    value: Any
    text: str
    reason: str = ""


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read an answer of the AP Media API.

    An item of a page that cannot be read is rejected by itself; the only item of a
    document makes the document unreadable.

    Raises:
        Unreadable: It is no JSON, has no ``data``, or its one item cannot be read.
    """
    notes: list[str] = []
    text = decoded(raw, arrival.charset, notes)
    value, found = _parts(text, notes)
    items: list[Item] = []
    rejected: list[Rejected] = []
    for position, piece in enumerate(found):
        try:
            items.append(_item(piece, arrival, notes))
        except Unreadable as error:
            rejected.append(_rejected(position, piece, str(error)))
    if not items and len(rejected) == 1 and LIST not in value:
        raise Unreadable(rejected[0].reason)
    hints = Hints(next_href=_next(value, arrival.address), notes=tuple(dict.fromkeys(notes)))
    return Document(format="ap", items=tuple(items), rejected=tuple(rejected), hints=hints)


def traced(raw: bytes, arrival: Arrival) -> Iterator[tuple[Item, bytes]]:
    """Yield each item that can be read, with its bytes."""
    text = decoded(raw, arrival.charset)
    value, found = _parts(text, [])
    texts: list[str] = []
    if LIST in value:
        with suppress(Unreadable):
            texts = pieces(member(text, "data"), (LIST,))
    for place, piece in enumerate(found):
        own = texts[place] if place < len(texts) else piece.text or text
        with suppress(Unreadable):
            yield _item(piece, arrival, []), own.strip().encode("utf-8", "replace")


def _parts(text: str, notes: list[str]) -> tuple[dict[str, Any], list[Piece]]:
    """Give what stands under ``data``, and its items.

    Raises Unreadable where the document is none of the AP's.
    """
    try:
        whole = loaded(text, notes)
    except Unreadable as error:
        return _mended(text, error)
    value = whole.get("data") if isinstance(whole, dict) else None
    if not isinstance(value, dict):
        raise Unreadable("not of the AP Media API: it has no data")
    if isinstance(value.get(LIST), list):
        return value, [Piece(_inner(one), "") for one in value[LIST]]
    if "item" not in value:
        raise Unreadable("not of the AP Media API: its data has neither item nor items")
    return value, [Piece(value["item"], "")]


def _mended(text: str, error: Unreadable) -> tuple[dict[str, Any], list[Piece]]:
    """Part the items of a page of which one or more are no JSON.

    Raises ``error`` where they cannot be told apart.
    """
    try:
        texts = pieces(member(text, "data"), (LIST,))
    except Unreadable:
        raise error from None
    found = []
    for one in texts:
        try:
            found.append(Piece(_inner(loaded(one)), one))
        except Unreadable as why:
            found.append(Piece(None, one, str(why)))
    return {LIST: []}, found


def _inner(one: Any) -> Any:
    """Give an item of a page without what is said around it."""
    return one["item"] if isinstance(one, dict) and "item" in one else one


def _item(piece: Piece, arrival: Arrival, notes: list[str]) -> Item:
    if piece.reason:
        raise Unreadable(piece.reason)
    return item_of(piece.value, arrival, notes)


def _next(value: dict[str, Any], address: str) -> str:
    """Say where the feed goes on, unless that is here."""
    said = value.get("next_page")
    if not isinstance(said, str) or not said.strip():
        return ""
    try:
        href = urljoin(address, said.strip())
    except ValueError:
        return ""
    return href if href != address and href.startswith(("https://", "http://")) else ""


def _rejected(position: int, piece: Piece, reason: str) -> Rejected:
    """Set an item aside with its bytes."""
    raw = piece.text or json.dumps(piece.value, ensure_ascii=False)
    named = piece.value if isinstance(piece.value, dict) else {}
    name = next((str(named[key]) for key in ("uri", "headline", "title") if named.get(key)), "")
    return Rejected(position=position, name=name, reason=reason, raw=raw.encode("utf-8", "replace"))
