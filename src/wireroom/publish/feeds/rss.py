"""RSS 2.0, with content, dc, dcterms and Media RSS."""

from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from lxml import etree

from .feed import Entry, Feed, Gone, Image
from .xml import NAMESPACES, add, written

TYPE = "application/rss+xml"
USED = {name: NAMESPACES[name] for name in ("atom", "content", "dc", "dcterms", "media")}
#: Minutes after which a reader may ask again.
TTL = "5"


def write(feed: Feed) -> bytes:
    """Write a feed."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap=USED)
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.page)
    add(channel, "description", escape(feed.about, quote=False))
    add(channel, "language", feed.language.lower())
    add(channel, "lastBuildDate", _date(feed.updated))
    add(channel, "ttl", TTL)
    add(channel, "atom:link", rel="self", type=TYPE, href=feed.address)
    for one in feed.gone:
        _notice(channel, one)
    for entry in feed.entries:
        _item(channel, entry)
    return written(root)


def _item(channel: etree._Element, entry: Entry) -> None:
    item = add(channel, "item")
    add(item, "title", entry.title)
    add(item, "link", entry.url)
    add(item, "guid", entry.url, isPermaLink="true")
    add(item, "pubDate", _date(entry.created))
    add(item, "dcterms:modified", _moment(entry.updated))
    add(item, "description", escape(entry.summary or entry.title, quote=False))
    if entry.html:
        add(item, "content:encoded", entry.html)
    add(item, "dc:creator", entry.author)
    add(item, "dc:publisher", entry.agency)
    add(item, "dc:rights", entry.rights)
    for category in entry.categories:
        add(item, "category", category.label, domain=category.scheme)
    if entry.image:
        _picture(item, entry.image)


def _picture(item: etree._Element, image: Image) -> None:
    photo = image.photo
    add(item, "enclosure", url=image.url, length=image.size, type=photo.mime)
    content = add(
        item,
        "media:content",
        url=image.url,
        type=photo.mime,
        medium="image",
        width=photo.width,
        height=photo.height,
    )
    if photo.caption:
        add(content, "media:description", photo.caption, type="plain")
    if photo.credit:
        add(content, "media:credit", photo.credit, role="photographer")
    if photo.rights:
        add(content, "media:copyright", photo.rights)


def _notice(channel: etree._Element, gone: Gone) -> None:
    item = add(channel, "item")
    add(item, "title", gone.title)
    add(item, "link", gone.url)
    add(item, "guid", gone.url, isPermaLink="true")
    add(item, "pubDate", _date(gone.at))


def _date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
