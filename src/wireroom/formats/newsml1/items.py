"""One news item to one Item."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lxml import etree

from wireroom.formats.bound import bounded
from wireroom.formats.document import Arrival
from wireroom.formats.item import USABLE, Item, Kind, Link, Moment, Picture, Signal
from wireroom.formats.newsroom.ednotes import gathered
from wireroom.formats.ninjs.words import first_sentence
from wireroom.formats.nitf import about as nitf_about
from wireroom.formats.nitf import pictures as nitf_pictures
from wireroom.formats.nitf import status as nitf_status
from wireroom.formats.nitf import words as nitf_words
from wireroom.formats.nitf.paper import Paper
from wireroom.formats.providers.quirks import NONE, QUIRKS, Quirk
from wireroom.formats.values.moments import latest
from wireroom.formats.values.statuses import for_editors, read_urgency, strictest

from . import about, identity, lines, pictures, status
from .components import Found, walk
from .texts import Texts, texts
from .tree import News, Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What is said of all items of a document at once."""

    sent: datetime | None
    #: The envelope was sent before.
    again: bool
    notes: tuple[str, ...]


def item_of(
    tree: Tree, element: etree._Element, envelope: Envelope, arrival: Arrival
) -> tuple[Item, Found]:
    """Make an Item of a news item, and give what it holds and refers to.

    Raises Unreadable when nothing names it.
    """
    notes = list(envelope.notes)
    quirk = QUIRKS.get(arrival.provider.lower(), NONE)
    news = News(tree, element, arrival, quirk, notes)
    named = identity.named(news)
    life = status.life(news, again=envelope.again)
    order = status.order(news, named, envelope.sent)
    urgency = next(iter(news.formals("NewsManagement/Urgency")), "")
    managed: dict[str, Any] = {
        "guid": named.guid,
        "version": order.version,
        "numbered": order.numbered,
        "pubstatus": life.pubstatus,
        "urgency": read_urgency(urgency, notes),
        "embargo": life.embargo,
        "expires": life.expires,
        "expiry_removes": life.expires is not None,
        "first_created": order.first_created,
        "version_created": order.version_created,
        "sent": envelope.sent,
        "aliases": named.aliases,
    }
    links = tuple(status.links(news))
    if named.patch:
        found = Found()
        notes.append(f"only a part of an item is changed: {named.patch}")
        made = Item(
            **managed,
            kind=life.kind,
            signal=life.signal,
            language=arrival.language,
            links=links,
            patch=named.patch,
            ednote=gathered(tree.texts(element, "Comment")),
            carries=identity.MANAGEMENT,
            notes=tuple(dict.fromkeys(notes)),
        )
    else:
        found = walk(news)
        made = _with_words(managed, life, links, news, found)
    return bounded(made), found


def _with_words(
    managed: dict[str, Any], life: status.Life, links: tuple[Link, ...], news: News, found: Found
) -> Item:
    """Make an Item with the words, pictures and metadata of its components."""
    tree, notes, arrival = news.tree, news.notes, news.arrival
    said = texts(found.leaves, arrival.address, news.quirk, notes)
    within = said.within or tuple(found.components[:1])
    language = said.language or arrival.language
    own = lines.Lines(tree, within, language)
    images, files = pictures.pictures(tree, found.leaves)
    genres = about.genres(tree, within)
    subjects, keywords = about.subjects(tree, within, own, genres)
    places, countries, located = about.places(tree, within)
    headline, mark = _headline(own.line("HeadLine"), said, news.quirk)
    shown = life.pubstatus == USABLE
    to_editors = [
        *tree.texts(news.element, "Comment"),
        *lines.to_editors(tree, found.components, notes),
        *said.to_editors,
    ]
    item = Item(
        **managed,
        kind=_kind(life.kind, said, images, found, genres),
        signal=life.signal or mark,
        headline=headline or (first_sentence(said.text, notes) if shown else ""),
        standfirst=(said.abstract or own.line("SubHeadLine")) if shown else "",
        body=said.body if shown else "",
        text=said.text if shown else "",
        language=language,
        dateline=own.line("DateLine"),
        byline=_byline(own),
        creditline=about.creditline(tree, within, own),
        ednote=gathered(to_editors),
        slugline=own.line("SlugLine"),
        subjects=subjects,
        countries=countries,
        pictures=tuple(images),
        links=(*links, *files),
        keywords=keywords,
        places=places,
        located=located,
        rights=about.rights(tree, within, own, arrival.zone, notes),
        notes=tuple(dict.fromkeys(notes)),  # the last: all the others may add to them
    )
    if said.paper is None:
        return item
    item = _with_paper(item, said.paper, arrival)
    return replace(item, notes=tuple(dict.fromkeys(notes)))


def _with_paper(item: Item, paper: Paper, arrival: Arrival) -> Item:
    """Fill in from the NITF inside what the news item does not say; the stricter word wins."""
    own, embargo, kind = nitf_status.inner(paper, arrival)
    dateline, located = nitf_words.dateline(paper)
    images, files = nitf_pictures.media(paper, arrival.address)
    subjects, keywords = nitf_about.subjects(paper)
    pubstatus = strictest({item.pubstatus, own})
    shown = pubstatus == USABLE
    moments: list[Moment] = [one for one in (item.embargo, embargo) if one is not None]
    return replace(
        item,
        pubstatus=pubstatus,
        kind=kind if item.kind == "story" else item.kind,
        embargo=latest(moments, paper.notes),
        standfirst=(item.standfirst or nitf_words.standfirst(paper)) if shown else "",
        body=item.body if shown else "",
        text=item.text if shown else "",
        language=item.language or nitf_about.language(paper, arrival),
        dateline=item.dateline or dateline,
        byline=item.byline or nitf_words.byline(paper),
        creditline=item.creditline or nitf_words.creditline(paper),
        slugline=item.slugline or nitf_words.slugline(paper),
        located=item.located or located,
        subjects=item.subjects or subjects,
        keywords=tuple(dict.fromkeys((*item.keywords, *keywords))),
        places=item.places or nitf_about.places(paper),
        pictures=(*item.pictures, *images),
        links=(*item.links, *files),
    )


def _headline(found: str, said: Texts, quirk: Quirk) -> tuple[str, Signal]:
    """Give the headline without its mark, and what the mark says; of none the NITF's."""
    if not found and said.paper:
        return nitf_words.headline(said.paper, quirk)
    for pattern, signal in quirk.marks:
        if (mark := pattern.match(found)) and mark.end() < len(found):
            return found[mark.end() :].strip(), signal
    return found, ""


def _byline(own: lines.Lines) -> str:
    """Say who wrote it, and what they are."""
    return ", ".join([*own.lines("ByLine"), *own.lines("ByLineTitle")])


def _kind(told: Kind, said: Texts, images: list[Picture], found: Found, genres: list[str]) -> Kind:
    """Say what an item is, by what it holds where its type does not say."""
    if told != "story":
        return told
    if genres and (editors := for_editors(genres)):
        return editors
    if said.text:
        return "story"
    if images:
        return "picture"
    return "package" if found.references or found.nested else "story"
