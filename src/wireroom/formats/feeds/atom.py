"""Atom 1.0 (RFC 4287) and 0.3, paging (RFC 5005), tombstones (RFC 6721)."""

from typing import Final

from lxml import etree

from wireroom.formats.bodies.inside import Bases, text
from wireroom.formats.document import Arrival, Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.syntax.namespaces import LANG, local, name
from wireroom.formats.syntax.xml import root as root_of

from . import extensions, media
from .entries import document
from .extensions import Rule
from .feed import Entry, Feed, Head, Medium, Term
from .texts import construct

ID, IDENTIFIER = range(2)


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read an Atom feed, a lone entry or a lone tombstone.

    Raises:
        Unreadable: it is none of these; Malformed where it is not well-formed XML.
    """
    root, notes = root_of(raw, address=arrival.address, charset=arrival.charset)
    found = feed(root, arrival.address)
    found.notes += notes
    return document(found, arrival)


def feed(root: etree._Element, address: str) -> Feed:
    """Read the elements of a document into a feed."""
    kind = local(root.tag).lower()
    found = Feed(format="atom", authors_inherit=True)
    bases = Bases(root, address)
    found.language = extensions.language(root)
    if kind == "entry":
        found.entries.append(_entry(root, bases))
    elif kind == "deleted-entry":
        extensions.deleted(found, root, bases)
    elif kind == "feed":
        for element in root:
            if rule := FEED.get(_key(element)):
                rule(found, element, bases)
    else:
        raise Unreadable(f"neither feed nor entry: {root.tag}")
    return found


def _key(element: etree._Element) -> str:
    """Name an element; one of Atom without its prefix, with or without namespace."""
    return name(element.tag).removeprefix("atom:").removeprefix("atom03:")


def _entry(element: etree._Element, bases: Bases) -> Entry:
    entry = Entry(origin_of=element)
    try:
        entry.language = extensions.language(element)
        for child in element:
            if rule := ENTRY.get(_key(child)):
                rule(entry, child, bases)
        extensions.complete(entry)
    except (ValueError, TypeError, OverflowError) as error:
        entry.broken = f"{type(error).__name__}: {error}"
    return entry


def _entry_of(head: Head, element: etree._Element, bases: Bases) -> None:
    if isinstance(head, Feed):
        head.entries.append(_entry(element, bases))


def _title(head: Head, element: etree._Element, bases: Bases) -> None:
    if head.title is None:
        head.title = construct(element, bases)


def _summary(head: Head, element: etree._Element, bases: Bases) -> None:
    if head.summary is None:
        head.summary = construct(element, bases)


def _content(head: Head, element: etree._Element, bases: Bases) -> None:
    if not isinstance(head, Entry):
        return
    found = construct(element, bases)
    if found is None:
        head.notes.append(f"content of type {element.get('type')} is no text: dropped")
        return
    if element.get(LANG) and not head.language:
        head.language = extensions.language(element)
    head.contents.append(found)


def _rights(head: Head, element: etree._Element, bases: Bases) -> None:
    if not head.rights and (found := construct(element, bases)):
        head.rights = found.value


def _link(head: Head, element: etree._Element, bases: Bases) -> None:
    found = extensions.link(element, bases)
    if found is None:
        return
    head.links.append(found)
    if found.rel == "alternate" and not head.link:
        head.link = found.href
    elif found.rel == "enclosure":
        head.media.append(
            Medium(href=found.href, mime=found.mime, title=found.title, size=found.size)
        )
    elif found.rel == "license":
        head.license = head.license or found.href
    elif found.rel == "hub" and isinstance(head, Feed):
        head.hubs.append(found.href)


def _id(head: Head, element: etree._Element, _bases: Bases) -> None:
    if said := text(element):
        head.ids.setdefault(ID, said)


def _identifier(head: Head, element: etree._Element, _bases: Bases) -> None:
    if said := text(element):
        head.ids.setdefault(IDENTIFIER, said)


def _author(head: Head, element: etree._Element, bases: Bases) -> None:
    head.authors.append(extensions.author(element, bases))


def _contributor(head: Head, element: etree._Element, bases: Bases) -> None:
    head.contributors.append(extensions.author(element, bases))


def _category(head: Head, element: etree._Element, _bases: Bases) -> None:
    if term := (element.get("term") or text(element)).strip():
        scheme = (element.get("scheme") or "").strip()
        head.terms.append(Term(term, scheme, (element.get("label") or "").strip()))


def _date(field: str) -> Rule:
    def rule(head: Head, element: etree._Element, _bases: Bases) -> None:
        if said := text(element):
            head.dates[field] = said

    return rule


def _source(head: Head, element: etree._Element, bases: Bases) -> None:
    if not isinstance(head, Entry):
        return
    head.source = Head(language=extensions.language(element))
    for child in element:
        if rule := HEAD.get(_key(child)):
            rule(head.source, child, bases)


def _control(head: Head, element: etree._Element, _bases: Bases) -> None:
    """Note a draft (RFC 5023 section 13.1)."""
    for child in element:
        if local(child.tag) == "draft" and text(child).lower() == "yes" and isinstance(head, Entry):
            head.withheld = True


def _origin(head: Head, element: etree._Element, _bases: Bases) -> None:
    head.origin = text(element) or head.origin


#: What feeds, entries and sources all say.
HEAD: Final[dict[str, Rule]] = {
    "id": _id,
    "dc:identifier": _identifier,
    "title": _title,
    "summary": _summary,
    "subtitle": _summary,
    "tagline": _summary,
    "rights": _rights,
    "copyright": _rights,
    "dc:rights": _rights,
    "link": _link,
    "author": _author,
    "contributor": _contributor,
    "category": _category,
    "published": _date("published"),
    "issued": _date("published"),
    "updated": _date("updated"),
    "modified": _date("updated"),
    "created": _date("created"),
    "dcterms:issued": _date("dcterms:issued"),
    "dcterms:created": _date("dcterms:created"),
    "dcterms:modified": _date("dcterms:modified"),
    "dc:date": _date("dc:date"),
    "media:category": lambda head, element, _bases: media.category(head, element),
    "media:keywords": lambda head, element, _bases: media.keywords(head, element),
    **{
        key: (lambda head, element, _bases: media.say(head, element))
        for key in media.SAYS
        if key.startswith("media:")
    },
}
ENTRY: Final[dict[str, Rule]] = HEAD | {
    "content": _content,
    "source": _source,
    "app:control": _control,
    "control": _control,
    "feedburner:origlink": _origin,
    "media:content": media.content,
    "media:group": media.group,
    "media:thumbnail": media.content,
    **extensions.ENTRY,
}
FEED: Final[dict[str, Rule]] = HEAD | {"entry": _entry_of} | extensions.CHANNEL
