"""What decides a story's life: status, embargo, version, kind, signal."""

import re
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from wireroom.formats.document import Arrival
from wireroom.formats.item import (
    UNKNOWN,
    USABLE,
    WITHHELD,
    Kind,
    Moment,
    Pubstatus,
    Signal,
)
from wireroom.formats.values.dates import embargo
from wireroom.formats.values.statuses import FOR_EDITORS, STATUSES, STRICTNESS, word

from .fields import NEVER, Fields, quoted

KINDS: Final[dict[str, Kind]] = {
    "text": "story",
    "picture": "picture",
    "graphic": "picture",
    "audio": "other",
    "video": "other",
    "component": "other",
    "composite": "package",
    "event": "planning",
    "planning": "planning",
}
SIGNALS: Final[dict[str, Signal]] = {
    "correction": "correction",
    "corrective": "correction",
    "clarification": "correction",
    "refile": "refile",
    "repeat": "repeat",
    "update": "update",
    "writethru": "update",
    "lead": "update",
}
#: More than one: the first of these counts.
RANK: Final[tuple[Signal, ...]] = ("correction", "refile", "repeat", "update")
#: How an editorial note begins that says what the version is; ninjs has no other place.
NOTED: Final[tuple[tuple[re.Pattern[str], Signal], ...]] = (
    (re.compile(r"(?:eds?|editors?)?\W*correct(?:ion|ive|ed|s)\b", re.IGNORECASE), "correction"),
    (re.compile(r"(?:eds?|editors?)?\W*refil(?:e|ed|es|ing)\b", re.IGNORECASE), "refile"),
    (re.compile(r"(?:eds?|editors?)?\W*(?:repeat|resend|resent)", re.IGNORECASE), "repeat"),
    (re.compile(r"(?:eds?|editors?)?\W*(?:update[ds]?\b|writethru)", re.IGNORECASE), "update"),
)
#: A version: digits, that may be followed by a zero part.
DIGITS: Final = re.compile(r"([vV]?)(\d{1,18})(?:\.0+)?")
#: What most items say.
ORDINARY: Final = [USABLE]
#: What is no letter of a coded word.
_OTHERS: Final = re.compile(r"[^a-z]")
#: A time of the provider's that lies farther ahead of ours counts as ours.
AHEAD: Final = timedelta(minutes=10)


class Order(NamedTuple):
    """Where an item stands among the versions of its guid."""

    version: int
    numbered: bool
    first_created: datetime | None
    version_created: datetime | None


def status(fields: Fields) -> tuple[Pubstatus, Moment]:
    """Give the status and the embargo; what cannot be read holds."""
    stated = fields.all("pubstatus")
    if stated == ORDINARY and not fields.all("embargoed", "embargoeduntil"):
        return USABLE, None
    said = [_status(value, fields) for value in stated if value != ""]
    words = {one for one, _ in said}
    strictest: Pubstatus = next((one for one in STRICTNESS if one in words), USABLE)
    embargoes = fields.bounds("embargoed", "embargoeduntil", read=embargo)
    if any(embargoed for _, embargoed in said) and not embargoes:
        fields.notes.append("the status is embargoed, and no date says until when")
        embargoes = [UNKNOWN]
    if len(set(embargoes)) > 1:
        fields.notes.append("two embargoes disagree: the later one counts")
    return strictest, _last(embargoes)


def expiry(fields: Fields) -> Moment:
    """Give the moment after which the item is no longer of interest: the earliest stated."""
    if "expires" not in fields:
        return None
    found = [
        one
        for one, said in zip(fields.bounds("expires"), fields.all("expires"), strict=True)
        if not (isinstance(said, str) and said.startswith(NEVER))
    ]
    known = [one for one in found if isinstance(one, datetime)]
    return UNKNOWN if len(known) < len(found) else min(known, default=None)


def order(fields: Fields, arrival: Arrival) -> Order:
    """Give version and times."""
    created = fields.instant("versioncreated")
    if created is None:
        fields.notes.append("no versioncreated that can be read: time of receipt")
    number = _version(fields)
    if number is None:
        made = created or arrival.received
        if made > arrival.received + AHEAD:
            fields.notes.append("versioncreated lies ahead: the version counts from the receipt")
            made = arrival.received
    return Order(
        version=int(made.timestamp()) if number is None else number,
        numbered=number is not None,
        first_created=fields.instant("firstcreated") or created or arrival.received,
        version_created=created or arrival.received,
    )


def kind(fields: Fields) -> Kind:
    """Say what the item is: a story, or something that never becomes one."""
    for said in _words(fields, "genre", "genres", "profile", "signal", "signals"):
        if found := FOR_EDITORS.get(said):
            return found
    if "eventdetails" in fields or "plannedcoverage" in fields:
        return "planning"
    named = fields.text("type").lower()
    if named and named not in KINDS:
        fields.notes.append(f"type is no type of ninjs: {quoted(named)}")
        return "other"
    found = KINDS.get(named, "story")
    if found == "other":
        fields.notes.append(f"an item of type {named} is no story")
    return found


def signal(fields: Fields, ednote: str) -> Signal:
    """Say what a version is to the one before, where the document says so."""
    said = {SIGNALS[one] for one in _words(fields, "signal", "signals") if one in SIGNALS}
    for pattern, meaning in NOTED if ednote else ():
        if pattern.match(ednote):
            said.add(meaning)
            break
    return next((one for one in RANK if one in said), "")


def _status(value: object, fields: Fields) -> tuple[Pubstatus, bool]:
    """Read one status: what it is, and whether it speaks of an embargo."""
    if not isinstance(value, str):
        fields.notes.append(f"pubstatus is no word, so the item is withheld: {quoted(value)}")
        return WITHHELD, False
    said = word(value.strip().rstrip("/")).strip()
    if not said:
        return USABLE, False
    if said not in STATUSES:
        fields.notes.append(f"pubstatus is unknown, so the item is withheld: {quoted(value)}")
        return WITHHELD, False
    if value != said or said == "cancelled":
        fields.notes.append(f"pubstatus {quoted(value)} read as {STATUSES[said]}")
    return STATUSES[said], said == "embargoed"


def _version(fields: Fields) -> int | None:
    """Give the version's number; None when it has none."""
    value = fields.first("version")
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    said = DIGITS.fullmatch(str(value).strip())
    if isinstance(value, bool) or said is None:
        fields.notes.append(f"version is no number, so the time counts: {quoted(value)}")
        return None
    if said[1] or not isinstance(value, str):
        fields.notes.append(f"version {quoted(value)} read as {int(said[2])}")
    return int(said[2])


def _last(moments: list[Moment]) -> Moment:
    """Give the latest of several; one that is unknown is later than any."""
    known = [one for one in moments if isinstance(one, datetime)]
    return UNKNOWN if len(known) < len(moments) else max(known, default=None)


def _words(fields: Fields, *names: str) -> set[str]:
    """Give the words of coded properties, small, without scheme and marks."""
    found: set[str] = set()
    for one in fields.objects(*names):
        for value in one.all("name", "code", "literal", "uri", "qcode"):
            if isinstance(value, str):
                found.add(_OTHERS.sub("", word(value)))
    return found
