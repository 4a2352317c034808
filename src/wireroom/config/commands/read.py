"""``wireroom read``: say what is understood of a document; nothing changes."""

import argparse
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from wireroom.formats.item import Item

from .channel import FORMATS
from .outcome import Outcome, Problem, leaf
from .receive import content_of


def add(commands: Any) -> None:
    """Put it on the tree."""
    made = leaf(commands, "read", "say what is understood of a document", run, django=False)
    made.add_argument("file", metavar="FILE", help="a document; - for stdin")
    made.add_argument("--format", choices=FORMATS, default="", help="told from the bytes if absent")
    made.add_argument("--enrich", action="store_true", help="say what would be added too")


def run(arguments: argparse.Namespace) -> Outcome:
    """Read a document and print its items."""
    from wireroom.formats.document import Arrival  # noqa: PLC0415 (readers are large)
    from wireroom.formats.errors import Unreadable  # noqa: PLC0415
    from wireroom.formats.read import parse  # noqa: PLC0415

    arrival = Arrival(received=datetime.now(UTC), address="")
    try:
        document = parse(content_of(arguments.file), arguments.format, arrival)
    except Unreadable as error:
        raise Problem(f"{arguments.file} cannot be read: {error}") from error
    items = document.items
    if arguments.enrich:
        from wireroom.enrich.item import Defaults, enrich  # noqa: PLC0415 (its gazetteer is large)

        items = tuple(enrich(item, defaults=Defaults()) for item in items)
    lines = [f"{item.guid} v{item.version} {item.pubstatus}: {item.headline}" for item in items]
    lines += [f"refused: {bad.name}: {bad.reason}" for bad in document.rejected]
    return Outcome("\n".join(lines) or "No items.", [plain(item) for item in items])


def plain(item: Item) -> dict[str, Any]:
    """Write an item as JSON."""
    return {name: _plain(value) for name, value in asdict(item).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (tuple, list)) else value
