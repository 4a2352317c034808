"""A document of NewsML 1: an envelope, and any number of news items, also inside each other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from wireroom.formats.bound import bounded
from wireroom.formats.document import Arrival, Document, Rejected
from wireroom.formats.errors import Unreadable
from wireroom.formats.feeds.entries import KEPT
from wireroom.formats.item import Item, Link, Picture
from wireroom.formats.nitf.pictures import address
from wireroom.formats.syntax.namespaces import local
from wireroom.formats.syntax.xml import parsed
from wireroom.formats.values.moments import read_time

from .components import Found
from .content import is_image
from .items import Envelope, item_of
from .tree import Tree

#: What a news item can do to its reader.
_UNUSABLE: Final = (Unreadable, ValueError, TypeError, OverflowError, RecursionError)

#: Items inside items are read so deep.
_DEPTH: Final = 4


@dataclass(frozen=True, slots=True)
class Made:
    """A news item of a document, with what was made of it."""

    element: etree._Element
    item: Item
    found: Found


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read NewsML 1.

    Each news item that cannot be read is rejected by itself; the only one of a document
    that cannot be read makes the document unreadable.

    Raises:
        Unreadable: It is no XML, no NewsML, holds no news item, or its one cannot be read.
    """
    made, rejected = _made(raw, arrival)
    if not made and len(rejected) == 1:
        raise Unreadable(rejected[0].reason)
    if not made and not rejected:
        raise Unreadable("it holds no NewsItem")
    return Document(
        format="newsml1", items=tuple(one.item for one in made), rejected=tuple(rejected)
    )


def traced(raw: bytes, arrival: Arrival) -> Iterator[tuple[Item, bytes]]:
    """Yield each item that can be read, with its bytes."""
    for one in _made(raw, arrival)[0]:
        yield one.item, _raw(one.element)


def _made(raw: bytes, arrival: Arrival) -> tuple[list[Made], list[Rejected]]:
    """Make an Item of each news item of a document, then join those that belong together."""
    element, notes, text = parsed(raw, address=arrival.address, charset=arrival.charset)
    if local(str(element.tag)) != "NewsML":
        raise Unreadable(f"not NewsML 1: its root is {local(str(element.tag))[:100]}")
    tree = Tree(element, notes, text)
    envelope = _envelope(tree, arrival, notes)
    made: list[Made] = []
    rejected: list[Rejected] = []
    waiting = [(one, 0) for one in reversed(tree.all(element, "NewsItem"))]
    position = 0
    while waiting:
        one, depth = waiting.pop()
        try:
            item, found = item_of(tree, one, envelope, arrival)
        except _UNUSABLE as error:
            rejected.append(_rejected(tree, one, position, error))
        else:
            made.append(Made(one, item, found))
            if depth < _DEPTH:
                waiting += ((inner, depth + 1) for inner in reversed(found.nested))
        position += 1
    return _joined(tree, made, arrival), rejected


def _envelope(tree: Tree, arrival: Arrival, notes: list[str]) -> Envelope:
    """Read what is said of all items at once."""
    when = tree.text(tree.root, "NewsEnvelope/DateAndTime")
    sent = read_time(when, arrival.zone, "DateAndTime", notes)
    transmission = tree.one(tree.root, "NewsEnvelope/TransmissionId")
    again = (transmission.get("Repeat") or "").strip() if transmission is not None else ""
    return Envelope(sent=sent, again=again not in {"", "0"}, notes=tuple(notes))


def _joined(tree: Tree, made: list[Made], arrival: Arrival) -> list[Made]:
    """Give items what they refer to: pictures that are items of their own, other texts as links."""
    by_element = {id(one.element): one for one in made}
    by_name = {name: one for one in made for name in (one.item.guid, *one.item.aliases)}
    joined = []
    for one in made:
        pictures: list[Picture] = []
        links: list[Link] = []
        for nested in one.found.nested:
            if member := by_element.get(id(nested)):
                _join(member.item, pictures, links)
        for reference in one.found.references:
            said = reference.get("NewsItem", "").strip()
            target = tree.by_duid.get(said.removeprefix("#"))
            member = by_element.get(id(target)) if target is not None else by_name.get(said)
            if member is one:
                continue
            if member:
                _join(member.item, pictures, links)
            elif said and not said.startswith("#"):
                _outside(said, arrival.address, pictures, links)
        joined.append(_with(one, pictures, links) if pictures or links else one)
    return joined


def _join(member: Item, pictures: list[Picture], links: list[Link]) -> None:
    """Put an item among the pictures or the links of another."""
    if member.kind == "picture":
        pictures += (
            replace(
                one,
                caption=one.caption or member.standfirst,
                alt=one.alt or member.headline,
                guid=member.guid,
                version=member.version,
                pubstatus=member.pubstatus,
                rights=replace(one.rights, valid_from=member.embargo, valid_until=member.expires),
            )
            for one in member.pictures[:1]
        )
    else:
        links.append(Link(rel="related", href=member.guid, title=member.headline))


def _outside(said: str, base: str, pictures: list[Picture], links: list[Link]) -> None:
    """Point to an item of another document: a file beside this one, or a name."""
    href = address(base, said)
    if href and is_image(said):
        pictures.append(Picture(href=href))
    else:
        links.append(Link(rel="related", href=href or said))


def _with(one: Made, pictures: list[Picture], links: list[Link]) -> Made:
    item = one.item
    item = replace(item, pictures=(*item.pictures, *pictures), links=(*item.links, *links))
    return replace(one, item=bounded(item))


def _rejected(tree: Tree, one: etree._Element, position: int, error: Exception) -> Rejected:
    identifier = tree.text(one, "Identification/NewsIdentifier/PublicIdentifier")
    lines = (tree.text(each, "NewsLines/HeadLine") for each in tree.all(one, "NewsComponent"))
    name = identifier or next(filter(None, lines), "")
    reason = str(error) or type(error).__name__
    return Rejected(position=position, name=name[:300], reason=reason, raw=_raw(one)[:KEPT])


def _raw(element: etree._Element) -> bytes:
    return etree.tostring(element, encoding="utf-8", with_tail=False)
