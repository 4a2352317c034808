"""A document of digitalwires: one item, a list of them, or one on each line."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from wireroom.formats.document import Arrival, Document, Rejected
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Item
from wireroom.formats.ninjs.documents import Broken, parts

from .items import item_of


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read digitalwires.

    An item of a list that cannot be read is rejected by itself; the only item of a
    document makes the document unreadable.

    Raises:
        Unreadable: It is no JSON, holds no item, or its one item cannot be read.
    """
    items: list[Item] = []
    rejected: list[Rejected] = []
    notes: list[str] = []
    for position, one in enumerate(parts(raw, arrival.charset, notes)):
        try:
            items.append(_item(one, arrival))
        except Unreadable as error:
            rejected.append(_rejected(position, one, str(error)))
    if not items and len(rejected) == 1:
        raise Unreadable(rejected[0].reason)
    if notes:
        items = [replace(one, notes=(*one.notes, *dict.fromkeys(notes))) for one in items]
    return Document(format="dpa", items=tuple(items), rejected=tuple(rejected))


def traced(raw: bytes, arrival: Arrival) -> Iterator[tuple[Item, bytes]]:
    """Yield each item that can be read, with its bytes; the only one has the document's."""
    found = list(parts(raw, arrival.charset))
    for one in found:
        with suppress(Unreadable):
            yield _item(one, arrival), raw if len(found) == 1 else _bytes(one)


def _item(one: Any, arrival: Arrival) -> Item:
    if isinstance(one, Broken):
        raise Unreadable(one.reason)
    return item_of(one, arrival)


def _rejected(position: int, one: Any, reason: str) -> Rejected:
    """Set an item aside with its bytes."""
    named = one if isinstance(one, dict) else {}
    name = next((str(named[key]) for key in ("entry_id", "headline") if named.get(key)), "")
    return Rejected(position=position, name=name, reason=reason, raw=_bytes(one))


def _bytes(one: Any) -> bytes:
    text = one.text if isinstance(one, Broken) else json.dumps(one, ensure_ascii=False)
    return text.strip().encode("utf-8", "replace")
