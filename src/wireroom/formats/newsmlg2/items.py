"""One item of NewsML-G2 to one Item."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from wireroom.formats.bound import bounded
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import USABLE, Item, Picture
from wireroom.formats.ninjs.words import first_sentence
from wireroom.formats.providers.agencies import AGENCIES, NOBODY
from wireroom.formats.providers.quirks import NONE, QUIRKS
from wireroom.formats.values.moments import by_hours
from wireroom.formats.values.statuses import read_urgency

from . import about, pictures, status, words
from .sheet import Sheet

#: Of an item that would be a blank page.
EMPTY: Final = "it has neither headline nor text"


def item_of(
    sheet: Sheet, arrival: Arrival, beside: Mapping[str, Picture], sent: datetime | None
) -> Item:
    """Make an Item of an item; ``beside`` are the pictures that came in one message with it.

    ``sent`` is when that message was sent.

    Raises Unreadable when it has no guid, since nothing else names it for good.
    """
    notes = sheet.notes
    raw_guid = (sheet.root.get("guid") or "").strip()
    if not raw_guid:
        raise Unreadable("it has no guid")
    provider = arrival.provider.lower()
    quirk, agency = QUIRKS.get(provider, NONE), AGENCIES.get(provider, NOBODY)
    guid = quirk.lasting(raw_guid)
    if not sheet.top("itemMeta"):
        notes.append("it has no itemMeta: nothing says what it is")
    pubstatus, embargo = status.status(sheet, arrival)
    order = status.order(sheet, arrival)
    kind = status.kind(sheet, agency)
    shown = pubstatus == USABLE
    headline, mark = words.headline(sheet, quirk, agency)
    summary = words.standfirst(sheet) if kind != "picture" else ""
    dateline = sheet.first(sheet.about("dateline"))
    said = words.NOTHING
    if kind != "picture":
        said = words.body(sheet, arrival.address, repeated=(headline, summary), dateline=dateline)
    if not headline and said.headline:
        headline, mark = words.marked(said.headline, quirk)
    if not headline and shown:
        headline = first_sentence(said.text, notes)
    empty = not headline and not said.text
    if empty:
        notes.append(EMPTY)
    elif not said.text and kind == "story":
        notes.append("its text is not inside")
    found, media = pictures.own(sheet, arrival.address, agency)
    more, links = pictures.others(sheet, arrival.address, beside)
    subjects, keywords = about.subjects(sheet, agency)
    if kicker := words.kicker(sheet, agency):
        keywords = tuple(dict.fromkeys((*keywords, kicker)))
    where = about.places(sheet, agency)
    expires = status.expires(sheet, arrival)
    if sent and by_hours(order.version_created - sent):
        notes.append("made whole hours after it was sent: one of the zones is wrong")
    own = (
        replace(
            one,
            guid=guid,
            version=order.version,
            pubstatus=pubstatus,
            rights=replace(one.rights, valid_from=embargo, valid_until=expires),
        )
        for one in found
    )
    made = Item(
        guid=guid,
        version=order.version,
        numbered=order.numbered,
        pubstatus=pubstatus,
        kind=kind,
        signal=status.signal(sheet) or mark,
        headline=headline,
        standfirst=summary if shown else "",
        body=said.html if shown else "",
        text=said.text if shown else "",
        language=sheet.language,
        urgency=read_urgency(sheet.first(sheet.about("urgency")), notes),
        dateline=dateline,
        byline=about.byline(sheet, agency),
        creditline=about.creditline(sheet),
        ednote=words.ednote(sheet),
        slugline=sheet.first(sheet.about("slugline")),
        embargo=embargo,
        expires=expires,
        first_created=order.first_created,
        version_created=order.version_created,
        subjects=subjects,
        countries=about.countries(where),
        pictures=(*own, *more),
        links=(*links, *media),
        keywords=keywords,
        places=where,
        located=about.located(sheet),
        rights=about.rights(sheet),
        aliases=about.aliases(sheet, guid, raw_guid),
        sent=sent,
        for_desk=EMPTY if empty and shown and kind in {"story", "package"} else "",
        notes=tuple(dict.fromkeys(notes)),  # the last: all the others may add to them
    )
    return bounded(made)
