"""One document of NITF, its elements found by name where they mean something.

The same name says different things in the head, before the text and inside it (``byline``,
``abstract``, ``note``), so that each of the three is a region of its own.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from wireroom.formats.bodies.text import plain

from .body import NAMESPACES, names, namespace

#: Elements that stand apart from what is before and after them, as lines do.
_LINES: Final = frozenset({"p", "br", "hl1", "hl2", "body.content", "li", "tr", "td", "block"})
#: Elements whose words do not run into their neighbours'.
_PARTS: Final = frozenset(
    (
        *("person", "byttl", "org", "location", "sublocation", "city", "state", "region"),
        *("country", "story.date", "name.given", "name.family", "function", "virtloc"),
        *("copyrite.year", "copyrite.holder", "rights.owner", "rights.startdate"),
        *("rights.enddate", "rights.agent", "rights.geography", "rights.type"),
        "rights.limitations",
    )
)
#: Elements inside the text that readers ask for, in whatever namespace.
_OTHERS: Final = ("{*}media", "{*}note", "{*}nitf-table-summary")
_SEAM: Final = "\0"
#: One or more, between two signs of words.
_SEAMS: Final = re.compile(r"(?<=\w)\0+(?=\w)")


class Paper:
    """Look elements up by region and name."""

    def __init__(self, root: etree._Element, notes: list[str]) -> None:
        self.root = root
        self.notes = notes
        self.own = namespace(root)
        if self.own and not self.own.lower().startswith(NAMESPACES):
            notes.append(f"read as NITF, whose namespace this is not: {self.own[:100]}")
        self._names = names(self.own)
        top = self._names.below([root])
        inside = self._names.below(top.get("body", ()))
        #: Where the story stands.
        self.contents = inside.get("body.content") or top.get("body", [])
        self._head = self._index(top.get("head", ()))
        self._front = self._index(inside.get("body.head", ()))
        self._end = self._index(inside.get("body.end", ()))
        self._text = self._index(filter(_holds_others, self.contents))

    def name(self, element: etree._Element) -> str:
        """Name an element; one of another vocabulary has no name."""
        return self._names[element.tag]

    def head(self, name: str) -> list[etree._Element]:
        """Give the elements of the head: what describes the document."""
        return self._head.get(name, [])

    def front(self, name: str) -> list[etree._Element]:
        """Give the elements before the text: headlines, names, rights."""
        return self._front.get(name, [])

    def lacks(self, *, head: frozenset[str], front: frozenset[str] = frozenset()) -> bool:
        """Say whether neither head nor the elements before the text have one of some names."""
        return head.isdisjoint(self._head) and front.isdisjoint(self._front)

    def text(self, name: str) -> list[etree._Element]:
        """Give the elements inside the text that are told apart from it."""
        return self._text.get(name, [])

    def end(self, name: str) -> list[etree._Element]:
        """Give the elements after the text."""
        return self._end.get(name, [])

    def said(self, name: str, attribute: str) -> list[str]:
        """Give an attribute of elements of the head, where it is not empty."""
        found = self._head.get(name)
        if not found:
            return []
        return [said for one in found if (said := one.get(attribute, "").strip())]

    def first(self, name: str, attribute: str) -> str:
        """Give the first of them, or nothing."""
        for one in self._head.get(name, ()):
            if said := one.get(attribute, "").strip():
                return said
        return ""

    def words(self, element: etree._Element) -> str:
        """Give all the words of an element in their order, on one line."""
        return plain(self._joined(element))

    def lines(self, element: etree._Element) -> str:
        """Give the words of an element that holds paragraphs, parted by blank lines."""
        found = [self.words(one) for one in self._paragraphs(element)]
        return "\n\n".join(one for one in found if one) or self.words(element)

    def _paragraphs(self, element: etree._Element) -> Iterator[etree._Element]:
        for one in element:
            if self._names[one.tag] == "p":
                yield one
            elif len(one):
                yield from self._paragraphs(one)

    def _index(self, regions: Iterable[etree._Element]) -> dict[str, list[etree._Element]]:
        """Sort all that stands in regions by name."""
        found: dict[str, list[etree._Element]] = {}
        for region in regions:
            self._gather(region, found)
        return found

    def _gather(self, element: etree._Element, found: dict[str, list[etree._Element]]) -> None:
        """Sort what stands in an element by name; a note's are the note's own.

        XML bounds how deep that goes.
        """
        for one in element:
            if name := self._names[one.tag]:
                found.setdefault(name, []).append(one)
                if name != "note" and len(one):
                    self._gather(one, found)

    def _joined(self, element: etree._Element) -> str:
        """Join texts; where elements touch that are words of their own, a space parts them."""
        if not len(element):
            return element.text or ""
        return _SEAMS.sub(" ", "".join(self._parts(element))).replace(_SEAM, "")

    def _parts(self, element: etree._Element) -> Iterator[str]:
        if element.text:
            yield element.text
        for event, one in etree.iterwalk(element, events=("start", "end")):
            if one is element:
                continue
            name = self.name(one)
            if name in _LINES:
                yield " "
            said = one.text if event == "start" else one.tail
            if name in _PARTS:
                yield _SEAM + (said or "")
            elif said:
                yield said


def _holds_others(content: etree._Element) -> bool:
    """Say whether a text holds what is told apart from it; most hold none."""
    return next(content.iter(*_OTHERS), None) is not None
