"""Coded values of NewsML-G2 as concepts (2.35: ``@qcode``, ``@uri``, ``@literal``, catalogs).

A QCode is an alias, a colon and a code; the alias stands for the address of a scheme, as a
catalog says. Catalogs are never fetched: a document's own counts first, then a kept copy of
the IPTC's addresses.
"""

import csv
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from lxml import etree

from wireroom.formats.ninjs.about import VOCABULARIES
from wireroom.formats.syntax.namespaces import local

#: Schemes whose codes are eight digits.
_DIGITS: Final = 8
#: So many schemes of its own a document may name.
_MOST: Final = 2_000


class Concept(NamedTuple):
    """What a coded value names."""

    #: As the document writes it: ``medtop:04000000``, an address, a literal.
    said: str
    #: The concept's address where its scheme is known, else nothing.
    address: str
    #: Its code within the scheme.
    code: str


class Codes:
    """Resolve the coded values of one document."""

    def __init__(self, schemes: dict[str, str]) -> None:
        self.own = schemes
        #: Elements are asked for again and again.
        self._read: dict[tuple[etree._Element, str], list[Concept]] = {}

    def qcode(self, said: str) -> Concept:
        """Resolve a QCode; one with white space inside names nothing but itself."""
        said = said.strip()
        alias, colon, _ = said.partition(":")
        if colon and (scheme := self.own.get(alias)) and len(said.split()) == 1:
            code = said[len(alias) + 1 :]
            return Concept(said, f"{scheme}{code}", code)
        return usual(said)

    def concepts(self, element: etree._Element, attribute: str = "") -> list[Concept]:
        """Give all concepts that an element names, or that an attribute of it names."""
        if (read := self._read.get((element, attribute))) is not None:
            return read
        found = self._read[element, attribute] = []
        said = element.get
        if code := said(attribute or "qcode", "").strip():
            found.append(self.qcode(code))
        if uri := said(f"{attribute}uri", "").strip():
            found.append(Concept(uri, uri, uri.rstrip("/#").replace("#", "/").split("/")[-1]))
        if not attribute and (literal := said("literal", "").strip()):
            found.append(Concept(literal, "", literal))
        return found

    def words(self, elements: Iterable[etree._Element], attribute: str = "") -> list[str]:
        """Give the codes that elements name, without their schemes."""
        return [one.code for element in elements for one in self.concepts(element, attribute)]

    def word(self, element: etree._Element, attribute: str = "") -> str:
        """Give the first of an element's codes, or nothing."""
        found = self.concepts(element, attribute)
        return found[0].code if found else ""

    def keys(self, element: etree._Element) -> list[str]:
        """Give all ways in which an element names its concept, to find it again elsewhere."""
        found = self.concepts(element)
        return list(dict.fromkeys(key for one in found for key in (one.address, one.said) if key))


def schemes(root: etree._Element, catalogs: Iterable[etree._Element]) -> dict[str, str]:
    """Give the schemes that a document's own catalogs name, by alias."""
    own = str(root.tag).rpartition("}")[0]
    found: dict[str, str] = {}
    for catalog in catalogs:
        for one in catalog:
            alias, address = (one.get("alias") or "").strip(), (one.get("uri") or "").strip()
            if str(one.tag).rpartition("}")[0] != own or local(str(one.tag)) != "scheme":
                continue
            if alias and address and len(found) < _MOST:
                found.setdefault(alias, address)
    return found


def known(concept: Concept) -> str:
    """Give a concept of a vocabulary we know with its usual alias: ``medtop:04000000``."""
    for said in (concept.address, concept.said):
        for pattern, alias in VOCABULARIES:
            if said and (begin := pattern.match(said)):
                code = said[begin.end() :]
                digits = len(code) == _DIGITS and code.isascii() and code.isdigit()
                if digits and alias in {"medtop", "subj"}:
                    return f"{alias}:{code}"
    return ""


@lru_cache(maxsize=4_096)
def usual(said: str) -> Concept:
    """Resolve a QCode by the usual aliases; one with white space inside names but itself."""
    alias, colon, code = said.partition(":")
    if not colon or len(said.split()) != 1:
        return Concept(said, "", said)
    scheme = newscodes().get(alias, "")
    return Concept(said, f"{scheme}{code}" if scheme else "", code)


@cache
def newscodes() -> dict[str, str]:
    """Read the addresses of the IPTC's schemes, by their usual aliases."""
    text = (files("wireroom.formats") / "data" / "newscodes.tsv").read_text("utf-8")
    return {
        row["alias"]: row["address"] for row in csv.DictReader(text.splitlines(), delimiter="\t")
    }
