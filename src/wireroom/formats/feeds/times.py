"""When an entry was made, and when it may be used."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from wireroom.formats.document import Arrival
from wireroom.formats.item import UNKNOWN, Moment
from wireroom.formats.values.dates import Read, embargo, moment

from .feed import Entry, Span

#: Fields that say when an entry was first made, the surest first.
CREATED: Final = (
    "published",
    "pubdate",
    "dcterms:issued",
    "dc:date",
    "created",
    "dcterms:created",
)
#: Fields that say when this version was made.
MADE: Final = ("updated", "dcterms:modified")
#: A provider's clock may be so much ahead; beyond it the version is numbered by ours.
AHEAD: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Times:
    """When: first, this version, and this version's number."""

    created: datetime
    made: datetime
    version: int


def when(entry: Entry, arrival: Arrival, notes: list[str]) -> Times:
    """Read an entry's times; what is absent or unreadable is when it was received."""
    created = _first(entry.dates, CREATED, arrival.zone, notes)
    made = _first(entry.dates, MADE, arrival.zone, notes)
    if created is None and made is None:
        notes.append("no date that can be read: time of receipt")
    made = made or created or arrival.received
    return Times(created or made, made, _number(made, arrival.received))


def version(said: str, arrival: Arrival, notes: list[str]) -> tuple[datetime, int]:
    """Read the one time of a tombstone, and the version's number that it gives."""
    read = moment(said, arrival.zone)
    if read.note:
        notes.append(read.note)
    made = read.at or arrival.received
    return made, _number(made, arrival.received)


def _number(made: datetime, received: datetime) -> int:
    return max(int((received if made > received + AHEAD else made).timestamp()), 0)


def _first(
    dates: dict[str, str], fields: tuple[str, ...], zone: tzinfo, notes: list[str]
) -> datetime | None:
    for field in fields:
        if said := dates.get(field):
            read = moment(said, zone)
            if read.note:
                notes.append(f"{field}: {read.note}")
            if read.at:
                return read.at
    return None


def bounds(span: Span, zone: tzinfo, notes: list[str]) -> tuple[Moment, Moment]:
    """Read what bounds an entry's use: not before, not after.

    Of two embargoes the later counts; one that cannot be read beats all: it holds. An
    expiry in the year 9999 is none. An embargo in no known zone cannot be read.
    """
    starts = [_bound(embargo(said, zone), notes) for said in span.embargoes]
    ends = [
        _bound(moment(said, zone), notes) for said in span.expiries if not said.startswith("9999")
    ]
    if len(set(starts)) > 1:
        notes.append("two embargoes that disagree: the later one, or unknown, counts")
    return _last(starts), _last(ends, earliest=True)


def _bound(read: Read, notes: list[str]) -> Moment:
    if read.note:
        notes.append(read.note)
    return read.at or UNKNOWN


def _last(moments: list[Moment], *, earliest: bool = False) -> Moment:
    known = [one for one in moments if isinstance(one, datetime)]
    if len(known) < len(moments):
        return UNKNOWN
    if not known:
        return None
    return min(known) if earliest else max(known)
