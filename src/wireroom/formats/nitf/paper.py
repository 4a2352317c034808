"""One document of NITF, its elements found by name where they mean something.

The same name says different things in the head, before the text and inside it (``byline``,
``abstract``, ``note``), so that each of the three is a region of its own.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from wireroom.formats.bodies.text import plain

from .body import NAMESPACES, contents, named, namespace

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
        #: What elements are called here, by tag.
        self._names: dict[str, str] = {}
        self.contents = contents(root)
        self._head = self._index(self._children(root, "head"))
        bodies = self._children(root, "body")
        self._front = self._index(
            [one for body in bodies for one in self._children(body, "body.head")]
        )
        self._end = self._index(
            [one for body in bodies for one in self._children(body, "body.end")]
        )
        self._text = self._index(self.contents)

    def name(self, element: etree._Element) -> str:
        """Name an element; one of another vocabulary has no name."""
        tag = element.tag
        if not isinstance(tag, str):
            return ""
        found = self._names.get(tag)
        if found is None:
            found = self._names[tag] = named(element, self.own)
        return found

    def head(self, name: str) -> list[etree._Element]:
        """Give the elements of the head: what describes the document."""
        return self._head.get(name, [])

    def front(self, name: str) -> list[etree._Element]:
        """Give the elements before the text: headlines, names, rights."""
        return self._front.get(name, [])

    def text(self, name: str) -> list[etree._Element]:
        """Give the elements inside the text."""
        return self._text.get(name, [])

    def end(self, name: str) -> list[etree._Element]:
        """Give the elements after the text."""
        return self._end.get(name, [])

    def said(self, name: str, attribute: str) -> list[str]:
        """Give an attribute of elements of the head, where it is not empty."""
        found = self._head.get(name, ())
        return [said for one in found if (said := one.get(attribute, "").strip())]

    def first(self, name: str, attribute: str) -> str:
        """Give the first of them, or nothing."""
        found = self._head.get(name, ())
        return next((said for one in found if (said := one.get(attribute, "").strip())), "")

    def words(self, element: etree._Element) -> str:
        """Give all the words of an element in their order, on one line."""
        return plain(self._joined(element))

    def lines(self, element: etree._Element) -> str:
        """Give the words of an element that holds paragraphs, parted by blank lines."""
        found = []
        walk = etree.iterwalk(element, events=("start",))
        for _, one in walk:
            if self.name(one) == "p":
                walk.skip_subtree()
                found.append(self.words(one))
        return "\n\n".join(one for one in found if one) or self.words(element)

    def _children(self, element: etree._Element, name: str) -> list[etree._Element]:
        return [one for one in element if self.name(one) == name]

    def _index(self, regions: list[etree._Element]) -> dict[str, list[etree._Element]]:
        """Sort the elements of a region by name; a note's are the note's own."""
        found: dict[str, list[etree._Element]] = {}
        for region in regions:
            walk = etree.iterwalk(region, events=("start",))
            for _, one in walk:
                name = self._names.get(str(one.tag)) or self.name(one)
                if one is not region and name:
                    found.setdefault(name, []).append(one)
                if name == "note" or not name:
                    walk.skip_subtree()
        return found

    def _joined(self, element: etree._Element) -> str:
        """Join texts; where elements touch that are words of their own, a space parts them."""
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
