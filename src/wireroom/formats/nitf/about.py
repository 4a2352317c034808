"""What a document is about, where, and under which rights (NITF 3.6: ``docdata``, ``tobject``)."""

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from wireroom.formats.document import Arrival
from wireroom.formats.item import Countries, Place, Rights, Subject
from wireroom.formats.values.countries import alpha_2
from wireroom.formats.values.moments import NEVER, earliest, latest, read_bound
from wireroom.formats.values.subjectcodes import about

from .paper import Paper

_REFNUM: Final = re.compile(r"\d{8}")
#: Attributes of the head that say in a word what a document is about.
_WORDS: Final = (
    ("keyword", "key"),
    ("doc-scope", "scope"),
    ("tobject.property", "tobject.property.type"),
    ("fixture", "fix-id"),
    ("series", "series.name"),
)
#: What a document is by default says nothing of it.
_DEFAULTS: Final = frozenset({"current"})
#: Names that stand for the document as a whole.
_IDENTIFIED: Final = ("person", "org", "event", "object.title", "classifier")
#: Elements of the head that say who may use it, and those before the text.
_RIGHTS: Final = frozenset({"doc.copyright", "doc.rights"})
_NOTICES: Final = frozenset(
    (
        *("copyrite", "copyrite.holder", "rights", "rights.owner", "rights.geography"),
        *("rights.startdate", "rights.enddate"),
    )
)
_PLACES: Final = frozenset({"evloc", "location"})
_CATEGORIES: Final = frozenset({"anpa-category", "anpa-keyword", "category", "keywords"})


def subjects(paper: Paper) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Give the subjects of known vocabularies; all other names are keywords."""
    found: dict[str, Subject] = {}
    words: list[str] = []
    for one in paper.head("tobject.subject"):
        code = one.get("tobject.subject.refnum", "").strip()
        name = next(
            (
                said
                for level in ("detail", "matter", "type")
                if (said := one.get(f"tobject.subject.{level}", "").strip())
            ),
            "",
        )
        ours = one.get("tobject.subject.ipr", "IPTC").strip().upper() in {"", "IPTC"}
        if ours and _REFNUM.fullmatch(code):
            for subject in about(code, name, "tobject.subject"):
                found.setdefault(subject.code, subject)
        elif name or code:
            words.append(name or code)
    for element, attribute in _WORDS:
        words += paper.said(element, attribute)
    for one in paper.head("meta"):
        if one.get("name", "").strip().lower() in _CATEGORIES:
            words += one.get("content", "").split(",")
    for element in _IDENTIFIED:
        for one in paper.head(element):
            words.append(paper.words(one) or one.get("value", ""))
    kept = (" ".join(one.split()) for one in words)
    return tuple(found.values()), tuple(
        dict.fromkeys(one for one in kept if one and one not in _DEFAULTS)
    )


def places(paper: Paper) -> tuple[Place, ...]:
    """Give where it happened, and the places that the document names as a whole."""
    if paper.lacks(head=_PLACES):
        return ()
    found = []
    for one in paper.head("evloc"):
        names = (one.get(key, "") for key in ("city", "county-dist", "state-prov"))
        found.append(Place(name=_line(names), country=_country(paper, one.get("iso-cc", ""))))
    for one in paper.head("location"):
        country = next((paper.words(each) for each in one if paper.name(each) == "country"), "")
        coded = one.get("location-code", "").strip()
        source = one.get("code-source", "").strip().lower()
        found.append(
            Place(
                code=coded,
                name=paper.words(one),
                country=alpha_2(country) or (alpha_2(coded) if "3166" in source else ""),
            )
        )
    return tuple(dict.fromkeys(one for one in found if one != Place()))


def countries(paper: Paper) -> Countries:
    """Give the countries in which it happened, the first as the one that acts."""
    found = map(alpha_2, paper.said("evloc", "iso-cc"))
    known = tuple(dict.fromkeys(filter(None, found)))
    return Countries(primary=known[0], mentioned=known) if known else Countries()


def rights(paper: Paper, arrival: Arrival) -> Rights:
    """Give holder, notice, terms, territory and time, as the agency wrote them."""
    if paper.lacks(head=_RIGHTS, front=_NOTICES):
        return Rights()
    notes, zone = paper.notes, arrival.zone
    holder = next(
        iter(
            (
                *paper.said("doc.copyright", "holder"),
                *_texts(paper, paper.front("copyrite.holder")),
                *paper.said("doc.rights", "owner"),
                *_texts(paper, paper.front("rights.owner")),
            )
        ),
        "",
    )
    notice = next(iter(_texts(paper, paper.front("copyrite"))), "")
    year = paper.first("doc.copyright", "year")
    if not notice and year and holder:
        notice = f"© {year} {holder}"
    terms = [*paper.said("doc.rights", "limitations"), *_texts(paper, paper.front("rights"))]
    territory = [
        *paper.said("doc.rights", "geography"),
        *_texts(paper, paper.front("rights.geography")),
    ]
    starts, ends = (
        [one for said in both for one in said if not one.startswith(NEVER)]
        for both in (
            (paper.said("doc.rights", "startdate"), _dates(paper, "rights.startdate")),
            (paper.said("doc.rights", "enddate"), _dates(paper, "rights.enddate")),
        )
    )
    return Rights(
        holder=holder,
        notice=notice,
        terms="; ".join(dict.fromkeys(terms)),
        territory="; ".join(dict.fromkeys(territory)),
        valid_from=latest([read_bound(one, zone, "startdate", notes) for one in starts], notes),
        valid_until=earliest([read_bound(one, zone, "enddate", notes) for one in ends]),
    )


def language(paper: Paper, arrival: Arrival) -> str:
    """Give the language of the document."""
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    said = (paper.root.get("baselang"), paper.root.get(lang), arrival.language)
    return next((one.strip() for one in said if one and one.strip()), "")


def _country(paper: Paper, said: str) -> str:
    code = alpha_2(said)
    if said.strip() and not code:
        paper.notes.append(f"iso-cc is no country: {said[:60]!r}")
    return code


def _dates(paper: Paper, name: str) -> list[str]:
    said = (one.get("norm", "").strip() or paper.words(one) for one in paper.front(name))
    return [one for one in said if one]


def _texts(paper: Paper, elements: list[etree._Element]) -> list[str]:
    return [said for one in elements if (said := paper.words(one))]


def _line(names: Iterable[str]) -> str:
    return ", ".join(one.strip() for one in names if one.strip())
