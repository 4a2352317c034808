"""What names a document, and the story it is of (NITF 3.6: ``doc-id``, ``du-key``, ``nitf/@uno``).

A du-key is unique to a story for a time that the provider fixes, a day as a rule, and is
used again after it: so it names a story together with the day of issue, as the document's
own clock has it. A key that is the document's uno, too, which is universal, needs no day. The
doc-id may change with every transmission.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import USABLE
from wireroom.formats.providers.quirks import Quirk
from wireroom.formats.values.statuses import read_status

from .paper import Paper

_DAY: Final = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})")
_DIGITS: Final = re.compile(r"\s*[vV]?(\d{1,18})(?:\.0+)?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What names an item, and its number among those of one name."""

    guid: str
    aliases: tuple[str, ...]
    #: None where only its time orders it.
    number: int | None


def named(paper: Paper, arrival: Arrival, quirk: Quirk, issued: str) -> Named:
    """Name a document.

    Raises Unreadable when nothing names it, and it says nothing of another document.
    """
    uno = paper.root.get("uno", "").strip()
    keys = paper.said("du-key", "key")
    names = [one if one == uno else _scoped(one, issued, arrival.received) for one in keys]
    for one in (*paper.said("doc-id", "id-string"), uno):
        if one:
            names += (quirk.lasting(one), one)
    if not names and not others(paper):
        raise Unreadable("it has no doc-id, no du-key and no uno")
    if not names:  # a message about another document need not be found again
        digest = hashlib.sha256(etree.tostring(paper.root, with_tail=False)).hexdigest()
        names = [f"sha256:{digest}"]
        paper.notes.append("nothing names this message: its bytes do")
    aliases = [*names[1:], *_earlier(paper, quirk), *_sequences(paper, issued, arrival.received)]
    return Named(
        guid=names[0],
        aliases=tuple(dict.fromkeys(one for one in aliases if one != names[0])),
        number=_number(paper) if keys else None,
    )


def others(paper: Paper) -> list[str]:
    """Give the other documents whose status this one names."""
    own = {*paper.said("doc-id", "id-string"), (paper.root.get("uno") or "").strip()}
    return [
        one
        for one in paper.said("docdata", "management-doc-idref")
        if one not in own and paper.first("docdata", "management-idref-status")
    ]


def _earlier(paper: Paper, quirk: Quirk) -> list[str]:
    """Give the ids of earlier documents of the same story: what this one updates or corrects."""
    found = paper.said("correction", "id-string")
    if updated := paper.said("docdata", "management-doc-idref"):
        status = paper.first("docdata", "management-idref-status")
        if not status or read_status(status, "", [])[0] == USABLE:
            found += updated
    return [name for one in found for name in (quirk.lasting(one), one)]


def _sequences(paper: Paper, issued: str, received: datetime) -> list[str]:
    """Give the number that the wire counted it with, which begins anew each day."""
    return [
        f"anpa-sequence:{said}:{_day(issued, received)}"
        for one in paper.head("meta")
        if one.get("name", "").strip().lower() == "anpa-sequence"
        and (said := one.get("content", "").strip())
    ]


def _scoped(key: str, issued: str, received: datetime) -> str:
    """Name a story by its key and the day on which the key is used."""
    return f"du-key:{key}:{_day(issued, received)}"


def _day(issued: str, received: datetime) -> str:
    day = _DAY.match(issued)
    return "-".join(day.groups()) if day else received.date().isoformat()


def _number(paper: Paper) -> int | None:
    """Give the generation of a du-key, else its version."""
    for attribute in ("generation", "version"):
        said = paper.first("du-key", attribute)
        if found := _DIGITS.fullmatch(said):
            if said.strip() != found[1]:
                paper.notes.append(f"du-key {attribute} {said[:60]!r} read as {int(found[1])}")
            return int(found[1])
        if said:
            paper.notes.append(
                f"du-key {attribute} is no number, so the time counts: {said[:60]!r}"
            )
    return None
