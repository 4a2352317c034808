"""RSS 0.90 to 2.0 and RDF, with the modules that news feeds use.

RSS 2.0 (rssboard.org), RSS 1.0 and its modules, Dublin Core, Media RSS, GeoRSS, iTunes,
PRISM, RFC 5005. In RDF the items stand beside the channel.
"""

from typing import Final

from lxml import etree

from wireroom.formats.bodies.inside import Bases, text
from wireroom.formats.document import Arrival, Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Link
from wireroom.formats.syntax.namespaces import name
from wireroom.formats.syntax.xml import root as root_of

from . import extensions, media, places
from .entries import document
from .extensions import Rule
from .feed import Entry, Feed, Head, Medium, Term
from .persons import person
from .texts import construct, prose

#: What an element does to the entry or feed it stands in.
ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
#: In RDF it stands beside the items.
TOMBSTONE: Final = "at:deleted-entry"
#: Ids by rank: the first that is there names the item.
GUID, ATOM_ID, IDENTIFIER, RDF_ABOUT = range(4)


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read an RSS or RDF document.

    Raises:
        Unreadable: it is neither; Malformed where it is not well-formed XML.
    """
    root, notes = root_of(raw, address=arrival.address, charset=arrival.charset)
    found = feed(root, arrival.address)
    found.notes += notes
    return document(found, arrival)


def feed(root: etree._Element, address: str) -> Feed:
    """Read the elements of a document into a feed."""
    kind = name(root.tag)
    if kind not in {"rss", "rdf:rdf", "channel"}:
        raise Unreadable(f"neither rss nor rdf:RDF: {root.tag}")
    found = Feed(format="rss")
    bases = Bases(root, address)
    found.language = extensions.language(root)
    channel = (
        root if kind == "channel" else next((c for c in root if name(c.tag) == "channel"), None)
    )
    for parent in (channel, None if channel is root else root):
        for element in () if parent is None else parent:
            key = name(element.tag)
            if key == "item":
                found.entries.append(_entry(element, bases))
            elif key == "items" and parent is channel:
                found.entries += [_entry(one, bases) for one in element if name(one.tag) == "item"]
            elif (parent is channel or key == TOMBSTONE) and (rule := CHANNEL.get(key)):
                rule(found, element, bases)
    if channel is not None and (about := channel.get(ABOUT)):
        found.ids[RDF_ABOUT] = about.strip()
    return found


def _entry(element: etree._Element, bases: Bases) -> Entry:
    entry = Entry(origin_of=element)
    try:
        if element.attrib:
            entry.language = extensions.language(element)
            if about := (element.get(ABOUT) or "").strip():
                entry.ids[RDF_ABOUT] = about
        for child in element:
            if rule := ITEM.get(name(child.tag)):
                rule(entry, child, bases)
        extensions.complete(entry)
    except (ValueError, TypeError, OverflowError) as error:
        entry.broken = f"{type(error).__name__}: {error}"
    return entry


def _title(head: Head, element: etree._Element, bases: Bases) -> None:
    if head.title is None or not head.title.value:
        head.title = prose(element, bases)


def _summary(head: Head, element: etree._Element, bases: Bases) -> None:
    _second_summary(head, element, bases)


def _second_summary(head: Head, element: etree._Element, bases: Bases) -> None:
    """Note one of several summaries: which of two is the text is told by their lengths."""
    said = prose(element, bases)
    if not said.value:
        return
    if head.summary is None or not head.summary.value:
        head.summary = said
    elif isinstance(head, Entry) and not head.contents:
        said.second = True
        head.contents.append(said)


def _content(head: Head, element: etree._Element, bases: Bases) -> None:
    if isinstance(head, Entry) and (found := prose(element, bases)).value:
        head.contents.append(found)


def _xhtml(head: Head, element: etree._Element, bases: Bases) -> None:
    if isinstance(head, Entry) and (found := prose(element, bases)).value:
        found.mime = "application/xhtml+xml"
        head.contents.append(found)


def _atom_content(head: Head, element: etree._Element, bases: Bases) -> None:
    if isinstance(head, Entry) and (found := construct(element, bases)) and found.value:
        head.contents.append(found)


def _link(head: Head, element: etree._Element, bases: Bases) -> None:
    said = text(element) or element.get("href", "")
    if not said:
        return
    href = bases.href(element, said)
    known = head.link.startswith(("http://", "https://"))
    if not head.link or (not known and href.startswith(("http://", "https://"))):
        head.link = href


def _atom_link(head: Head, element: etree._Element, bases: Bases) -> None:
    if found := extensions.link(element, bases):
        head.links.append(found)
        if isinstance(head, Feed) and found.rel == "hub":
            head.hubs.append(found.href)


def _origin(head: Head, element: etree._Element, bases: Bases) -> None:
    head.origin = bases.href(element, text(element)) if text(element) else head.origin


def _comments(head: Head, element: etree._Element, bases: Bases) -> None:
    if said := text(element):
        head.links.append(Link(rel="replies", href=bases.href(element, said)))


def _guid(head: Head, element: etree._Element, _bases: Bases) -> None:
    if not (said := text(element)) or GUID in head.ids:
        return
    head.ids[GUID] = said
    head.permalink = (element.get("isPermaLink") or "true").strip().lower() != "false"


def _id(rank: int) -> Rule:
    def rule(head: Head, element: etree._Element, _bases: Bases) -> None:
        if (said := text(element)) and rank not in head.ids:
            head.ids[rank] = said

    return rule


def _author(head: Head, element: etree._Element, bases: Bases) -> None:
    if any(name(child.tag).endswith(("name", "email")) for child in element):
        head.authors.append(extensions.author(element, bases))
    elif said := text(element):
        head.authors.append(person(said))


def _contributor(head: Head, element: etree._Element, _bases: Bases) -> None:
    if said := text(element):
        head.contributors.append(person(said))


def _date(field: str) -> Rule:
    def rule(head: Head, element: etree._Element, _bases: Bases) -> None:
        if said := text(element):
            head.dates.setdefault(field, said)

    return rule


def _category(head: Head, element: etree._Element, _bases: Bases) -> None:
    if said := text(element) or element.get("term", ""):
        scheme = element.get("domain") or element.get("scheme") or ""
        head.terms.append(Term(said, scheme.strip(), element.get("label", "")))


def _source(head: Head, element: etree._Element, bases: Bases) -> None:
    if isinstance(head, Entry) and (said := text(element)):
        head.source_title = said
        if url := element.get("url"):
            head.links.append(Link(rel="via", href=bases.href(element, url), title=said))


def _enclosure(head: Head, element: etree._Element, bases: Bases) -> None:
    media.enclosure(head, element, bases)


def _said(field: str) -> Rule:
    """Note a plain field; what is said first stays."""

    def rule(head: Head, element: etree._Element, _bases: Bases) -> None:
        if (said := text(element)) and not getattr(head, field):
            setattr(head, field, said)

    return rule


def _listed(field: str, child: str) -> Rule:
    def rule(head: Head, element: etree._Element, _bases: Bases) -> None:
        getattr(head, field).extend(text(one) for one in element if name(one.tag) == child)

    return rule


def _image(head: Head, element: etree._Element, bases: Bases) -> None:
    if isinstance(head, Entry) and (said := element.get("href") or element.get("url")):
        head.media.append(Medium(href=bases.href(element, said), thumbnail=True))


#: Elements that mean the same in a channel and in an item.
BOTH: Final[dict[str, Rule]] = {
    "title": _title,
    "dc:title": _title,
    "description": _summary,
    "summary": _second_summary,
    "dc:description": _second_summary,
    "itunes:summary": _second_summary,
    "atom:summary": _second_summary,
    "link": _link,
    "atom:link": _atom_link,
    "atom03:link": _atom_link,
    "atom:id": _id(ATOM_ID),
    "dc:identifier": _id(IDENTIFIER),
    "author": _author,
    "dc:creator": _author,
    "dc:author": _author,
    "atom:author": _author,
    "itunes:author": _author,
    "dc:contributor": _contributor,
    "category": _category,
    "dc:subject": _category,
    "atom:category": _category,
    "media:category": lambda head, element, _bases: media.category(head, element),
    "media:keywords": lambda head, element, _bases: media.keywords(head, element),
    "itunes:keywords": lambda head, element, _bases: media.keywords(head, element),
    "keywords": lambda head, element, _bases: media.keywords(head, element),
    "pubdate": _date("pubdate"),
    "dc:date": _date("dc:date"),
    "dcterms:issued": _date("dcterms:issued"),
    "dcterms:created": _date("dcterms:created"),
    "dcterms:modified": _date("dcterms:modified"),
    "atom:published": _date("published"),
    "atom:updated": _date("updated"),
    "copyright": _said("rights"),
    "dc:rights": _said("rights"),
    "atom:rights": _said("rights"),
    "cc:license": lambda head, element, _bases: extensions.license_of(head, element),
    "dc:publisher": _said("publisher"),
    "dc:language": _said("language"),
    "language": _said("language"),
    **{
        key: (lambda head, element, _bases: media.say(head, element))
        for key in media.SAYS
        if key.startswith("media:")
    },
}
ITEM: Final[dict[str, Rule]] = BOTH | {
    "guid": _guid,
    "content:encoded": _content,
    "encoded": _content,
    "xhtml:body": _xhtml,
    "xhtml:div": _xhtml,
    "body": _xhtml,
    "fullitem": _content,
    "atom:content": _atom_content,
    "feedburner:origlink": _origin,
    "comments": _comments,
    "source": _source,
    "enclosure": _enclosure,
    "media:content": media.content,
    "media:group": media.group,
    "media:thumbnail": media.content,
    "itunes:image": _image,
    "itunes:block": lambda head, element, _bases: extensions.block(head, element),
    "itunes:explicit": lambda head, element, _bases: extensions.explicit(head, element),
    "gml:pos": extensions.of_entry(places.point),
    "geo:lon": extensions.of_entry(places.half),
    **extensions.ENTRY,
}
CHANNEL: Final[dict[str, Rule]] = BOTH | {
    "lastbuilddate": _date("lastbuilddate"),
    "managingeditor": _author,
    "webmaster": _said("publisher"),
    "ttl": _said("ttl"),
    "skiphours": _listed("skip_hours", "hour"),
    "skipdays": _listed("skip_days", "day"),
    **extensions.CHANNEL,
}
