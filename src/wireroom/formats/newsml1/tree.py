"""The elements of one document of NewsML 1, found by path in whatever namespace it came.

The DTDs have none; 1.2 has a schema with one. What is coded stands in ``@FormalName``.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from wireroom.formats.bodies.text import plain
from wireroom.formats.document import Arrival
from wireroom.formats.nitf.body import namespace
from wireroom.formats.providers.quirks import Quirk
from wireroom.formats.syntax.namespaces import names_beside

#: Of 1.2; no other has one.
NAMESPACE: Final = "http://iptc.org/std/newsml/"
#: Where two elements touch, their words do not run into each other.
_TOUCH: Final = "\0"
_TOUCHES: Final = re.compile(r"(?<=\w)\0+(?=\w)")
#: Parts with elements of their own: these are asked for by themselves.
_OWN: Final = frozenset(
    (
        *("NewsItem", "NewsComponent", "ContentItem", "DataContent", "TopicSet", "Topic"),
        *("Update", "Catalog"),
    )
)
#: Characters of a path, about; no name of the DTDs makes a longer one.
_LONGEST: Final = 100
#: Elements with an id that others refer to them with.
_REFERRED: Final[Callable[[etree._Element], Any]] = etree.XPath("descendant-or-self::*[@Duid]")


class Tree:
    """Look elements up, and what others of the same document refer to."""

    def __init__(self, root: etree._Element, notes: list[str], text: bytes = b"Duid") -> None:
        """Read it; ``text`` are the document's characters where the caller has them."""
        own = namespace(root)
        self.root = root
        if own and not own.lower().startswith(NAMESPACE):
            notes.append(f"read as NewsML 1, whose namespace this is not: {own[:100]}")
        self._names = names_beside(str(root.tag))
        #: What stands in an element by path; looked through once, asked for often.
        self._paths: dict[etree._Element, dict[str, list[etree._Element]]] = {}
        self._worded: dict[tuple[etree._Element, str], list[tuple[etree._Element, str]]] = {}
        #: Elements by the id that others refer to them with.
        self.by_duid: dict[str, etree._Element] = {
            duid: one
            for one in (_REFERRED(root) if b"Duid" in text else ())
            if (duid := one.get("Duid", "").strip())
        }

    def name(self, element: etree._Element) -> str:
        """Name an element; one of another vocabulary has no name."""
        return self._names[element.tag]

    def paths(self, element: etree._Element) -> dict[str, list[etree._Element]]:
        """Give what stands in an element, by path; what stands in a part of its own does not."""
        found = self._paths.get(element)
        if found is None:
            found = self._paths[element] = {}
            self._gather(element, "", found)
        return found

    def _gather(
        self, element: etree._Element, above: str, found: dict[str, list[etree._Element]]
    ) -> None:
        """Sort what stands in an element by path; no reader asks for long ones."""
        names = self._names
        for one in element:
            if name := names[one.tag]:
                path = above + name
                if path in found:
                    found[path].append(one)
                else:
                    found[path] = [one]
                if len(one) and name not in _OWN and len(path) < _LONGEST:
                    self._gather(one, f"{path}/", found)

    def all(self, element: etree._Element, path: str) -> Sequence[etree._Element]:
        """Give the elements at a path: ``NewsLines/HeadLine``."""
        return self.paths(element).get(path, ())

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
        found = self.all(element, path)
        return found[0] if found else None

    def formals(self, element: etree._Element, path: str) -> list[str]:
        """Give the formal names at a path that are not empty; a text stands in for one."""
        found = self.all(element, path)
        if not found:
            return []
        return [
            said for one in found if (said := one.get("FormalName", "").strip() or self.line(one))
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
        found = self.all(element, path)
        return [said for one in found if (said := self.line(one))] if found else []

    @staticmethod
    def line(element: etree._Element) -> str:
        """Give all the words of an element on one line; ``Origin`` and others leave theirs."""
        if not len(element):
            said = element.text
            return plain(said) if said else ""
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

    def all(self, path: str) -> Sequence[etree._Element]:
        """Give the elements at a path."""
        return self.tree.all(self.element, path)

    def formals(self, path: str) -> list[str]:
        """Give the formal names at a path that are not empty."""
        return self.tree.formals(self.element, path)

    def text(self, path: str) -> str:
        """Give the first words at a path, or nothing."""
        return self.tree.text(self.element, path)
