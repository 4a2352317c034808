"""One item, a list of them, or one on each line: read by the bytes, each by itself."""

import json
from collections.abc import Iterator
from typing import Any, Final

from wireroom.formats.document import Arrival, Document, Rejected
from wireroom.formats.errors import Unreadable
from wireroom.formats.jsons import decoded, load

from .items import item_of

#: Names under which an interface wraps a list of items.
_WRAPPED: Final = ("items", "_items")


class Broken(str):
    """A line that is no JSON."""

    __slots__ = ()


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
    for position, one in enumerate(_parts(raw)):
        try:
            items.append(item_of(one, arrival))
        except Unreadable as error:
            rejected.append(_rejected(position, one, str(error)))
    if not items and len(rejected) == 1:
        raise Unreadable(rejected[0].reason)
    return Document(format="ninjs", items=tuple(items), rejected=tuple(rejected))


def _parts(raw: bytes) -> Iterator[Any]:
    """Yield the items of a document."""
    try:
        value = load(raw)
    except Unreadable:
        lines = [line for line in decoded(raw).splitlines() if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines):  # noqa: PLR2004 (two make a list)
            raise
        yield from (_line(line) for line in lines)
        return
    if isinstance(value, dict) and "uri" not in value:
        wrapped = next(
            (value[name] for name in _WRAPPED if isinstance(value.get(name), list)), None
        )
        value = value if wrapped is None else wrapped
    yield from value if isinstance(value, list) else [value]


def _line(line: str) -> Any:
    """Read one line; one that is no JSON is kept as it stands, to be rejected."""
    try:
        return load(line.encode("utf-8", "replace"))
    except Unreadable:
        return Broken(line)


def _rejected(position: int, one: Any, reason: str) -> Rejected:
    """Set an item aside with its bytes."""
    raw = one if isinstance(one, Broken) else json.dumps(one, ensure_ascii=False)
    named = one if isinstance(one, dict) else {}
    name = next((str(named[key]) for key in ("guid", "headline", "title") if named.get(key)), "")
    return Rejected(position=position, name=name, reason=reason, raw=raw.encode("utf-8", "replace"))
