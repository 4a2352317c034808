"""NewsML-G2 2.35 out, power conformance, as the IPTC's schema has it.

An item goes out in a news message, and each of its pictures beside it as an item of its own,
which the text points to by its id. The order of elements is the schema's.

NewsML-G2 as written here does not say the territory and the span of an item's rights, the
role of a picture, that it stands for what it does not show, nor what a link is beyond what
the item comes from, replaces, or has to do with. Subjects have the codes of Media Topics or
Subject Codes; others are literals. The countries are those of the places. An expiry that is
unknown is left out, and a version before the first is the first.
"""

import re
from datetime import datetime
from typing import Final

from lxml import etree

from wireroom.formats.elements import LANG, XHTML, add, body_of, fit, serialized
from wireroom.formats.item import USABLE, Item, Kind, Link, Moment, Picture, Place, Rights
from wireroom.formats.outgoing import ADDRESS, instant, known, outgoing
from wireroom.formats.values.countries import alpha_2

NAMESPACE: Final = "http://iptc.org/std/nar/2006-10-01/"
STANDARD: Final = {
    "standard": "NewsML-G2",
    "standardversion": "2.35",
    "conformance": "power",
}
CATALOG: Final = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"
CLASSES: Final[dict[Kind, str]] = {"picture": "ninat:picture", "package": "ninat:composite"}
#: What is for editors says so by its genre.
GENRES: Final = frozenset({"advisory", "planning", "test"})
RELS: Final = {"via": "irel:derivedFrom", "replaces": "irel:evolvedFrom"}
_CODED: Final = re.compile(r"(?:medtop|subj):[0-9]{8}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def written(item: Item, *, now: datetime, provider: str = "", uri: str = "") -> bytes:
    """Write an item, with its pictures, as a news message.

    Args:
        item: Without what is for the desk; see ``outgoing``.
        now: When the message is sent, and for an item without a time when it was made.
        provider: Who answers for it; whoever is credited if empty.
        uri: The id under which the house gives it; the provider's own if empty.
    """
    item = outgoing(item, uri=uri)
    root = etree.Element(f"{{{NAMESPACE}}}newsMessage", nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # (lxml's own way)
    add(add(root, "header"), "sent", instant(now))
    items = add(root, "itemSet")
    letterhead = _Letterhead(item, now, provider or item.creditline)
    pictures = () if item.kind == "picture" else item.pictures
    _item(items, item, letterhead)
    for picture in pictures:
        _picture(items, picture, letterhead)
    return serialized(root)


class _Letterhead:
    """What the items of a message share."""

    def __init__(self, item: Item, now: datetime, provider: str) -> None:
        self.created = item.version_created or now
        self.first_created = item.first_created
        self.language = item.language if _LANGUAGE.fullmatch(item.language) else ""
        self.provider = provider

    def begin(
        self, items: etree._Element, guid: str, version: int, rights: Rights
    ) -> etree._Element:
        """Begin an item: what names it, and under which rights it comes."""
        root = add(items, "newsItem", guid=guid, version=version if version > 0 else None)
        for name, value in STANDARD.items():
            root.set(name, value)
        if self.language:
            root.set(LANG, self.language)
        add(root, "catalogRef", href=CATALOG)
        if rights.holder or rights.notice or rights.terms:
            info = add(root, "rightsInfo")
            if rights.holder:
                _add(add(info, "copyrightHolder"), "name", rights.holder)
            _add(info, "copyrightNotice", rights.notice)
            _add(info, "usageTerms", rights.terms)
        return root

    def meta(
        self, root: etree._Element, qcode: str, embargo: Moment, pubstatus: str
    ) -> etree._Element:
        """Begin what manages an item, up to its status."""
        meta = add(root, "itemMeta")
        add(meta, "itemClass", qcode=qcode)
        _add(add(meta, "provider"), "name", self.provider)
        add(meta, "versionCreated", instant(self.created))
        if self.first_created:
            add(meta, "firstCreated", instant(self.first_created))
        if embargo is not None:
            add(meta, "embargoed", known(embargo))  # without a date: nobody knows until when
        add(meta, "pubStatus", qcode=f"stat:{pubstatus}")
        return meta


def _item(items: etree._Element, item: Item, letterhead: _Letterhead) -> None:
    """Write the item itself."""
    root = letterhead.begin(items, item.guid, item.version, item.rights)
    meta = letterhead.meta(root, CLASSES.get(item.kind, "ninat:text"), item.embargo, item.pubstatus)
    _add(meta, "title", item.headline)
    if item.signal:
        add(meta, "signal", qcode=f"sig:{item.signal}")
    _add(meta, "expires", known(item.expires))
    own = item.pictures[:1] if item.kind == "picture" else ()
    for picture in () if own else item.pictures:
        pointer = add(meta, "link", rel="irel:seeAlso", residref=_guid(picture))
        add(pointer, "itemClass", qcode="ninat:picture")
    for link in item.links:
        _link(meta, link)
    _content_meta(root, item, own)
    for number, place in enumerate(item.places, 1):
        _position(root, place, number)
    if item.body or own:
        _content(root, item, own)


def _content_meta(root: etree._Element, item: Item, own: tuple[Picture, ...]) -> None:
    """Say what the content is."""
    meta = add(root, "contentMeta")
    add(meta, "urgency", str(item.urgency))
    if item.located:
        _add(add(meta, "located"), "name", item.located)
    for alias in item.aliases:
        _add(meta, "altId", alias)
    if _LANGUAGE.fullmatch(item.language):
        add(meta, "language", tag=item.language)
    if item.kind in GENRES:
        add(add(meta, "genre", literal=item.kind), "name", item.kind)
    for word in item.keywords:
        _add(meta, "keyword", word)
    for subject in item.subjects:
        coded = "qcode" if _CODED.fullmatch(subject.code) else "literal"
        made = add(meta, "subject", type="cpnat:abstract", **{coded: subject.code})
        _add(made, "name", subject.name)
    for number, place in enumerate(item.places, 1):
        _place(meta, place, number)
    _add(meta, "headline", item.headline)
    _add(meta, "dateline", item.dateline)
    _add(meta, "by", item.byline)
    _add(meta, "creditline", own[0].credit if own else item.creditline)
    if item.standfirst:
        add(meta, "description", item.standfirst, role="drol:summary")
    for picture in own:
        _described(meta, picture)


def _place(meta: etree._Element, place: Place, number: int) -> None:
    made = add(meta, "subject", type="cpnat:geoArea", **_coded(place, number))
    _add(made, "name", place.name)
    if country := alpha_2(place.country):
        add(made, "broader", qcode=f"iso3166-1a2:{country}")


def _position(root: etree._Element, place: Place, number: int) -> None:
    """Say where a place is; facts about a concept stand apart from the subject."""
    if place.latitude is None or place.longitude is None:
        return
    details = add(add(root, "assert", **_coded(place, number)), "geoAreaDetails")
    degrees = {"latitude": f"{place.latitude:.8f}", "longitude": f"{place.longitude:.8f}"}
    add(details, "position", **degrees)


def _coded(place: Place, number: int) -> dict[str, str]:
    """Name a place: by its code where that is an address, else within this item alone."""
    if ADDRESS.fullmatch(place.code):
        return {"uri": place.code}
    return {"literal": place.code or f"place-{number}"}


def _link(meta: etree._Element, link: Link) -> None:
    made = add(
        meta,
        "link",
        rel=RELS.get(link.rel, "irel:seeAlso"),
        href=link.href,
        contenttype=link.mime,
        size=link.size,
    )
    _add(made, "title", link.title)


def _content(root: etree._Element, item: Item, own: tuple[Picture, ...]) -> None:
    contents = add(root, "contentSet")
    for picture in own:
        _remote(contents, picture)
    if item.body and not own:
        words = len(item.text.split())
        inline = add(contents, "inlineXML", contenttype="application/xhtml+xml", wordcount=words)
        page = etree.SubElement(inline, f"{{{XHTML}}}html", nsmap={None: XHTML})  # type: ignore[dict-item]  # (lxml's own way)
        add(add(page, "head"), "title", item.headline)
        page.append(body_of(item))


def _picture(items: etree._Element, picture: Picture, letterhead: _Letterhead) -> None:
    """Write a picture as an item of its own."""
    root = letterhead.begin(items, _guid(picture), picture.version, picture.rights)
    meta = letterhead.meta(root, "ninat:picture", picture.rights.valid_from, USABLE)
    _add(meta, "expires", known(picture.rights.valid_until))
    content = add(root, "contentMeta")
    _add(content, "creditline", picture.credit)
    _described(content, picture)
    _remote(add(root, "contentSet"), picture)


def _described(meta: etree._Element, picture: Picture) -> None:
    if picture.caption:
        add(meta, "description", picture.caption, role="drol:caption")
    if picture.alt:
        add(meta, "description", picture.alt, role="drol:altText")


def _remote(contents: etree._Element, picture: Picture) -> None:
    add(
        contents,
        "remoteContent",
        rendition="rnd:highRes",
        href=picture.href,
        contenttype=picture.mime,
        size=picture.size,
        width=picture.width,
        height=picture.height,
    )


def _guid(picture: Picture) -> str:
    """Name a picture; one without an id by its address."""
    return fit(picture.guid) or picture.href


def _add(parent: etree._Element, name: str, words: str) -> None:
    """Add an element on one line, where there is something to say."""
    if line := " ".join(fit(words).split()):
        add(parent, name, line)
