"""What both formats have in common: a message's parts to an Item, and a document of messages."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from wireroom.formats.bound import bounded
from wireroom.formats.document import Arrival, Document, Rejected
from wireroom.formats.errors import Unreadable
from wireroom.formats.feeds.entries import KEPT
from wireroom.formats.item import UNKNOWN, Item, Kind, Signal
from wireroom.formats.ninjs.words import first_sentence
from wireroom.formats.values.statuses import NORMAL

from .heads import Heads, forbids, kind_of
from .lines import dateline, seems_contact, written
from .messages import Message, messages
from .trailer import sent

#: Why each item waits for a person.
NO_ID: Final = "its format has no safe id"
FORBIDS: Final = "words above its text seem to take it back"
#: Priorities as letters; which of b and u is the higher differs by agency.
LETTERS: Final = {"f": 1, "b": 2, "u": 3, **dict.fromkeys("rz", 5), **dict.fromkeys("dhas", 7)}
REPEAT: Final = "y"
_CYCLE: Final = re.compile(r"^(?:am|pm|bc)s?-", re.IGNORECASE)
_NO_NAME: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a reader makes of a message."""

    #: ``iptc7901`` or ``anpa``: what ids begin with.
    format: str
    service: str
    number: str
    priority: str
    slugline: str
    #: What names the story on its day: the slug without cycle and version; may be empty.
    keyword: str
    keywords: tuple[str, ...]
    heads: Heads
    blocks: list[tuple[str, str]]
    contacts: str
    kind: Kind | None = None
    signal: Signal = ""
    #: The number of a later take, which goes after an earlier one; 0 for a first or whole text.
    take: int = 0


Reader = Callable[[Message, Arrival], Parts]


def document(raw: bytes, arrival: Arrival, name: str, read: Reader) -> Document:
    """Read the messages of a document; each that is broken is rejected by itself.

    Raises:
        Unreadable: It holds no message, or its only one cannot be read.
    """
    items: list[Item] = []
    rejected: list[Rejected] = []
    takes: dict[str, list[Item]] = {}
    for position, message in enumerate(messages(raw, arrival.charset)):
        try:
            parts = _parts(message, arrival, read)
            made = item(parts, message, arrival)
        except Unreadable as error:
            rejected.append(
                Rejected(position=position, name="", reason=str(error), raw=message.raw[:KEPT])
            )
            continue
        if parts.take and parts.keyword:
            takes.setdefault(_first_take(made.guid), []).append(made)
        else:
            items.append(made)
    if takes:
        items = _joined(items, takes)
    if not items and len(rejected) < 2:  # noqa: PLR2004 (two make a list)
        raise Unreadable(rejected[0].reason if rejected else "it holds no message")
    return Document(format=name, items=tuple(items), rejected=tuple(rejected))


def traced(raw: bytes, arrival: Arrival, read: Reader) -> Iterator[tuple[Item, bytes]]:
    """Yield each item that can be read, with its bytes."""
    for message in messages(raw, arrival.charset):
        with suppress(Unreadable):
            yield item(_parts(message, arrival, read), message, arrival), message.raw


def _parts(message: Message, arrival: Arrival, read: Reader) -> Parts:
    if message.broken:
        raise Unreadable(message.broken)
    return read(message, arrival)


def item(parts: Parts, message: Message, arrival: Arrival) -> Item:
    """Make an Item of a message's parts.

    Raises Unreadable when it has no words.
    """
    heads = parts.heads
    notes = [*message.notes, *heads.notes]
    forbids_in_slug = Heads()
    if forbids(parts.slugline, forbids_in_slug):
        notes += forbids_in_slug.notes
    at = sent(message.trailer, arrival.zone, notes)
    if at is None:
        notes.append("no time that can be read after its end: time of receipt")
    day = (at or arrival.received).astimezone(arrival.zone).date().isoformat()
    body, text = written(parts.blocks)
    headline = heads.headline or first_sentence(text, notes)
    if not headline:
        raise Unreadable("it has no words")
    if not parts.contacts and seems_contact(parts.blocks):
        notes.append("its last paragraphs seem to be contacts")
    kills = heads.kills or forbids_in_slug.kills
    words, place = dateline(text)
    made = Item(
        guid=_guid(parts, day),
        version=_version(at, arrival),
        kind=parts.kind or kind_of(parts.keyword) or heads.kind,
        signal=heads.signal or parts.signal,
        headline=headline,
        body=body,
        text=text,
        urgency=_urgency(parts.priority, notes),
        dateline=words,
        located=place,
        byline=heads.byline,
        ednote="\n\n".join(dict.fromkeys(filter(None, (*heads.ednotes, parts.contacts)))),
        slugline=parts.slugline,
        embargo=UNKNOWN if heads.embargo or forbids_in_slug.embargo else None,
        first_created=at or arrival.received,
        version_created=at or arrival.received,
        keywords=tuple(dict.fromkeys(filter(None, parts.keywords))),
        aliases=_aliases(parts, day),
        for_desk=f"{NO_ID}; {FORBIDS}" if kills else NO_ID,
        notes=tuple(dict.fromkeys(notes)) if notes else (),
    )
    return bounded(made)


def keyword(slug: str) -> str:
    """Give what names a story in a slug: small letters, no cycle, one hyphen between words."""
    return _NO_NAME.sub("-", _CYCLE.sub("", slug.strip()).lower()).strip("-")


def _guid(parts: Parts, day: str) -> str:
    """Name a story by service, keyword and day; numbers begin anew each day."""
    named = parts.keyword or parts.number
    later = f":take-{parts.take}" if parts.take else ""
    return f"{parts.format}:{parts.service}:{day}:{named}{later}"


def _first_take(guid: str) -> str:
    return guid.rpartition(":take-")[0]


def _aliases(parts: Parts, day: str) -> tuple[str, ...]:
    return (f"{parts.format}:{parts.service}:{day}:{parts.number}",) if parts.keyword else ()


def _joined(items: list[Item], takes: dict[str, list[Item]]) -> list[Item]:
    """Put later takes after the first one, where that stands in the same document."""
    made: list[Item] = []
    last = {one.guid: place for place, one in enumerate(items)}
    for place, one in enumerate(items):
        later = takes.pop(one.guid, []) if last[one.guid] == place else []
        if not later:
            made.append(one)
            continue
        several = sorted(later, key=lambda other: (len(other.guid), other.guid))
        notes = (*one.notes, f"{len(several)} later takes put after it")
        body = "".join((one.body, *(other.body for other in several)))
        text = "\n\n".join((one.text, *(other.text for other in several)))
        aliases = (*one.aliases, *(name for other in several for name in other.aliases))
        made.append(bounded(replace(one, body=body, text=text, aliases=aliases, notes=notes)))
    for several in takes.values():
        for one in several:
            note = f"a later take of {_first_take(one.guid)}, to be put after it"
            made.append(replace(one, notes=(*one.notes, note)))
    return made


def _urgency(priority: str, notes: list[str]) -> int:
    """Give the urgency of a priority: a digit from 1, or a letter."""
    said = priority.lower()
    if said.isascii() and said.isdigit() and said != "0":
        return int(said)
    if said in LETTERS:
        return LETTERS[said]
    if said and said != REPEAT:
        notes.append(f"the priority is none we know: {priority}")
    return NORMAL


def _version(at: datetime | None, arrival: Arrival) -> int:
    made = min(at, arrival.received) if at else arrival.received
    return max(int(made.timestamp()), 0)
