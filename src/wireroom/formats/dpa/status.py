"""What decides a story's life: status, embargo, version, kind, signal."""

from typing import Final

from wireroom.formats.document import Arrival
from wireroom.formats.item import UNKNOWN, USABLE, WITHHELD, Kind, Moment, Pubstatus, Signal
from wireroom.formats.ninjs.fields import Fields, quoted
from wireroom.formats.ninjs.status import DIGITS, ORDINARY, RANK, SIGNALS, Order
from wireroom.formats.providers.agencies import Agency
from wireroom.formats.values.dates import embargo
from wireroom.formats.values.moments import counted, latest
from wireroom.formats.values.statuses import for_editors, read_status, strictest, word_of

from .categories import Categories

#: What an associated file makes of an item without a text of its own.
_KINDS: Final[dict[str, Kind]] = {"image": "picture", "audio": "other", "video": "other"}


def status(fields: Fields, categories: Categories) -> tuple[Pubstatus, Moment]:
    """Give the status and the embargo; of field and categories the stricter wins."""
    notes = fields.notes
    stated, told = fields.all("pubstatus"), categories.of("pubstatus")
    if stated == ORDINARY and not told and "embargoed" not in fields:
        return USABLE, None
    words: list[str] = []
    statuses: set[Pubstatus] = set()
    for value in stated:
        if isinstance(value, str):
            words.append(value)
        else:
            notes.append(f"pubstatus is no word, so the item is withheld: {quoted(value)}")
            statuses.add(WITHHELD)
    words += [one.text("qcode") or one.text("name") for one in told]
    said = [read_status(one.rpartition(":")[2], "pubstatus", notes) for one in words]
    statuses |= {one for one, _ in said}
    starts = fields.bounds("embargoed", read=embargo)
    if any(embargoed for _, embargoed in said) and not starts:
        notes.append("the status is embargoed, and no date says until when")
        starts = [UNKNOWN]
    return strictest(statuses), latest(starts, notes)


def order(fields: Fields, arrival: Arrival) -> Order:
    """Give version and times."""
    created = fields.instant("content_created")
    made = fields.instant("version_created") or created
    if made is None:
        fields.notes.append("no version_created that can be read: time of receipt")
        made = arrival.received
    number = _version(fields)
    return Order(
        version=counted(made, arrival.received, fields.notes) if number is None else number,
        numbered=number is not None,
        first_created=created or made,
        version_created=made,
    )


def kind(fields: Fields, categories: Categories, agency: Agency) -> Kind:
    """Say what the item is: a story, or something that never becomes one."""
    for one in categories.codes("genre", "wire", "signal"):
        if own := agency.kinds.get(one):
            fields.notes.append(f"{one} says: {own}")
            return own
    words = [*categories.codes("genre", "signal"), *categories.names("genre")]
    words += signals(fields, categories)
    if words and (told := for_editors(words)):
        return told
    types = [one.text("type").lower() for one in fields.objects("associations")]
    shown: Kind = next((_KINDS[one] for one in types if one in _KINDS), "story")
    return "story" if shown == "story" or fields.text("article_html") else shown


def signal(fields: Fields, categories: Categories) -> Signal:
    """Say what a version is to the one before; of field and categories the stronger wins."""
    said = {word_of(one) for one in signals(fields, categories)}
    found = {SIGNALS[one] for one in said if one in SIGNALS}
    return next((one for one in RANK if one in found), "")


def signals(fields: Fields, categories: Categories) -> list[str]:
    """Give the words of all signals."""
    said = [one.text("name", "qcode") for one in fields.objects("signal", "signals")]
    return [one for one in (*said, *categories.codes("signal")) if one]


def _version(fields: Fields) -> int | None:
    value = fields.first("version")
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    said = DIGITS.fullmatch(str(value).strip())
    if isinstance(value, bool) or said is None:
        fields.notes.append(f"version is no number, so the time counts: {quoted(value)}")
        return None
    if said[0] != said[2]:
        fields.notes.append(f"version {quoted(value)} read as {int(said[2])}")
    return int(said[2])
