"""Atom 1.0 (RFC 4287), with tombstones (RFC 6721) and Media RSS."""

from datetime import UTC, datetime
from typing import Any

from lxml import etree

from .feed import Entry, Feed
from .xml import NAMESPACES, add, named, written

TYPE = "application/atom+xml"
USED: Any = {None: NAMESPACES["atom"], "at": NAMESPACES["at"], "media": NAMESPACES["media"]}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write(feed: Feed) -> bytes:
    """Write a feed."""
    root = etree.Element(named("atom:feed"), {LANG: feed.language}, nsmap=USED)
    add(root, "atom:id", feed.address)
    add(root, "atom:title", feed.title, type="text")
    add(root, "atom:updated", _moment(feed.updated))
    add(root, "atom:link", rel="self", type=TYPE, href=feed.address)
    add(root, "atom:link", rel="alternate", type="text/html", href=feed.page)
    _person(root, feed.publisher)
    add(root, "atom:generator", "Wireroom")
    for entry in feed.entries:
        _entry(root, entry)
    for gone in feed.gone:
        add(root, "at:deleted-entry", ref=gone.url, when=_moment(gone.at))
    return written(root)


def _entry(root: etree._Element, entry: Entry) -> None:
    element = add(root, "atom:entry")
    element.set(LANG, entry.language)
    add(element, "atom:id", entry.url)
    add(element, "atom:title", entry.title, type="text")
    add(element, "atom:published", _moment(entry.created))
    add(element, "atom:updated", _moment(entry.updated, apart=entry.number))
    add(element, "atom:link", rel="alternate", type="text/html", href=entry.url)
    _person(element, entry.author)
    if entry.author != entry.agency:
        contributor = add(element, "atom:contributor")
        add(contributor, "atom:name", entry.agency)
    for category in entry.categories:
        add(
            element,
            "atom:category",
            term=category.term,
            label=category.label,
            scheme=category.scheme,
        )
    add(element, "atom:rights", entry.rights, type="text")
    add(element, "atom:summary", entry.summary or entry.title, type="text")
    if entry.html:
        add(element, "atom:content", entry.html, type="html")
    if image := entry.image:
        photo = image.photo
        add(
            element,
            "atom:link",
            rel="enclosure",
            type=photo.mime,
            href=image.url,
            length=image.size,
        )
        content = add(element, "media:content", url=image.url, type=photo.mime, medium="image")
        if photo.caption:
            add(content, "media:description", photo.caption, type="plain")
        if photo.credit:
            add(content, "media:credit", photo.credit, role="photographer")
        if photo.rights:
            add(content, "media:copyright", photo.rights)


def _person(parent: etree._Element, name: str) -> None:
    add(add(parent, "atom:author"), "atom:name", name)


def _moment(moment: datetime, *, apart: int = 0) -> str:
    """Write a moment; wires know whole seconds, so the rest tells equal ones apart."""
    told = moment.astimezone(UTC).replace(microsecond=apart % 1_000_000)
    return told.isoformat(timespec="microseconds").replace("+00:00", "Z")
