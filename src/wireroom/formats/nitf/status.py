"""What decides a story's life: status, embargo, expiry, kind, signal (NITF 3.6: ``docdata``)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wireroom.formats.document import Arrival
from wireroom.formats.item import UNKNOWN, USABLE, WITHHELD, Act, Kind, Moment, Pubstatus, Signal
from wireroom.formats.providers.quirks import Quirk
from wireroom.formats.values.dates import embargo
from wireroom.formats.values.moments import NEVER, counted, earliest, latest, read_bound, read_time
from wireroom.formats.values.statuses import for_editors, read_status, strictest

from .identity import Named, others
from .paper import Paper

#: A document that says so of another may be its update, or only a word about it.
USABLE_AGAIN: Final = "it says that another document is usable: a newer text of it, or a message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What a document says of its own life, and of others'."""

    pubstatus: Pubstatus
    embargo: Moment
    expires: Moment
    acts_on: tuple[Act, ...]
    kind: Kind
    for_desk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Where an item stands among the versions of its guid."""

    version: int
    numbered: bool
    version_created: datetime
    first_created: datetime


def dated(paper: Paper, name: str) -> list[str]:
    """Give the dates of one sort as written, in the attribute or, in the wild, in the element."""
    return [
        said
        for one in paper.head(name)
        if (said := one.get("norm", "").strip() or paper.words(one))
    ]


def inner(paper: Paper, arrival: Arrival) -> tuple[Pubstatus, Moment, Kind]:
    """Give status, embargo and kind of a document that stands inside another format's item."""
    said = [
        read_status(one, "management-status", paper.notes)
        for one in paper.said("docdata", "management-status")
    ]
    pubstatus = strictest({one for one, _ in said})
    return pubstatus, _embargo(paper, arrival, said), _kind(paper, silent=False)


def life(paper: Paper, arrival: Arrival, quirk: Quirk, named: Named, *, silent: bool) -> Life:
    """Say what becomes of the document, and what it does to others; ``silent``: it has no text."""
    said = [
        read_status(one, "management-status", paper.notes)
        for one in paper.said("docdata", "management-status")
    ]
    acts, of_itself = _acts(paper, quirk, named)
    until = _embargo(paper, arrival, said)
    uncertain = until == UNKNOWN and any(embargoed for _, embargoed in said)
    message = bool(acts) and (silent or any(act.pubstatus != USABLE for act in acts))
    return Life(
        pubstatus=strictest({of_itself, *(one for one, _ in said)}),
        embargo=until,
        expires=_expires(paper, arrival, uncertain=uncertain),
        acts_on=acts,
        kind="advisory" if message else _kind(paper, silent=silent),
        for_desk=USABLE_AGAIN if acts and not message else "",
    )


def order(paper: Paper, arrival: Arrival, named: Named, issued: str) -> Order:
    """Give version and times: by the number of the du-key, else by the date of issue."""
    zone, notes = arrival.zone, paper.notes
    made = read_time(issued, zone, "date.issue", notes)
    if made is None:
        published = paper.first("pubdata", "date.publication")
        made = read_time(published, zone, "date.publication", notes)
    if made is None:
        notes.append("no date of issue that can be read: time of receipt")
        made = arrival.received
    number = named.number
    return Order(
        version=counted(made, arrival.received, notes) if number is None else number,
        numbered=number is not None,
        version_created=made,
        first_created=made,
    )


def signal(paper: Paper) -> Signal:
    """Say what a version is to the one before, where the document says so."""
    if paper.head("correction"):
        return "correction"
    return "update" if paper.first("docdata", "management-doc-idref") else ""


def _embargo(paper: Paper, arrival: Arrival, said: list[tuple[Pubstatus, bool]]) -> Moment:
    """Give the date of release; embargoed without one, nobody knows until when."""
    starts = [
        read_bound(one, arrival.zone, "date.release", paper.notes, read=embargo)
        for one in dated(paper, "date.release")
    ]
    if starts:
        return latest(starts, paper.notes)
    if any(embargoed for _, embargoed in said):
        paper.notes.append("the status is embargoed, and no date says until when")
        return UNKNOWN
    return None


def _acts(paper: Paper, quirk: Quirk, named: Named) -> tuple[tuple[Act, ...], Pubstatus]:
    """Say what the document does to others, and to itself where the id it names is its own."""
    said = paper.first("docdata", "management-idref-status")
    if not said:
        return (), USABLE
    status, embargoed = read_status(said, "management-idref-status", paper.notes)
    if embargoed:
        paper.notes.append("the other document is embargoed, nobody knows until when: withheld")
        status = WITHHELD
    targets = others(paper)
    if targets:
        acts = (Act(guid=quirk.lasting(one), pubstatus=status) for one in targets)
        kept = tuple(act for act in acts if act.guid != named.guid)
        return kept, USABLE if kept else status  # an earlier version of itself is itself
    if paper.said("docdata", "management-doc-idref"):  # it names itself
        return (), status
    paper.notes.append("a status of another document, and nothing says of which")
    return (), USABLE if status == USABLE else WITHHELD


def _expires(paper: Paper, arrival: Arrival, *, uncertain: bool) -> Moment:
    """Give the moment after which the document has no validity."""
    said = [one for one in dated(paper, "date.expire") if not one.startswith(NEVER)]
    if said and uncertain:
        # Known writers put the end of an embargo there.
        paper.notes.append("embargoed without a date of release: date.expire is not believed")
        return None
    return earliest([read_bound(one, arrival.zone, "date.expire", paper.notes) for one in said])


def _kind(paper: Paper, *, silent: bool) -> Kind:
    """Say what the document is: a story, or something that never becomes one."""
    words = paper.said("tobject", "tobject.type")
    words += paper.said("tobject.property", "tobject.property.type")
    words += paper.said("ed-msg", "msg-type")
    if silent and any(one.get("type") == "npa" for one in paper.front("note")):
        words.append("advisory")  # a note that may not be published is all it has
    return (for_editors(words) if words else None) or "story"
