"""What decides a story's life: status, embargo, expiry, kind, signal, order (``itemMeta``)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from wireroom.formats.document import Arrival
from wireroom.formats.item import UNKNOWN, Kind, Moment, Pubstatus, Signal
from wireroom.formats.ninjs.status import DIGITS, KINDS, RANK, SIGNALS
from wireroom.formats.providers.agencies import Agency
from wireroom.formats.values.dates import embargo
from wireroom.formats.values.moments import NEVER, counted, earliest, latest, read_bound, read_time
from wireroom.formats.values.statuses import QUOTED, for_editors, read_status, strictest, word_of

from .sheet import Sheet

#: What is no story, whatever stands in it.
_ROOTS: Final[dict[str, Kind]] = {
    "packageItem": "package",
    "conceptItem": "other",
    "knowledgeItem": "other",
    "catalogItem": "other",
    "planningItem": "planning",
}
#: Signals that a person should know of.
_TOLD: Final = frozenset({"cwarn", "singlesource", "explicitcontent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Where an item stands among the versions of its guid."""

    version: int
    numbered: bool
    first_created: datetime
    version_created: datetime


def status(sheet: Sheet, arrival: Arrival) -> tuple[Pubstatus, Moment]:
    """Give the status and the embargo; what cannot be read holds."""
    notes = sheet.notes
    said = [
        read_status(word, "pubStatus", notes)
        for one in sheet.meta("pubStatus")
        for word in sheet.codes.words([one]) or [sheet.called(one)]
    ]
    starts = [
        read_bound(sheet.words(one), arrival.zone, "embargoed", notes, read=embargo)
        for one in sheet.meta("embargoed")
    ]
    if any(embargoed for _, embargoed in said) and not starts:
        notes.append("the status is embargoed, and no date says until when")
        starts = [UNKNOWN]
    return strictest({one for one, _ in said}), latest(starts, notes)


def expires(sheet: Sheet, arrival: Arrival) -> Moment:
    """Give the moment after which it is no longer of interest: the earliest stated."""
    said = [words for one in sheet.meta("expires") if (words := sheet.words(one))]
    return earliest(
        [
            read_bound(one, arrival.zone, "expires", sheet.notes)
            for one in said
            if not one.startswith(NEVER)
        ]
    )


def order(sheet: Sheet, arrival: Arrival) -> Order:
    """Give version and times; without a version it is the first."""
    notes, zone = sheet.notes, arrival.zone

    def at(of: Callable[[str], list[etree._Element]], name: str) -> datetime | None:
        said = sheet.first(of(name))
        return read_time(said, zone, name, notes) if said else None

    created = at(sheet.about, "contentCreated")
    made = at(sheet.meta, "versionCreated") or at(sheet.about, "contentModified") or created
    if made is None:
        notes.append("no time of the version that can be read: time of receipt")
        made = arrival.received
    number = _version(sheet)
    return Order(
        version=counted(made, arrival.received, notes) if number is None else number,
        numbered=number is not None,
        first_created=at(sheet.meta, "firstCreated") or created or made,
        version_created=made,
    )


def kind(sheet: Sheet, agency: Agency) -> Kind:
    """Say what the item is: a story, or something that never becomes one."""
    notes, codes = sheet.notes, sheet.codes
    root = sheet.name(sheet.root)
    if root in _ROOTS and root != "packageItem":
        notes.append(f"a {root} is no story")
        return _ROOTS[root]
    genres, signals = sheet.about("genre"), sheet.meta("signal")
    for element in (*genres, *signals, *sheet.meta("service")) if agency.kinds else ():
        for one in codes.concepts(element):
            if own := agency.kinds.get(one.said):
                notes.append(f"{one.said} says: {own}")
                return own
    words = [*codes.words([*genres, *signals]), *map(sheet.called, genres)]
    words += sheet.said(sheet.meta("profile"))
    if words and (told := for_editors(words)):
        return told
    if root == "packageItem":
        return "package"
    classes = [word_of(one) for one in codes.words(sheet.meta("itemClass"))]
    if not classes:
        notes.append("it has no itemClass: taken for a text")
        return "story"
    found: Kind = next((KINDS[one] for one in classes if one in KINDS), "other")
    if found == "other":
        notes.append(f"an item of class {classes[0]} is no story")
    return found


def signal(sheet: Sheet) -> Signal:
    """Say what a version is to the one before, where the document says so."""
    said = set(map(word_of, sheet.codes.words(sheet.meta("signal"))))
    for each in sheet.top("contentSet"):
        for one in each:
            if sheet.name(one) and (deeper := sheet.children(one, "signal")):
                said |= _TOLD.intersection(map(word_of, sheet.codes.words(deeper)))
    if not said:
        return ""
    sheet.notes.extend(f"the agency signals {one}" for one in sorted(said & _TOLD))
    found = {SIGNALS[one] for one in said if one in SIGNALS}
    return next((one for one in RANK if one in found), "")


def _version(sheet: Sheet) -> int | None:
    """Give the version's number, 1 where none is stated; None where it is no number."""
    said = sheet.root.get("version")
    if said is None:
        return 1
    found = DIGITS.fullmatch(said.strip())
    if found is None:
        sheet.notes.append(f"version is no number, so the time counts: {said[:QUOTED]!r}")
        return None
    if found[0] != found[2]:
        sheet.notes.append(f"version {said[:QUOTED]!r} read as {int(found[2])}")
    return int(found[2])
