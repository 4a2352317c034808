"""Which text of an item is the story, and which stands above it."""

from dataclasses import dataclass

from lxml import etree

from wireroom.formats.bodies.clean import clean_and_read
from wireroom.formats.bodies.text import text_of
from wireroom.formats.newsroom.asides import parted
from wireroom.formats.nitf import words as nitf_words
from wireroom.formats.nitf.paper import Paper
from wireroom.formats.providers.quirks import Quirk

from .components import ABSTRACT, CAPTION, EDITORS, MAIN, PICTURE, RENDITION, Leaf, grouped

#: Roles whose text is not the story's.
APART = ABSTRACT | CAPTION | EDITORS | PICTURE | RENDITION


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The story's text, and what stands beside it."""

    body: str = ""
    text: str = ""
    abstract: str = ""
    to_editors: tuple[str, ...] = ()
    #: Where the story stands: its lines and its metadata are found from there.
    within: tuple[etree._Element, ...] = ()
    language: str = ""
    #: The NITF that it was, which says more of itself.
    paper: Paper | None = None


def texts(leaves: list[Leaf], base: str, quirk: Quirk, notes: list[str]) -> Texts:
    """Take the texts of an item apart: the parts of the main one are joined in their order."""
    held = [_one_of(group) for group in grouped(leaves)]
    said = [one for one in held if one is not None]
    main = [one for one in said if one.role in MAIN] or [
        one for one in said if one.role not in APART
    ][:1]
    chosen = {id(one) for one in main}
    to_editors = [text_of(one.content.markup) for one in said if one.role in EDITORS]
    abstract = next((text_of(one.content.markup) for one in said if one.role in ABSTRACT), "")
    bodies: list[str] = []
    read: list[str] = []  # their words, by turns
    paper = None
    for one in main:
        if one.content.nitf is not None:
            own = Paper(one.content.nitf, notes)
            paper = paper or own
            words = nitf_words.words(own, base, quirk)
            bodies.append(words.body)
            read.append(words.text)
            to_editors.append(words.ednote)
        else:
            cleaned, text = clean_and_read(one.content.html, base=base)
            body, asides = parted(cleaned, quirk, notes)
            bodies.append(body)
            read.append(text if body == cleaned else text_of(body))
            to_editors += asides
    notes += [
        f"a text that is not the story's is kept with the delivery: {one.role or 'without a role'}"
        for one in said
        if id(one) not in chosen and one.role not in APART
    ]
    body = "".join(bodies)
    return Texts(
        body=body,
        text=read[0] if len(read) == 1 else text_of(body),
        abstract=" ".join(abstract.split()),
        to_editors=tuple(one for one in to_editors if one),
        within=main[0].within if main else leaves[0].within if leaves else (),
        language=main[0].language if main else leaves[0].language if leaves else "",
        paper=paper,
    )


def _one_of(group: list[Leaf]) -> Leaf | None:
    """Choose one of several forms of a text: NITF, else the first that has words."""
    said = [one for one in group if one.content.worded]
    return next((one for one in said if one.content.nitf is not None), said[0] if said else None)
