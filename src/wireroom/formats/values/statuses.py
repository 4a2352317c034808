"""What words of the IPTC say of an item: its status, its kind, its urgency."""

import re
from typing import Final

from wireroom.formats.item import CANCELED, USABLE, WITHHELD, Kind, Pubstatus

#: How much of a doubtful value a note quotes.
QUOTED: Final = 60
#: The provider's words; the stricter of two that disagree wins.
STATUSES: Final[dict[str, Pubstatus]] = {
    "usable": USABLE,
    "embargoed": USABLE,
    "withheld": WITHHELD,
    "canceled": CANCELED,
    "cancelled": CANCELED,
}
STRICTNESS: Final[tuple[Pubstatus, ...]] = (CANCELED, WITHHELD, USABLE)
#: What a genre, profile or signal may say: the item is for editors.
FOR_EDITORS: Final[dict[str, Kind]] = {
    "advisory": "advisory",
    "advisories": "advisory",
    "editorialadvisory": "advisory",
    "notetoeditors": "advisory",
    "daybook": "planning",
    "budget": "planning",
    "newsbudget": "planning",
    "diary": "planning",
    "planning": "planning",
    "schedule": "planning",
    "test": "test",
    "testmessage": "test",
}
URGENCIES: Final = range(1, 10)
#: What an item has that says nothing about it.
NORMAL: Final = 5
#: What ends the scheme of a coded word.
_SCHEME: Final = re.compile(r"[:/#]")


def word(said: str) -> str:
    """Give a coded word in small letters, without its scheme; most have none."""
    small = said.lower()
    return small if small.isalpha() else _SCHEME.split(small)[-1]


def read_status(said: str, where: str, notes: list[str]) -> tuple[Pubstatus, bool]:
    """Read a status: what it is, and whether it speaks of an embargo; what is unknown withholds."""
    found = word(said.strip().rstrip("/")).strip()
    if not found:
        return USABLE, False
    if found not in STATUSES:
        notes.append(f"{where} is unknown, so the item is withheld: {said[:QUOTED]!r}")
        return WITHHELD, False
    if said.strip().lower() != found or found == "cancelled":
        notes.append(f"{where} {said[:QUOTED]!r} read as {STATUSES[found]}")
    return STATUSES[found], found == "embargoed"


def strictest(statuses: set[Pubstatus]) -> Pubstatus:
    """Give the strictest of several statuses."""
    return next((one for one in STRICTNESS if one in statuses), USABLE)


def word_of(said: str) -> str:
    """Bring a coded word to one form: small letters alone, without its scheme."""
    return re.sub(r"[^a-z]", "", word(said.strip().rstrip("/")))


def for_editors(said: list[str]) -> Kind | None:
    """Say what words of a type make of an item: an advisory, a plan, a test; None: nothing."""
    words = (word_of(one) for one in said)
    return next((FOR_EDITORS[one] for one in words if one in FOR_EDITORS), None)


def read_urgency(said: str, notes: list[str]) -> int:
    """Read an urgency: 1 to 9, 5 when it is none of these."""
    said = said.strip()
    if not said:
        return NORMAL
    if said.isascii() and said.isdigit() and int(said[:9]) in URGENCIES:
        return int(said[:9])
    notes.append(f"urgency is not 1 to 9: {said[:QUOTED]!r}")
    return NORMAL
