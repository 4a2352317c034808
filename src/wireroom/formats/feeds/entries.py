"""Entries of a feed to Items: which id, which text, which times, which pictures.

entry
| identity     guid, else the next id
| words        headline, standfirst, body
| times        created, made, embargo, expiry
| people       byline, creditline, rights
| files        pictures, links
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lxml import etree

from wireroom.formats.bodies.inside import joined
from wireroom.formats.bound import bounded
from wireroom.formats.document import Arrival, Document, Rejected
from wireroom.formats.item import CANCELED, USABLE, WITHHELD, Item, Link
from wireroom.formats.providers.quirks import NONE, QUIRKS, Quirk

from .feed import Entry, Feed, Tombstone
from .files import Files, files
from .hints import hints
from .places import inside
from .subjects import subjects
from .times import Times, bounds, version, when
from .words import Words, words

#: Bytes of a rejected item that quarantine keeps.
KEPT = 64 * 1024
#: Links of the feed as a whole, which say nothing of an entry.
PAGING = frozenset(("self", "edit", "hub", "next", "prev-archive", "current", "first", "last"))
#: What an entry can do to its reader.
UNUSABLE = (ValueError, TypeError, OverflowError, RecursionError)


class EntryError(ValueError):
    """Nothing can be made of an entry; the message says why."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the entries of a document have in common."""

    feed: Feed
    arrival: Arrival
    quirk: Quirk
    #: Ids that name nothing: every item has them.
    worthless: frozenset[str] = frozenset()

    @property
    def base(self) -> str:
        """Give what relative addresses are held against where the document says nothing."""
        return self.arrival.address or self.feed.link


def document(feed: Feed, arrival: Arrival) -> Document:
    """Make a document of a feed: good items, bad items, hints."""
    setting = _setting(feed, arrival)
    items: list[Item] = []
    rejected: list[Rejected] = []
    for position, entry in enumerate(feed.entries):
        try:
            items.append(item(entry, setting))
        except UNUSABLE as error:
            rejected.append(_rejected(position, entry, error))
    buried = [bounded(_buried(tombstone, arrival)) for tombstone in feed.tombstones]
    items = _newest(items) + [one for one in buried if one.guid]
    return Document(
        format=feed.format,
        items=tuple(items),
        rejected=tuple(rejected),
        hints=hints(feed),
        is_list=True,
    )


def traced(feed: Feed, arrival: Arrival) -> Iterator[tuple[Item, bytes]]:
    """Yield each item that can be made of a feed, with the bytes that it was made of."""
    setting = _setting(feed, arrival)
    for entry in feed.entries:
        with suppress(*UNUSABLE):
            yield item(entry, setting), _raw(entry.origin_of)


def _setting(feed: Feed, arrival: Arrival) -> Setting:
    quirk = QUIRKS.get(arrival.provider.lower(), NONE)
    return Setting(feed, arrival, quirk, _worthless(feed))


def item(entry: Entry, setting: Setting) -> Item:
    """Make one item.

    Raises:
        EntryError: it has no identity, or nothing to say.
    """
    if entry.broken:
        raise EntryError(entry.broken)
    notes = list(entry.notes)
    guid, aliases = _identity(entry, setting, notes)
    said = words(entry, setting.base, setting.quirk, notes)
    held = files(entry, setting.feed, setting.base, said, notes)
    if not (said.headline or said.text or held.pictures):
        raise EntryError("it has neither headline nor text")
    times = when(entry, setting.arrival, notes)
    return bounded(_put_together(entry, setting, guid, aliases, said, held, times, notes))


def _put_together(  # noqa: PLR0917 (the parts of an item, in their order)
    entry: Entry,
    setting: Setting,
    guid: str,
    aliases: tuple[str, ...],
    said: Words,
    held: Files,
    times: Times,
    notes: list[str],
) -> Item:
    feed, arrival = setting.feed, setting.arrival
    source = entry.source
    found, keywords = subjects(entry)
    if entry.span:
        embargo, expires = bounds(entry.span, arrival.zone, notes)
    else:
        embargo = expires = None
    places = tuple(place for place in entry.places if inside(place))
    if len(places) < len(entry.places):
        notes.append("a place outside of the Earth was dropped")
    return Item(
        guid=guid,
        version=times.version,
        pubstatus=WITHHELD if entry.withheld else USABLE,
        signal=said.signal,
        headline=said.headline,
        standfirst=said.standfirst,
        body=said.body,
        text=said.text,
        language=entry.language
        or (source.language if source else "")
        or feed.language
        or arrival.language,
        byline=_byline(entry, feed),
        creditline=entry.source_title
        or (said.source if source else "")
        or entry.publisher
        or feed.publisher * (feed.format == "rss"),
        embargo=embargo,
        expires=expires,
        expiry_removes=bool(entry.span and entry.span.removes),
        first_created=times.created,
        version_created=times.made,
        subjects=found,
        pictures=held.pictures,
        links=_links(entry, setting) + held.links,
        keywords=keywords,
        places=places,
        rights=said.rights(entry, feed),
        aliases=aliases,
        notes=tuple(dict.fromkeys(notes)),
    )


