"""One object of ninjs to one Item."""

from typing import Any

from wireroom.formats.bound import bounded
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import USABLE, Item
from wireroom.formats.providers.quirks import NONE, QUIRKS

from . import about, partial, pictures, shape, status, words
from .fields import Fields, quoted


def item_of(value: Any, arrival: Arrival) -> Item:
    """Make an Item of an object.

    Raises Unreadable when it has no uri, since nothing else names it for good.
    """
    if not isinstance(value, dict):
        raise Unreadable(f"it is no object of ninjs: {quoted(value)}")
    notes: list[str] = []
    fields = Fields(value, zone=arrival.zone, notes=notes)
    raw_guid = fields.text("uri")
    if not raw_guid:
        raise Unreadable("it has no uri")
    quirk = QUIRKS.get(arrival.provider, NONE)
    guid = quirk.lasting(raw_guid)
    shape.doubts(value, fields)
    pubstatus, embargo = status.status(fields)
    order = status.order(fields, arrival)
    kind = status.kind(fields)
    ednote = words.ednote(fields)
    headline, mark = words.headline(fields, quirk)
    body, text = _body(fields, arrival, silent=pubstatus != USABLE or kind == "picture")
    found, related = pictures.associated(fields, arrival.address)
    if kind in {"picture", "story"} and (own := pictures.picture(fields, arrival.address)):
        found = (own, *found)
    subjects, keywords = about.subjects(fields)
    made = Item(
        guid=guid,
        version=order.version,
        numbered=order.numbered,
        pubstatus=pubstatus,
        kind=kind,
        signal=status.signal(fields, ednote) or mark,
        headline=headline or words.first_sentence(text, notes),
        standfirst=words.standfirst(fields) if pubstatus == USABLE else "",
        body=body,
        text=text,
        language=fields.line("language"),
        urgency=about.urgency(fields),
        byline=about.byline(fields),
        creditline=about.creditline(fields),
        ednote=ednote,
        slugline=fields.line("slugline"),
        embargo=embargo,
        expires=status.expiry(fields),
        first_created=order.first_created,
        version_created=order.version_created,
        subjects=subjects,
        pictures=found,
        links=(*about.links(fields), *related),
        keywords=keywords,
        places=about.places(fields),
        located=about.located(fields),
        rights=about.rights(fields),
        aliases=about.aliases(fields, guid, raw_guid),
        notes=tuple(dict.fromkeys(notes)),
    )
    return bounded(partial.marked(made, fields, titled=bool(headline)))


def _body(fields: Fields, arrival: Arrival, *, silent: bool) -> tuple[str, str]:
    """Give body and text; what must not be shown, and pictures, have none."""
    if silent:
        return "", ""
    return words.body(fields, arrival.address)
