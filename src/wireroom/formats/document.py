"""What a reader is told about a document, and what it gives back."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from .item import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How a document came: all a reader may know beside the bytes."""

    #: When we received it; stands in for times the document lacks.
    received: datetime
    #: Where it was fetched from; relative links are resolved against it.
    address: str = ""
    #: Charset named by the transport (HTTP Content-Type), if any.
    charset: str = ""
    #: For times without a zone.
    zone: tzinfo = UTC
    #: For items that do not name their language.
    language: str = ""
    #: The provider's name; keys the table of quirks.
    provider: str = ""
    #: Its channel, as the shell names it; empty where it came by none.
    channel: str = ""
    #: Whose mail that channel takes: addresses, and domains after ``@``; empty: everybody's.
    senders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a document says about itself as a channel: its pace, pages and hubs."""

    title: str = ""
    link: str = ""
    language: str = ""
    self_href: str = ""
    hubs: tuple[str, ...] = ()
    next_href: str = ""
    previous_archive: str = ""
    current_href: str = ""
    #: ``fh:complete``: what is absent from the document is gone (RFC 5005, section 2).
    complete: bool = False
    #: ``fh:archive``: this page will not change again (RFC 5005, section 4).
    archive: bool = False
    #: Seconds between polls that the document asks for; None when it does not say.
    interval: int | None = None
    #: Hours (0-23, GMT) and days (0 Monday) in which the document asks not to be polled.
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    #: The feed is over and will not change again (JSON Feed ``expired``).
    ended: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """One item of a document that could not be read: goes to quarantine."""

    #: Its place in the document, from 0.
    position: int
    #: What names it best: an id, a link, a title; may be empty.
    name: str
    reason: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What one document holds: good items, bad items, and what it says of itself."""

    format: str
    items: tuple[Item, ...] = ()
    rejected: tuple[Rejected, ...] = field(default=())
    hints: Hints = Hints()
    #: True for formats whose documents are lists of items that come and go (feeds).
    is_list: bool = False