def _identity(entry: Entry, setting: Setting, notes: list[str]) -> tuple[str, tuple[str, ...]]:
    """Give an entry's lasting id and its other ids.

    The ids by rank, else the link, else a hash of title, or of the text, and date
    (lifecycle 4.2).
    """
    ids = [entry.ids[rank] for rank in sorted(entry.ids)]
    ids = [one for one in ids if one and one not in setting.worthless]
    if not ids and entry.origin_of is not None and setting.feed.format == "jsonfeed":
        raise EntryError("it has no id")
    if not ids and (link := entry.link or entry.origin):
        ids = [link]
    if not ids and (named := _named(entry)):
        dates = "".join(entry.dates.values())
        said = f"{named}\n{dates}".encode("utf-8", "replace")
        ids = [f"sha256:{hashlib.sha256(said).hexdigest()}"]
        notes.append("no id and no link: its words and its date name it")
    if not ids:
        raise EntryError("it has no id, no link, no title and no text")
    lasting = setting.quirk.lasting(ids[0])
    return lasting, tuple(dict.fromkeys(one for one in ids if one != lasting))


def _named(entry: Entry) -> str:
    """Give the words that name an entry without an id: its title, else its text."""
    said = (entry.title, entry.summary, *entry.contents)
    return next((one.value for one in said if one and one.value), "")


def _worthless(feed: Feed) -> frozenset[str]:
    """Find an id that all items share, where their links differ."""
    firsts = {entry.id for entry in feed.entries}
    links = {entry.link for entry in feed.entries}
    if len(feed.entries) > 1 and len(firsts) == 1 and "" not in firsts and len(links) > 1:
        return frozenset(firsts)
    return frozenset()


def _newest(items: list[Item]) -> list[Item]:
    """Keep one item of each guid: the newest; between equals the first, as feeds list."""
    kept: dict[str, Item] = {}
    twice: set[str] = set()
    for one in items:
        other = kept.get(one.guid)
        if other is None:
            kept[one.guid] = one
            continue
        twice.add(one.guid)
        if _made(one) > _made(other):
            kept[one.guid] = one
    if not twice:
        return items
    note = "its guid stands twice in the document: the newest is taken"
    return [_noted(one, note) if one.guid in twice else one for one in kept.values()]


def _made(one: Item) -> tuple[int, float]:
    made = one.version_created
    return one.version, made.timestamp() if isinstance(made, datetime) else 0.0


def _noted(one: Item, note: str) -> Item:
    return replace(one, notes=(*one.notes, note))


def _buried(tombstone: Tombstone, arrival: Arrival) -> Item:
    """Make the item that takes another away."""
    notes: list[str] = []
    made, number = version(tombstone.when, arrival, notes)
    return Item(
        guid=tombstone.ref.strip(),
        version=number,
        pubstatus=CANCELED,
        version_created=made,
        first_created=made,
        ednote=" ".join(tombstone.comment.split()),
        notes=tuple(notes),
    )


def _byline(entry: Entry, feed: Feed) -> str:
    """Join the names; with no author of its own an entry takes the source's, else the feed's."""
    people = entry.authors
    if not people and feed.authors_inherit:
        people = (entry.source.authors if entry.source else []) or feed.authors
    names = (" ".join(one.name.split()) for one in (*people, *entry.contributors))
    return ", ".join(dict.fromkeys(name for name in names if name))


def _links(entry: Entry, setting: Setting) -> tuple[Link, ...]:
    links = []
    permalink = entry.ids.get(0, "") if entry.permalink else ""
    is_address = permalink.startswith(("http://", "https://"))
    own = entry.origin or entry.link or (permalink if is_address else "")
    seen = set()
    if own:
        href = joined(setting.base, own)
        seen.add(href)
        if href.startswith(("http://", "https://")):
            links.append(Link(rel="canonical", href=href))
    for link in entry.links:
        href = joined(setting.base, link.href)
        if link.rel in PAGING or link.rel == "enclosure" or (href in seen):
            continue
        seen.add(href)
        links.append(
            Link(rel=link.rel, href=href, title=link.title, mime=link.mime, size=link.size)
        )
    return tuple(links)


def _rejected(position: int, entry: Entry, error: Exception) -> Rejected:
    title = entry.title.value if entry.title else ""
    return Rejected(
        position=position,
        name=(entry.id or entry.link or title)[:300],
        reason=str(error) or type(error).__name__,
        raw=_raw(entry.origin_of)[:KEPT],
    )


def _raw(origin: Any) -> bytes:
    if isinstance(origin, etree._Element):  # noqa: SLF001 (lxml names its type so)
        return etree.tostring(origin, encoding="utf-8", with_tail=False)
    if isinstance(origin, bytes):
        return origin
    return json.dumps(origin, ensure_ascii=False, default=str).encode("utf-8", "replace")
