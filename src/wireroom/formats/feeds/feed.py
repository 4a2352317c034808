"""A feed as it stands in the document, whatever its dialect: nothing cleaned or decided.

``rss``, ``atom``, ``jsonfeed`` and ``fallback`` fill these values; ``entries`` makes Items
of them. A list is filled in the order of the document.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from wireroom.formats.item import Link, Moment, Place

#: What a text is written in: for eyes, or for browsers.
Writing = Literal["plain", "markup"]


@dataclass(slots=True)
class Prose:
    """A text with what is needed to understand it."""

    value: str = ""
    writing: Writing = "markup"
    #: What relative addresses in it are held against; empty: the document's.
    base: str = ""
    #: Where it stands instead, when it is not in the document.
    src: str = ""
    mime: str = ""
    #: A second summary: it may be the text itself, or a summary of it.
    second: bool = False


@dataclass(slots=True)
class Person:
    """Somebody as named in a feed."""

    name: str = ""
    email: str = ""
    href: str = ""


@dataclass(slots=True)
class Term:
    """A category."""

    term: str
    scheme: str = ""
    label: str = ""


@dataclass(slots=True)
class Medium:
    """A picture or another file, with what Media RSS says of it where it stands."""

    href: str = ""
    mime: str = ""
    medium: str = ""
    title: str = ""
    caption: str = ""
    credit: str = ""
    notice: str = ""
    terms: str = ""
    #: media:status, when it is not active: the file must not be used.
    canceled: bool = False
    default: bool = False
    thumbnail: bool = False
    width: int | None = None
    height: int | None = None
    size: int | None = None
    valid_from: Moment = None
    valid_until: Moment = None


@dataclass(slots=True)
class Span:
    """What bounds the use of an entry, as written."""

    embargoes: list[str] = field(default_factory=list)
    expiries: list[str] = field(default_factory=list)
    #: An expiry that forbids use, not only lowers interest.
    removes: bool = False


@dataclass(slots=True)
class Head:
    """What a feed, an entry and an entry's source all can say."""

    #: Ids by rank: what the dialect calls its id first.
    ids: dict[int, str] = field(default_factory=dict)
    #: RSS: the guid is an address too; None when it does not say.
    permalink: bool | None = None
    title: Prose | None = None
    summary: Prose | None = None
    link: str = ""
    #: A link that wins over ``link``: feedburner:origLink.
    origin: str = ""
    links: list[Link] = field(default_factory=list)
    authors: list[Person] = field(default_factory=list)
    contributors: list[Person] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    rights: str = ""
    license: str = ""
    publisher: str = ""
    language: str = ""
    #: Dates as written, by the name of the field they stood in.
    dates: dict[str, str] = field(default_factory=dict)
    media: list[Medium] = field(default_factory=list)
    #: What Media RSS says for all media below.
    shared: Medium | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Give the id of the highest rank, or nothing."""
        return self.ids[min(self.ids)] if self.ids else ""


@dataclass(slots=True)
class Entry(Head):
    """One entry of a feed."""

    contents: list[Prose] = field(default_factory=list)
    source: Head | None = None
    #: RSS: the title and address of the feed that it was taken from.
    source_title: str = ""
    span: Span | None = None
    withheld: bool = False
    places: list[Place] = field(default_factory=list)
    #: Why nothing can be made of it.
    broken: str = ""
    #: What it was read from: an element, or a value of JSON.
    origin_of: Any = None


@dataclass(slots=True)
class Tombstone:
    """An entry that was taken away (RFC 6721 section 3)."""

    ref: str
    when: str
    comment: str = ""
    by: str = ""


@dataclass(slots=True)
class Feed(Head):
    """A whole document."""

    format: str = ""
    entries: list[Entry] = field(default_factory=list)
    tombstones: list[Tombstone] = field(default_factory=list)
    complete: bool = False
    archive: bool = False
    ended: bool = False
    ttl: str = ""
    #: sy:updatePeriod and sy:updateFrequency.
    period: str = ""
    frequency: str = ""
    skip_hours: list[str] = field(default_factory=list)
    skip_days: list[str] = field(default_factory=list)
    hubs: list[str] = field(default_factory=list)
    #: JSON Feed's next_url.
    next_href: str = ""
    #: Authors of the feed are those of its entries (Atom, JSON Feed; not RSS).
    authors_inherit: bool = False
