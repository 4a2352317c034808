"""What words of the IPTC say of an item in XML: its status, its kind, its urgency."""

import re
from typing import Final

from wireroom.formats.item import USABLE, WITHHELD, Kind, Pubstatus
from wireroom.formats.ninjs.about import NORMAL, URGENCIES
from wireroom.formats.ninjs.fields import word
from wireroom.formats.ninjs.status import FOR_EDITORS, STATUSES, STRICTNESS

#: How much of a doubtful value a note quotes.
QUOTED: Final = 60


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
