"""The elements of one document of NewsML 1, found by path in whatever namespace it came.

The DTDs have none; 1.2 has a schema with one. What is coded stands in ``@FormalName``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from wireroom.formats.bodies.text import plain
from wireroom.formats.document import Arrival
from wireroom.formats.nitf.body import namespace
from wireroom.formats.providers.quirks import Quirk

#: Of 1.2; no other has one.
NAMESPACE: Final = "http://iptc.org/std/newsml/"
#: Where two elements touch, their words do not run into each other.
_TOUCH: Final = "\0"
_TOUCHES: Final = re.compile(r"(?<=\w)\0+(?=\w)")
#: Elements with an id that others refer to them with.
_REFERRED: Final[Callable[[etree._Element], Any]] = etree.XPath("descendant-or-self::*[@Duid]")


@lru_cache(maxsize=256)
def _steps(path: str) -> tuple[str, ...]:
    """Part a path, of which readers ask for few."""
    return tuple(path.split("/"))


class Tree:
    """Look elements up, and what others of the same document refer to."""

    def __init__(self, root: etree._Element, notes: list[str]) -> None:
        own = namespace(root)
        self.root = root
        self.space = f"{{{own}}}" if own else ""
        if own and not own.lower().startswith(NAMESPACE):
            notes.append(f"read as NewsML 1, whose namespace this is not: {own[:100]}")
        #: What stands directly in an element, by name; looked through once, asked for often.
        self._below: dict[etree._Element, dict[str, list[etree._Element]]] = {}
        self._worded: dict[tuple[etree._Element, str], list[tuple[etree._Element, str]]] = {}
        #: Elements by the id that others refer to them with.
        self.by_duid: dict[str, etree._Element] = {
            duid: one for one in _REFERRED(root) if (duid := one.get("Duid", "").strip())
        }

    def name(self, element: etree._Element) -> str:
        """Name an element; one of another vocabulary has no name."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if self.space:
            return tag.removeprefix(self.space) if tag.startswith(self.space) else ""
        return "" if tag.startswith("{") else tag

    def all(self, element: etree._Element, path: str) -> list[etree._Element]:
        """Give the elements at a path: ``NewsLines/HeadLine``."""
        found = [element]
        for step in _steps(path):
            if len(found) == 1:
                below = self._below.get(found[0])
                if below is None:
                    below = self._children(found[0])
                found = below.get(step, [])
            else:
                found = [one for each in found for one in self._children(each).get(step, ())]
            if not found:
                return []
        return found

    def _children(self, element: etree._Element) -> dict[str, list[etree._Element]]:
        """Give what stands directly in an element, by name."""
        found = self._below.get(element)
        if found is None:
            found = self._below[element] = {}
            for one in element.iterchildren(etree.Element):
                if name := self.name(one):
                    found.setdefault(name, []).append(one)
        return found

    def worded(self, element: etree._Element, path: str) -> list[tuple[etree._Element, str]]:
        """Give those with words, and these; looked for once, as many components inherit them."""
        found = self._worded.get((element, path))
        if found is None:
            found = self._worded[element, path] = [
                (one, said) for one in self.all(element, path) if (said := self.line(one))
            ]
        return found

    def one(self, element: etree._Element, path: str) -> etree._Element | None:
        """Give the first of them, if there is one."""
        return next(iter(self.all(element, path)), None)

    def formals(self, element: etree._Element, path: str) -> list[str]:
        """Give the formal names at a path that are not empty; a text stands in for one."""
        return [
            said
            for one in self.all(element, path)
            if (said := one.get("FormalName", "").strip() or self.line(one))
        ]

    def formal(self, element: etree._Element, path: str) -> str:
        """Give the first of them, or nothing."""
        for one in self.all(element, path):
            if said := one.get("FormalName", "").strip() or self.line(one):
                return said
        return ""

    def text(self, element: etree._Element, path: str) -> str:
        """Give the first words at a path, or nothing."""
        for one in self.all(element, path):
            if said := self.line(one):
                return said
        return ""

    def texts(self, element: etree._Element, path: str) -> list[str]:
        """Give the words of every element at a path."""
        return [said for one in self.all(element, path) if (said := self.line(one))]

    @staticmethod
    def line(element: etree._Element) -> str:
        """Give all the words of an element on one line; ``Origin`` and others leave theirs."""
        if not len(element):
            return plain((element.text or "").replace(_TOUCH, ""))
        said = _TOUCH.join(str(part) for part in element.itertext())
        return plain(_TOUCHES.sub(" ", said).replace(_TOUCH, ""))

    def topic(self, reference: str) -> str:
        """Give the words of a topic of this document that an element refers to."""
        found = self.by_duid.get(reference.strip().removeprefix("#"))
        if found is None or self.name(found) != "Topic":
            return ""
        return self.text(found, "Description") or self.formal(found, "FormalName")

    def party(self, element: etree._Element, path: str) -> list[str]:
        """Name the parties at a path, by their formal names or by their topics."""
        found = (
            one.get("FormalName", "").strip() or self.topic(one.get("Topic", ""))
            for one in self.all(element, f"{path}/Party")
        )
        return list(dict.fromkeys(one for one in found if one))


@dataclass(frozen=True, slots=True)
class News:
    """One news item, and all that its reader needs beside it."""

    tree: Tree
    element: etree._Element
    arrival: Arrival
    quirk: Quirk
    notes: list[str]

    def all(self, path: str) -> list[etree._Element]:
        """Give the elements at a path."""
        return self.tree.all(self.element, path)

    def formals(self, path: str) -> list[str]:
        """Give the formal names at a path that are not empty."""
        return self.tree.formals(self.element, path)

    def text(self, path: str) -> str:
        """Give the first words at a path, or nothing."""
        return self.tree.text(self.element, path)
