"""One document of NITF to one Item."""

from lxml import etree

from wireroom.formats.bound import bounded
from wireroom.formats.document import Arrival
from wireroom.formats.item import USABLE, Item
from wireroom.formats.ninjs.words import first_sentence
from wireroom.formats.providers.quirks import NONE, QUIRKS
from wireroom.formats.values.statuses import read_urgency

from . import about, identity, pictures, status, words
from .paper import Paper


def item_of(root: etree._Element, arrival: Arrival, doubts: list[str]) -> Item:
    """Make an Item of a document.

    Raises Unreadable when nothing names it.
    """
    notes = list(doubts)
    paper = Paper(root, notes)
    quirk = QUIRKS.get(arrival.provider.lower(), NONE)
    issued = next(iter(status.dated(paper, "date.issue")), "")
    named = identity.named(paper, arrival, quirk, issued)
    said = words.words(paper, arrival.address, quirk)
    life = status.life(paper, arrival, quirk, named, silent=not said.text)
    order = status.order(paper, arrival, named, issued)
    headline, mark = words.headline(paper, quirk)
    dateline, located = words.dateline(paper)
    found, links = pictures.media(paper, arrival.address)
    subjects, keywords = about.subjects(paper)
    shown = life.pubstatus == USABLE
    made = Item(
        guid=named.guid,
        version=order.version,
        numbered=order.numbered,
        pubstatus=life.pubstatus,
        kind="picture"
        if life.kind == "story" and _is_picture(said, headline, found)
        else life.kind,
        signal=status.signal(paper) or mark,
        headline=headline or first_sentence(said.text, notes) if shown else headline,
        standfirst=words.standfirst(paper) if shown else "",
        body=said.body if shown else "",
        text=said.text if shown else "",
        language=about.language(paper, arrival),
        urgency=read_urgency(paper.first("urgency", "ed-urg"), notes),
        dateline=dateline,
        byline=words.byline(paper),
        creditline=words.creditline(paper),
        ednote=said.ednote,
        slugline=words.slugline(paper),
        embargo=life.embargo,
        expires=life.expires,
        expiry_removes=life.expires is not None,
        first_created=order.first_created,
        version_created=order.version_created,
        subjects=subjects,
        countries=about.countries(paper),
        pictures=found,
        links=links,
        keywords=keywords,
        places=about.places(paper),
        located=located,
        rights=about.rights(paper, arrival),
        aliases=named.aliases,
        acts_on=life.acts_on,
        for_desk=life.for_desk,
        notes=tuple(dict.fromkeys(notes)),  # the last: all the others may add to them
    )
    return bounded(made)


def _is_picture(said: words.Words, headline: str, found: tuple[object, ...]) -> bool:
    """Say whether a document is a picture and nothing else."""
    return bool(found) and not said.text and not headline
