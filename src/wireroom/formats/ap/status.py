"""What decides a story's life: signals, pubstatus, editorialtypes (AP, Publishable Content)."""

from typing import Final

from wireroom.formats.item import UNKNOWN, USABLE, WITHHELD, Kind, Moment, Pubstatus, Signal
from wireroom.formats.ninjs import status as common
from wireroom.formats.ninjs.fields import Fields, quoted
from wireroom.formats.values.statuses import FOR_EDITORS

#: Without this signal an item may not be published at any time, whatever its status.
PUBLISHABLE: Final = "newscontent"
#: Signals that a person should know of.
TOLD: Final = ("explicitcontent", "singlesource")
KINDS: Final[dict[str, Kind]] = common.KINDS | {"photo": "picture", "complexdata": "other"}
#: Where else than in its signals an item may say that it is for editors.
SAYING: Final = (
    *("editorialtypes", "editorialrole", "profile"),
    *("itemcontenttype", "itemcontenttypes", "genre"),
)
SIGNALS: Final[dict[str, Signal]] = {
    "corrective": "correction",
    "correction": "correction",
    "clarification": "correction",
    "lead": "update",
    "writethru": "update",
    "add": "update",
    "takes": "update",
}
#: Types that take a story back, and yet are no status.
TAKEN_BACK: Final = frozenset({"kill", "elimination", "disregard", "withhold"})
HELD: Final = "holdforrelease"


def kind(fields: Fields) -> Kind:
    """Say what the item is: for editors wherever it does not say that it is for readers."""
    signals = words(fields, "signals")
    for told in TOLD:
        if told in signals:
            fields.notes.append(f"the agency signals {told}")
    said = signals | words(fields, *SAYING)
    for_editors = sorted({FOR_EDITORS[one] for one in said & FOR_EDITORS.keys()})
    if for_editors:
        # Of a test and an advisory the test: it says the least.
        return for_editors[-1]
    if PUBLISHABLE not in signals:
        fields.notes.append("no signal says newscontent: for editors only")
        return "advisory"
    named = "".join(filter(str.isalpha, fields.text("type").lower()))
    found = KINDS.get(named, "other") if named else "story"
    if found == "other":
        fields.notes.append(f"an item of type {quoted(named)} is no story")
    return found


def status(fields: Fields) -> tuple[Pubstatus, Moment]:
    """Give the status and the embargo; where types say more than the status, they count."""
    pubstatus, embargo = common.status(fields)
    types = words(fields, "editorialtypes")
    if HELD in types and embargo is None:
        fields.notes.append("it is held for release, and no date says until when")
        embargo = UNKNOWN
    if pubstatus == USABLE and (taken := sorted(types & TAKEN_BACK)):
        fields.notes.append(f"usable, but of type {', '.join(taken)}: withheld for the desk")
        pubstatus = WITHHELD
    return pubstatus, embargo


def signal(fields: Fields, ednote: str) -> Signal:
    """Say what a version is to the one before: by its types, else by its note."""
    said = {SIGNALS[one] for one in words(fields, "editorialtypes") if one in SIGNALS}
    typed: Signal = next((one for one in common.RANK if one in said), "")
    return typed or common.signal(fields, ednote)


def expiry(fields: Fields) -> Moment:
    """Give the moment after which the item may not be published."""
    return common.expiry(fields)


def words(fields: Fields, *names: str) -> set[str]:
    """Give the words of coded properties, in small letters and nothing but letters."""
    return {
        _letters(value)
        for one in fields.objects(*names)
        for value in one.all("name", "code")
        if isinstance(value, str)
    }


def _letters(value: str) -> str:
    """Give the letters of a coded word without its scheme; most have nothing else."""
    small = value.lower()
    return small if small.isalpha() else "".join(filter(str.isalpha, small.rpartition("/")[2]))
