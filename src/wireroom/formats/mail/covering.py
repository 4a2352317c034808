"""What the words of a mail ask for the documents that it brings: that a person sees them first.

They have no field for a status, an embargo or an id, so they kill nothing and change no other
story; what a document says of itself stays, and the stricter of both holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from wireroom.formats.bodies.text import seen
from wireroom.formats.item import UNKNOWN, USABLE, Item
from wireroom.formats.teletype.heads import Heads, forbids

from .headers import header
from .letters import Letter
from .story import for_editors, lines_above, without_tail

EMBARGO: Final = "words of the mail that brought it seem to embargo it"
KILL: Final = "words of the mail that brought it seem to take it back"
EDITORS: Final = "the mail that brought it says that it is for editors"
#: Characters of a line that a note quotes.
QUOTED: Final = 100


@dataclass(frozen=True, slots=True)
class Covering:
    """What a mail, and those that it came in, say of what they bring."""

    #: Why a person must see it before readers do; empty when nobody must.
    reasons: tuple[str, ...] = ()
    #: The words that say so.
    notes: tuple[str, ...] = ()


NONE: Final = Covering()


def covering(letter: Letter, above: Covering) -> Covering:
    """Judge a mail's subject and texts, under the mails that it came in."""
    subject = header(letter.message, "subject")
    found = [(EDITORS, subject)] if for_editors(subject) else []
    for text in ["", *(without_tail(one, [])[1] for one in letter.texts)]:
        for line in lines_above(subject, text):
            heads = Heads()
            if forbids(line, heads):
                found.append((EMBARGO if heads.embargo else KILL, line))
    if not found:
        return above
    reasons = (*above.reasons, *(reason for reason, _ in found))
    notes = (*above.notes, *(seen(f"{reason}: {line[:QUOTED]}") for reason, line in found))
    return Covering(tuple(dict.fromkeys(reasons)), tuple(dict.fromkeys(notes)))


def covered(item: Item, said: Covering, received: datetime) -> Item:
    """Let an item wait for a person, where the mails that brought it ask so.

    One that its agency cancels or withholds does so all the same. An embargo that is not over
    when the mail is received stays the item's own.
    """
    if not said.reasons:
        return item
    notes = tuple(dict.fromkeys((*item.notes, *said.notes)))
    if item.pubstatus != USABLE:
        return replace(item, notes=notes)
    asked = _strictly(item.for_desk, said.reasons)
    own = replace(item, for_desk=asked, notes=notes)
    known = isinstance(item.embargo, datetime) and item.embargo > received
    if EMBARGO not in said.reasons or known:
        return own
    carries = (*dict.fromkeys((*item.carries, "embargo")),) if item.patch else item.carries
    return replace(own, embargo=UNKNOWN, carries=carries)


def _strictly(own: str, reasons: Sequence[str]) -> str:
    return "; ".join(filter(None, (own, *reasons)))
