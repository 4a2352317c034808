"""One item of the AP Media API to one Item."""

from typing import Any, Final

from wireroom.formats.bound import bounded
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import USABLE, Item
from wireroom.formats.ninjs import about as common
from wireroom.formats.ninjs.fields import Fields, quoted
from wireroom.formats.ninjs.status import order
from wireroom.formats.providers.quirks import NONE, QUIRKS
from wireroom.formats.values.statuses import NORMAL, URGENCIES

from . import about, pictures, status, words

#: Items of which the text is the story.
WORDED: Final = frozenset({"story", "package"})


def item_of(value: Any, arrival: Arrival, doubts: list[str]) -> Item:
    """Make an Item of what stands under ``item``; ``doubts`` are of the whole document.

    Raises Unreadable when it has no itemid, since nothing else names it for good.
    """
    if not isinstance(value, dict):
        raise Unreadable(f"it is no item of the AP Media API: {quoted(value)}")
    notes = list(doubts)
    fields = Fields(_spelled(value), zone=arrival.zone, notes=notes)
    guid = _id(fields)
    if not guid:
        raise Unreadable("it has no altids.itemid")
    kind = status.kind(fields)
    pubstatus, embargo = status.status(fields)
    placed = order(fields, arrival)
    quirk = QUIRKS.get(arrival.provider, NONE)
    ednote = words.ednote(fields)
    headline, mark = words.headline(fields, quirk)
    body, text = "", ""
    if pubstatus == USABLE and kind in WORDED:
        body, text = words.body(fields, arrival.address)
    subjects, keywords = about.subjects(fields)
    shown, related = pictures.pictures(fields, arrival.address, kind)
    made = Item(
        guid=guid,
        version=placed.version,
        numbered=placed.numbered,
        pubstatus=pubstatus,
        kind=kind,
        signal=status.signal(fields, ednote) or mark,
        headline=headline or words.first_sentence(text, notes),
        standfirst=words.standfirst(fields) if pubstatus == USABLE else "",
        body=body,
        text=text,
        language=fields.line("language"),
        urgency=_urgency(fields),
        dateline=fields.line("located"),
        byline=about.byline(fields),
        creditline=about.creditline(fields),
        ednote=ednote,
        slugline=fields.line("slugline"),
        embargo=embargo,
        expires=status.expiry(fields),
        expiry_removes=True,
        first_created=placed.first_created,
        version_created=placed.version_created,
        subjects=subjects,
        pictures=shown,
        links=(*about.links(fields), *related),
        keywords=keywords,
        places=about.places(fields),
        located=about.located(fields),
        rights=about.rights(fields),
        aliases=common.aliases(fields, guid, fields.text("uri")),
        notes=tuple(dict.fromkeys(notes)),
    )
    return bounded(made)


def _spelled(value: dict[str, Any]) -> dict[str, Any]:
    """Write the version as text, as ninjs has it; the AP counts in numbers, from 0."""
    said = value.get("version")
    if isinstance(said, int) and not isinstance(said, bool):
        return value | {"version": str(said)}
    return value


def _id(fields: Fields) -> str:
    """Give what is the same through all revisions."""
    for one in fields.objects("altids"):
        if found := one.text("itemid"):
            return found
    return ""


def _urgency(fields: Fields) -> int:
    number = fields.number("urgency")
    if number is None or number in URGENCIES:
        return number or NORMAL
    fields.notes.append(f"urgency is not 1 to 9: {number}")
    return NORMAL
