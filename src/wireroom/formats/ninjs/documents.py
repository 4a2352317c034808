"""One item, a list of them, or one on each line: read by the bytes, each by itself."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final, NamedTuple

from wireroom.formats.document import Arrival, Document, Rejected
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Item
from wireroom.formats.syntax.jsons import decoded, loaded
from wireroom.formats.syntax.pieces import pieces

from .items import item_of

#: Names under which an interface wraps a list of items.
WRAPPED: Final = ("items", "_items")


class Broken(NamedTuple):
    """The text of an item that is no JSON, or none that all would read alike."""

    text: str
    reason: str


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read ninjs.

    A list, and lines with one item each, are as many items; one that cannot be read is
    rejected by itself. The only item of a document that cannot be read makes the document
    unreadable.

    Raises:
        Unreadable: It is no JSON, holds no item, or its one item cannot be read.
    """
    items = []
    rejected = []
    notes: list[str] = []
    for position, one in enumerate(parts(raw, arrival.charset, notes)):
        try:
            if isinstance(one, Broken):
                raise Unreadable(one.reason)  # noqa: TRY301 (rejected like any other)
            items.append(item_of(one, arrival))
        except Unreadable as error:
            rejected.append(_rejected(position, one, str(error)))
    if not items and len(rejected) == 1:
        raise Unreadable(rejected[0].reason)
    if notes:
        items = [replace(one, notes=(*one.notes, *dict.fromkeys(notes))) for one in items]
    return Document(format="ninjs", items=tuple(items), rejected=tuple(rejected))


def traced(raw: bytes, arrival: Arrival) -> Iterator[tuple[Item, bytes]]:
    """Yield each item that can be read, with its bytes; the only one has the document's."""
    text = decoded(raw, arrival.charset)
    try:
        texts = _pieces(text, Unreadable())
    except Unreadable:
        texts = [text]
    for one in texts:
        with suppress(Unreadable):
            yield item_of(_piece(one, None), arrival), one.strip().encode("utf-8", "replace")


def parts(raw: bytes, charset: str = "", notes: list[str] | None = None) -> Iterator[Any]:
    """Yield the items of a document."""
    text = decoded(raw, charset, notes)
    try:
        value = loaded(text, notes)
    except Unreadable as error:
        yield from (_piece(one, notes) for one in _pieces(text, error))
        return
    if isinstance(value, dict) and "uri" not in value:
        wrapped = next((value[name] for name in WRAPPED if isinstance(value.get(name), list)), None)
        value = value if wrapped is None else wrapped
    yield from value if isinstance(value, list) else [value]


def _pieces(text: str, error: Unreadable) -> list[str]:
    """Give the texts of items of which one or more cannot be read; lines end at LF alone.

    Raises ``error`` where they cannot be told apart.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) >= 2 and all(line.lstrip().startswith("{") for line in lines):  # noqa: PLR2004 (two make a list)
        return lines
    try:
        return pieces(text, WRAPPED)
    except Unreadable:
        raise error from None


def _piece(text: str, notes: list[str] | None) -> Any:
    """Read one item; one that is no JSON is kept as it stands, to be rejected."""
    try:
        return loaded(text, notes)
    except Unreadable as error:
        return Broken(text, str(error))


def _rejected(position: int, one: Any, reason: str) -> Rejected:
    """Set an item aside with its bytes."""
    raw = one.text if isinstance(one, Broken) else json.dumps(one, ensure_ascii=False)
    named = one if isinstance(one, dict) else {}
    name = next((str(named[key]) for key in ("guid", "headline", "title") if named.get(key)), "")
    return Rejected(position=position, name=name, reason=reason, raw=raw.encode("utf-8", "replace"))
