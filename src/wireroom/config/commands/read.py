"""``wireroom read``: say what is understood of a document; nothing changes."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from wireroom.formats.document import Arrival, Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Item
from wireroom.formats.sandbox import Sandbox

from .channel import FORMATS
from .outcome import Outcome, Problem, leaf
from .receive import content_of

#: What is printed of an item, in this order; a test holds it.
FIELDS: Final = (
    "guid",
    "version",
    "pubstatus",
    "signal",
    "headline",
    "standfirst",
    "body",
    "text",
    "language",
    "urgency",
    "dateline",
    "byline",
    "creditline",
    "ednote",
    "embargo",
    "expires",
    "first_created",
    "version_created",
    "subjects",
    "countries",
    "pictures",
    "links",
    "notes",
    "sent",
    "kind",
    "acts_on",
    "patch",
    "aliases",
    "rights",
    "slugline",
    "keywords",
    "places",
    "located",
    "made",
)
#: What JSON calls fields of a place and of rights.
SHORT: Final = {
    "latitude": "lat",
    "longitude": "lon",
    "valid_from": "from",
    "valid_until": "until",
}


def add(commands: Any) -> None:
    """Put it on the tree."""
    made = leaf(commands, "read", "say what is understood of a document", run, django=False)
    made.add_argument("file", metavar="FILE", help="a document; - for stdin")
    made.add_argument("--format", choices=FORMATS, default="", help="told from the bytes if absent")
    made.add_argument("--enrich", action="store_true", help="say what would be added too")


def run(arguments: argparse.Namespace) -> Outcome:
    """Read a document and print its items."""
    document = read(content_of(arguments.file), arguments.format, arguments.file)
    items = document.items
    if arguments.enrich:
        from wireroom.enrich.item import Defaults, enrich  # noqa: PLC0415 (its gazetteer is large)

        items = tuple(enrich(item, defaults=Defaults()) for item in items)
    lines = [line for item in items for line in _told(item)]
    lines += [f"refused: {bad.name or bad.position}: {bad.reason}" for bad in document.rejected]
    return Outcome("\n".join(lines) or "No items.", [plain(item) for item in items])


def _told(item: Item) -> Iterator[str]:
    """Say an item in a line, and below it what enrichment added and why."""
    yield f"{item.guid} v{item.version} {item.pubstatus}: {item.headline}"
    yield from (f"    {made.field}: {made.because}" for made in item.made)


def read(raw: bytes, named: str, file: str) -> Document:
    """Read bytes as the intake would, in a process that they cannot harm."""
    arrival = Arrival(received=datetime.now(UTC), address="")
    try:
        with Sandbox() as sandbox:
            document = sandbox.parse(raw, named, arrival)
    except Unreadable as error:
        raise Problem(f"{file} cannot be read: {error}") from error
    if document.rejected and not document.items:
        reasons = "; ".join(dict.fromkeys(bad.reason for bad in document.rejected))
        raise Problem(f"{file} has no item that can be read: {reasons}")
    return document


def plain(item: Item) -> dict[str, Any]:
    """Write an item as JSON."""
    acts = [{"guid": act.guid, "status": act.pubstatus} for act in item.acts_on]
    return {name: _plain(getattr(item, name)) for name in FIELDS} | {"acts_on": acts}


def _plain(value: Any) -> Any:
    """Write a value of an item as JSON."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    names = getattr(type(value), "__dataclass_fields__", None)
    if names is None:
        return value
    return {SHORT.get(name, name): _plain(getattr(value, name)) for name in names}
