"""One item of NewsML-G2, its elements found by name where they mean something.

The same name says different things under ``itemMeta``, ``contentMeta`` and deeper
(``title``, ``description``, ``provider``), so that elements are found by their parent.
"""

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from wireroom.formats.bodies.inside import Bases, inner
from wireroom.formats.bodies.text import plain, seen, text_of
from wireroom.formats.syntax.namespaces import LANG, names_beside

from .codes import Codes, schemes

NAMESPACE: Final = "http://iptc.org/std/nar/2006-10-01/"
_MARKUP: Final = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|li|a|em|strong|b|i|table)\b[^>]*>")
#: So many times a concept's facts lead to another's, and to so many.
_STEPS: Final = 8
_WIDER: Final = 30
#: So many facts of one concept are looked at, and so many of each sort.
_FACTS: Final = 10
_SORT: Final = 50


class Sheet:
    """Look elements up by parent and name."""

    def __init__(
        self, root: etree._Element, bases: Bases, aliases: dict[str, str], notes: list[str]
    ) -> None:
        self.root = root
        self.bases = bases
        self.notes = notes
        tag = str(root.tag)
        self.own = tag.rpartition("}")[0].lstrip("{")
        if self.own.rstrip("/") != NAMESPACE.rstrip("/"):
            notes.append(f"read as NewsML-G2, whose namespace this is not: {self.own[:100]!r}")
        self._names = called = names_beside(tag)
        self._top = top = called.below([root])
        self.item = called.below(top.get("itemMeta", ()))
        self.content = called.below(top.get("contentMeta", ()))
        catalogs = top.get("catalog", ())
        self.codes = Codes({**aliases, **schemes(root, catalogs)})
        if not catalogs and not aliases and "catalogRef" not in top:
            notes.append("it names no catalog: the usual aliases are meant")
        self._facts: dict[str, list[etree._Element]] = {}
        self._parts: dict[etree._Element, dict[str, list[etree._Element]]] = {}
        for one in top.get("assert", ()):
            for key in self.codes.keys(one):
                if len(facts := self._facts.setdefault(key, [])) < _FACTS:
                    facts.append(one)
        tags = [one.get("tag", "").strip() for one in self.content.get("language", ())]
        self.language = next(filter(None, tags), "") or root.get(LANG, "").strip()
        #: Without its country.
        self._tongue = _tongue(self.language)

    def name(self, element: etree._Element) -> str:
        """Name an element; one of another vocabulary has no name."""
        return self._names[element.tag]

    def top(self, name: str) -> list[etree._Element]:
        """Give the elements directly under the item."""
        return self._top.get(name, [])

    def meta(self, name: str) -> list[etree._Element]:
        """Give the elements of ``itemMeta``: what manages the item."""
        return self.item.get(name, [])

    def about(self, name: str) -> list[etree._Element]:
        """Give the elements of ``contentMeta``: what describes the content."""
        return self.content.get(name, [])

    def children(self, element: etree._Element, *names: str) -> list[etree._Element]:
        """Give an element's children of some names."""
        called = self._names
        return [one for one in element if called[one.tag] in names]

    def of(self, fact: etree._Element, *names: str) -> list[etree._Element]:
        """Give the same of what is asserted of a concept, which is asked for often."""
        if fact not in self._parts:
            self._parts[fact] = self._names.below([fact])
        parts = self._parts[fact]
        return [one for name in names for one in parts.get(name, ())[:_SORT]]

    def inside(self, element: etree._Element, *path: str) -> list[etree._Element]:
        """Give what stands at a path of names below an element."""
        found = [element]
        for name in path:
            found = [child for one in found for child in self.children(one, name)]
        return found

    def words(self, element: etree._Element) -> str:
        """Give the words of an element on one line."""
        if len(element):
            return plain(inner(element, self.bases))
        said = element.text
        return plain(said) if said else ""

    def lines(self, element: etree._Element) -> str:
        """Give the words of an element that may hold paragraphs or lines."""
        if len(element):
            return text_of(inner(element, self.bases))
        said = seen(element.text or "")
        if _MARKUP.search(said):
            return text_of(said)
        return "\n".join(" ".join(line.split()) for line in said.strip().splitlines())

    def said(self, elements: Iterable[etree._Element]) -> list[str]:
        """Give the words of elements, each once, where they have some."""
        found = [words for one in elements if (words := self.words(one))]
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def first(self, elements: Iterable[etree._Element]) -> str:
        """Give the words of the first element that has some."""
        for one in elements:
            if words := self.words(one):
                return words
        return ""

    def called(self, element: etree._Element) -> str:
        """Give a concept's name, in the item's language if it has one there."""
        names = [one for each in self.facts(element) for one in self.of(each, "name")]
        own = [one for one in names if self.spoken(one)] if len(names) > 1 else []
        return self.first([*own, *names])

    def spoken(self, element: etree._Element) -> bool:
        """Say whether an element is in the item's language."""
        said = element.get(LANG)
        return said is not None and bool(said := _tongue(said)) and said == self._tongue

    def facts(self, element: etree._Element) -> list[etree._Element]:
        """Give an element, and what is asserted elsewhere of the concept that it names."""
        found = [element]
        for key in self.codes.keys(element) if self._facts else ():
            found += [one for one in self._facts.get(key, ()) if one not in found]
        return found

    def wider(self, element: etree._Element) -> list[etree._Element]:
        """Give the concepts that are broader than an element's, the nearest first."""
        seen_keys: set[str] = set(self.codes.keys(element))
        found: list[etree._Element] = []
        level = [element]
        for _ in range(_STEPS):
            above = [
                one
                for each in level
                for fact in self.facts(each)
                for one in self.of(fact, "broader", "sameAs")
                if not seen_keys.issuperset(self.codes.keys(one)) or not self.codes.keys(one)
            ]
            for one in above:
                seen_keys.update(self.codes.keys(one))
            found += above
            level = [one for one in above if self.codes.keys(one)]
            if not level or len(found) > _WIDER:
                break
        return found


def _tongue(language: str) -> str:
    """Give a language without its country."""
    return language.strip().lower().partition("-")[0]
