"""The words of a document: headline, names, standfirst, body, note (NITF 3.6: ``body``)."""

from dataclasses import dataclass
from typing import Final

from wireroom.formats.bodies.clean import clean_and_read
from wireroom.formats.bodies.text import escaped, seen, text_of
from wireroom.formats.item import Signal
from wireroom.formats.newsroom.asides import CONTACT, parted
from wireroom.formats.newsroom.ednotes import gathered
from wireroom.formats.providers.quirks import Quirk

from .body import html_inside
from .paper import Paper

#: What the head may call a slug.
_SLUGS: Final = ("anpa-keyword", "slugline", "slug", "anpa-slug")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A document's words; what is for editors is apart."""

    body: str
    text: str
    ednote: str


def headline(paper: Paper, quirk: Quirk) -> tuple[str, Signal]:
    """Give the headline without its mark, and what the mark says."""
    found = _first(paper, *paper.front("hl1"))
    found = found or _first(paper, *paper.front("hl2"), *paper.head("title"))
    for pattern, signal in quirk.marks:
        if (mark := pattern.match(found)) and mark.end() < len(found):
            return found[mark.end() :].strip(), signal
    return found, ""


def standfirst(paper: Paper) -> str:
    """Give the abstract, else the headlines below the first."""
    abstracts = [" ".join(paper.lines(one).split()) for one in paper.front("abstract")]
    if said := " ".join(one for one in abstracts if one):
        return said
    lower = paper.front("hl2") if paper.front("hl1") else []
    return " ".join(words for one in lower if (words := paper.words(one)))


def byline(paper: Paper) -> str:
    """Say who wrote it."""
    return ", ".join(
        dict.fromkeys(said for one in paper.front("byline") if (said := paper.words(one)))
    )


def dateline(paper: Paper) -> tuple[str, str]:
    """Give the dateline as printed, and the place in it."""
    for one in paper.front("dateline"):
        if said := paper.words(one):
            places = [each for each in one if paper.name(each) == "location"]
            return said, ", ".join(name for each in places if (name := paper.words(each)))
    return "", ""


def creditline(paper: Paper) -> str:
    """Name whom readers must be shown as the source."""
    return _first(paper, *paper.front("distributor"))


def slugline(paper: Paper) -> str:
    """Give the wire's own short name of the story."""
    said = {
        one.get("name", "").strip().lower(): one.get("content", "") for one in paper.head("meta")
    }
    return next((seen(said[name]).strip() for name in _SLUGS if said.get(name, "").strip()), "")


def words(paper: Paper, base: str, quirk: Quirk) -> Words:
    """Take the text and all that is addressed to editors apart, and clean the text."""
    notes = [*paper.said("ed-msg", "info"), *paper.said("correction", "info")]
    notes += [
        paper.lines(one)
        for one in (
            *paper.front("note"),
            *paper.text("note"),
            *paper.end("note"),
            *paper.text("nitf-table-summary"),
        )
    ]
    cleaned, text = clean_and_read("".join(map(html_inside, paper.contents)).strip(), base=base)
    body, asides = parted(cleaned, quirk, paper.notes)
    notes += asides
    for one in paper.end("tagline"):
        said = paper.words(one)
        if one.get("type", "std") != "std" or CONTACT.search(said):
            notes.append(said)
        elif said and said not in notes:  # a known writer repeats the message to editors here
            body += f"<p>{escaped(said)}</p>"
    return Words(
        body=body,
        text=text if body == cleaned else text_of(body),
        ednote=gathered(notes),
    )


def _first(paper: Paper, *elements: object) -> str:
    """Give the words of the first element that has some."""
    return next((said for one in elements if (said := paper.words(one))), "")  # type: ignore[arg-type]
