"""A document of NITF, which holds one item."""

from collections.abc import Iterator
from contextlib import suppress

from wireroom.formats.document import Arrival, Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Item
from wireroom.formats.syntax.namespaces import local
from wireroom.formats.syntax.xml import root

from .items import item_of


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read NITF.

    Raises:
        Unreadable: It is no XML, no NITF, or nothing names it.
    """
    element, notes = root(raw, address=arrival.address, charset=arrival.charset)
    if local(str(element.tag)) != "nitf":
        raise Unreadable(f"not NITF: its root is {local(str(element.tag))[:100]}")
    return Document(format="nitf", items=(item_of(element, arrival, notes),))


def traced(raw: bytes, arrival: Arrival) -> Iterator[tuple[Item, bytes]]:
    """Yield the item with its bytes, which are the document's."""
    with suppress(Unreadable):
        for item in read(raw, arrival).items:
            yield item, raw
