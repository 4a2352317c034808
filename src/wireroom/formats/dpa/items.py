"""One object of digitalwires to one Item."""

from dataclasses import replace
from typing import Any, Final

from wireroom.formats.bound import bounded
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import USABLE, Item
from wireroom.formats.newsmlg2.about import countries
from wireroom.formats.ninjs import about as common
from wireroom.formats.ninjs.fields import Fields, quoted
from wireroom.formats.ninjs.words import first_sentence
from wireroom.formats.providers.agencies import AGENCIES
from wireroom.formats.providers.quirks import QUIRKS

from . import about, pictures, status, words
from .categories import Categories

#: The format is one agency's, whatever the channel is called.
AGENCY: Final = "dpa"


def item_of(value: Any, arrival: Arrival) -> Item:
    """Make an Item of an object.

    Raises Unreadable when it has no urn, since nothing else names it for good.
    """
    if not isinstance(value, dict):
        raise Unreadable(f"it is no object of digitalwires: {quoted(value)}")
    notes: list[str] = []
    fields = Fields(value, zone=arrival.zone, notes=notes)
    raw_guid = fields.text("urn")
    if not raw_guid:
        raise Unreadable("it has no urn")
    agency = AGENCIES[AGENCY]
    quirk = QUIRKS.get(arrival.provider.lower(), QUIRKS[AGENCY])
    guid = quirk.lasting(raw_guid)
    categories = Categories(fields)
    pubstatus, embargo = status.status(fields, categories)
    order = status.order(fields, arrival)
    kind = status.kind(fields, categories, agency)
    shown = pubstatus == USABLE
    headline, mark = words.headline(fields, quirk)
    summary = words.standfirst(fields)
    body, text = words.body(fields, arrival.address, (headline, summary))
    if not headline and shown:
        headline = first_sentence(text, notes)
    found, files = pictures.associated(fields, arrival.address)
    subjects, keywords = about.subjects(categories, agency)
    where = about.places(categories, agency)
    kicker = fields.line("kicker")
    rights = about.rights(fields)
    own = tuple(
        replace(
            one,
            version=order.version,
            pubstatus=pubstatus,
            rights=replace(rights, valid_from=embargo),
        )
        if one.guid == raw_guid
        else one
        for one in found
    )
    made = Item(
        guid=guid,
        version=order.version,
        numbered=order.numbered,
        pubstatus=pubstatus,
        kind=kind,
        signal=status.signal(fields, categories) or mark,
        headline=headline,
        standfirst=summary if shown else "",
        body=body if shown and kind != "picture" else "",
        text=text if shown and kind != "picture" else "",
        language=fields.line("language"),
        urgency=common.urgency(fields),
        dateline=fields.line("dateline"),
        byline=about.byline(fields, categories, agency),
        creditline=about.creditline(fields, categories),
        ednote=words.ednote(fields),
        embargo=embargo,
        first_created=order.first_created,
        version_created=order.version_created,
        sent=fields.instant("updated"),
        subjects=subjects,
        countries=countries(where),
        pictures=own,
        links=(*about.links(fields), *files),
        keywords=tuple(dict.fromkeys((*keywords, kicker))) if kicker else keywords,
        places=where,
        located=about.located(categories),
        rights=rights,
        aliases=about.aliases(fields, guid, raw_guid),
        notes=tuple(dict.fromkeys(notes)),
    )
    return bounded(made)
