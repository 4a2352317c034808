"""A document of NewsML-G2: one item, or a news message with many, each by itself."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from lxml import etree

from wireroom.formats.bodies.inside import Bases
from wireroom.formats.document import Arrival, Document, Hints, Rejected
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Item, Picture
from wireroom.formats.syntax.namespaces import local, names_beside
from wireroom.formats.syntax.xml import Parsed, parsed
from wireroom.formats.values.moments import read_time

from .codes import schemes
from .items import item_of
from .pictures import is_picture
from .sheet import NAMESPACE, Sheet

ITEMS: Final = frozenset(
    (
        *("newsItem", "packageItem", "planningItem"),
        *("conceptItem", "knowledgeItem", "catalogItem"),
    )
)
MESSAGE: Final = "newsMessage"
#: A list of schemes, for which a channel may point here by mistake.
CATALOG: Final = f"{{{NAMESPACE}}}catalog"


class Message:
    """The items of one document, with what is said of all of them."""

    def __init__(self, found: Parsed, arrival: Arrival) -> None:
        element = found.root
        name = local(str(element.tag))
        if name != MESSAGE and name not in ITEMS:
            raise Unreadable(f"not NewsML-G2: its root is {name[:100]}")
        self.arrival = arrival
        self.doubts = found.notes
        self.bases = Bases(element, arrival.address, found.text)
        self.aliases: dict[str, str] = {}
        self.sent: datetime | None = None
        self.elements = [element]
        if name == MESSAGE:
            called = names_beside(str(element.tag))
            parts = called.below([element])
            header = called.below(parts.get("header", ()))
            self.aliases = schemes(element, header.get("catalog", ()))
            self.sent = self._sent(header.get("sent", ()))
            sets = parts.get("itemSet", ())
            self.elements = [one for each in sets for one in each if isinstance(one.tag, str)]

    def sheets(self) -> list[Sheet]:
        """Give the items, unread."""
        return [Sheet(one, self.bases, self.aliases, list(self.doubts)) for one in self.elements]

    def item(self, sheet: Sheet, beside: dict[str, Picture]) -> Item:
        """Read one of them; raises Unreadable."""
        if local(str(sheet.root.tag)) not in ITEMS:
            raise Unreadable(f"no item of NewsML-G2: {local(str(sheet.root.tag))[:100]}")
        return item_of(sheet, self.arrival, beside, self.sent)

    def _sent(self, said: Sequence[etree._Element]) -> datetime | None:
        when = next((one.text or "" for one in said), "")
        return read_time(when, self.arrival.zone, "sent", self.doubts)


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read NewsML-G2.

    An item of a message that cannot be read is rejected by itself; the only item of a
    document makes the document unreadable.

    Raises:
        Unreadable: It is no XML, no NewsML-G2, holds no item, or its one item cannot be read.
    """
    parts = parsed(raw, address=arrival.address, charset=arrival.charset)
    if parts.root.tag == CATALOG:
        return Document(format="newsml-g2", hints=Hints(notes=("a catalog holds no news",)))
    message = Message(parts, arrival)
    found, failed = _read(message)
    if not found and len(failed) == 1:
        raise Unreadable(next(iter(failed.values())))
    if not found and not failed:
        raise Unreadable("a news message without items")
    rejected = tuple(
        Rejected(
            position=place,
            name=message.elements[place].get("guid") or "",
            reason=reason,
            raw=_bytes(message.elements[place]),
        )
        for place, reason in failed.items()
    )
    items = tuple(found[place] for place in sorted(found))
    return Document(format="newsml-g2", items=items, rejected=rejected)


def traced(raw: bytes, arrival: Arrival) -> Iterator[tuple[Item, bytes]]:
    """Yield each item that can be read, with its bytes; the only one has the document's."""
    with suppress(Unreadable):
        parts = parsed(raw, address=arrival.address, charset=arrival.charset)
        message = Message(parts, arrival)
        for place, item in sorted(_read(message)[0].items()):
            one = message.elements[place]
            yield item, raw if one is parts.root else _bytes(one)


def _read(message: Message) -> tuple[dict[int, Item], dict[int, str]]:
    """Read all items, pictures first, since others point to them; by place in the message."""
    sheets = list(enumerate(message.sheets()))
    pictures: set[int] = set()
    if len(sheets) > 1:
        pictures = {place for place, sheet in sheets if is_picture(sheet)}
        sheets.sort(key=lambda one: (one[0] not in pictures, one[0]))
    found: dict[int, Item] = {}
    failed: dict[int, str] = {}
    beside: dict[str, Picture] = {}
    for place, sheet in sheets:
        try:
            item = message.item(sheet, beside if place not in pictures else {})
        except Unreadable as error:
            failed[place] = str(error)
            continue
        found[place] = item
        if place in pictures and item.pictures:
            beside[(sheet.root.get("guid") or "").strip()] = item.pictures[0]
    return found, dict(sorted(failed.items()))


def _bytes(element: etree._Element) -> bytes:
    return etree.tostring(element, encoding="utf-8", with_tail=False)
