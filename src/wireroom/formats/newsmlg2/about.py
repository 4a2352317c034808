"""What an item is about, where, by whom, under which rights, and what it points to."""

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from wireroom.formats.item import Countries, Link, Place, Rights, Subject
from wireroom.formats.providers.agencies import Agency
from wireroom.formats.values.countries import alpha_2
from wireroom.formats.values.statuses import word_of
from wireroom.formats.values.subjectcodes import about as of_code

from .codes import Concept, known
from .sheet import Sheet

#: What the relation of an item to another is called here.
RELS: Final = {
    "derivedfrom": "via",
    "translatedfrom": "via",
    "evolvedfrom": "replaces",
    "replaces": "replaces",
    "supersedes": "replaces",
    "alternate": "alternate",
    "isalternate": "alternate",
}
#: So many subjects are looked at; fewer are kept.
MOST: Final = 1_000
_PLACES: Final = frozenset({"geoarea", "poi"})
_NUMBER: Final = re.compile(r"\s*[-+]?\d{1,3}(?:\.\d{1,15})?\s*")
_COUNTRIES: Final = re.compile(r"iso-?3166", re.IGNORECASE)
_QUARTER: Final = 90
_HALF: Final = 180
#: Fewer signs than these, or digits alone, count something and name nothing.
_LEAST_ID: Final = 8


def subjects(sheet: Sheet, agency: Agency) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Give the subjects of known vocabularies; all other names are keywords."""
    found: dict[str, Subject] = {}
    words: list[str] = []
    for one in sheet.about("subject")[:MOST]:
        concepts = [*_concepts(sheet, one)]
        code = next((code for each in concepts if (code := known(each))), "")
        name = sheet.called(one)
        if code:
            for subject in _subjects(code, name):
                found.setdefault(subject.code, subject)
        elif _is_place(sheet, one) or _of_desk(sheet, one, agency):
            continue
        elif name or concepts:
            words.append(name or _literal(sheet, one))
    words += [sheet.words(one) for one in sheet.about("keyword")]
    return tuple(found.values()), tuple(dict.fromkeys(word for word in words if word))


def _subjects(code: str, name: str) -> list[Subject]:
    alias, _, digits = code.partition(":")
    if alias == "subj":
        return of_code(digits, name, "subject")
    return [Subject(code=code, name=name, because="subject")]


def places(sheet: Sheet, agency: Agency) -> tuple[Place, ...]:
    """Give the places that the item is about."""
    found = []
    for one in sheet.about("subject")[:MOST]:
        if not _is_place(sheet, one):
            continue
        latitude, longitude = _position(sheet, one)
        place = Place(
            code=next(iter(concept.said for concept in sheet.codes.concepts(one)), ""),
            name=sheet.called(one),
            country=_country(sheet, one, agency),
            latitude=latitude,
            longitude=longitude,
        )
        if one.get("literal"):  # a name within this document, and nowhere else
            place = Place(
                name=place.name,
                country=place.country,
                latitude=latitude,
                longitude=longitude,
            )
        found.append(place)
    return tuple(dict.fromkeys(one for one in found if one != Place()))


def countries(found: tuple[Place, ...]) -> Countries:
    """Give the countries of an item's places; which one acts, nobody says."""
    return Countries(mentioned=tuple(dict.fromkeys(one.country for one in found if one.country)))


def located(sheet: Sheet) -> str:
    """Say where it was written."""
    names = (sheet.called(one) for one in sheet.about("located"))
    return ", ".join(dict.fromkeys(one for one in names if one))


def byline(sheet: Sheet, agency: Agency) -> str:
    """Say who wrote it."""
    by = sheet.about("by")
    if len(by) > 1:
        by = sorted(by, key=lambda one: not sheet.spoken(one))
    if said := sheet.said(by):
        return ", ".join(said)
    names = [name for one in sheet.about("creator") if (name := sheet.called(one))]
    return ", ".join(dict.fromkeys(agency.people(names)))


def creditline(sheet: Sheet) -> str:
    """Name whom readers must be shown as the source."""
    if said := sheet.said(sheet.about("creditline")):
        return said[0]
    for sources in (
        [*sheet.about("infoSource"), *sheet.meta("infoSource")],
        sheet.meta("provider"),
    ):
        if names := [name for one in sources if (name := sheet.called(one))]:
            return ", ".join(dict.fromkeys(names))
    return ""


def rights(sheet: Sheet) -> Rights:
    """Give holder, notice and terms of what covers the content as a whole."""
    if not sheet.top("rightsInfo"):
        return Rights()
    whole = [
        one
        for one in sheet.top("rightsInfo")
        if not (one.get("idrefs") or "").strip()
        and not {word_of(said) for said in sheet.codes.words([one], "scope")} & {"metadata"}
    ]
    holders = [
        sheet.called(one) or _literal(sheet, one)
        for each in whole
        for one in sheet.children(each, "copyrightHolder")
    ]
    notices = [
        sheet.words(one) or (one.get("href") or "").strip()
        for each in whole
        for one in sheet.children(each, "copyrightNotice")
    ]
    terms = [
        sheet.words(one) or (one.get("href") or "").strip()
        for each in whole
        for one in sheet.children(each, "usageTerms")
    ]
    terms += [
        (one.get("href") or "").strip()
        for each in whole
        for one in sheet.children(each, "link")
        if "rightspolicy" in {word_of(said) for said in sheet.codes.words([one], "rel")}
    ]
    return Rights(
        holder=", ".join(dict.fromkeys(one for one in holders if one)),
        notice=next((one for one in notices if one), ""),
        terms="; ".join(dict.fromkeys(one for one in terms if one)),
    )


def aliases(sheet: Sheet, guid: str, raw_guid: str) -> tuple[str, ...]:
    """Give the other ids of the item; what only counts is none."""
    found = [raw_guid]
    for one in [*sheet.about("altId"), *sheet.meta("altId")]:
        said = sheet.words(one)
        if len(said) < _LEAST_ID or said.isdigit():
            sheet.notes.append(f"an altId that names nothing alone: {said[:60]!r}")
        else:
            found.append(said)
    return tuple(dict.fromkeys(one for one in found if one and one != guid))


def link(sheet: Sheet, one: etree._Element, title: str, rel: str = "") -> Link | None:
    """Make a link of what names another item or an address."""
    href = (one.get("href") or "").strip() or (one.get("residref") or "").strip()
    words = [word_of(said) for said in sheet.codes.words([one], "rel")]
    rel = rel or next((RELS[word] for word in words if word in RELS), "related")
    mime = (one.get("contenttype") or "").strip().lower()
    return Link(rel=rel, href=href, title=title, mime=mime) if href else None


def _concepts(sheet: Sheet, element: etree._Element) -> Iterable[Concept]:
    """Yield what an element names, and what is asserted to be the same."""
    yield from sheet.codes.concepts(element)
    for fact in sheet.facts(element):
        for one in sheet.of(fact, "sameAs"):
            yield from sheet.codes.concepts(one)


def _literal(sheet: Sheet, element: etree._Element) -> str:
    """Give a value that is made for people: a literal, or a code that is none."""
    for one in sheet.codes.concepts(element):
        if not one.address:
            return " ".join(one.said.split()) if " " in one.said else one.code
        if one.address == one.said:
            return one.said
    return ""


def _is_place(sheet: Sheet, element: etree._Element) -> bool:
    types = sheet.codes.words([element], "type")
    types += [
        word for fact in sheet.facts(element) for word in sheet.codes.words(sheet.of(fact, "type"))
    ]
    if _PLACES.intersection(word_of(one) for one in types):
        return True
    facts = sheet.facts(element)
    return any(sheet.of(fact, "geoAreaDetails", "POIDetails") for fact in facts)


def _of_desk(sheet: Sheet, element: etree._Element, agency: Agency) -> bool:
    return any(one.said.partition(":")[0] in agency.desks for one in sheet.codes.concepts(element))


def _country(sheet: Sheet, element: etree._Element, agency: Agency) -> str:
    """Give the country of a place: by code, by what is broader, by its exact name."""
    around = [element, *sheet.wider(element)]
    addresses = [
        country
        for fact in sheet.facts(element)
        for details in sheet.of(fact, "POIDetails", "geoAreaDetails")
        for country in (
            *sheet.inside(details, "address", "country"),
            *sheet.children(details, "country"),
        )
    ]
    for one in (*around, *addresses):
        for concept in sheet.codes.concepts(one):
            if own := agency.countries.get(concept.said):
                return own
            coded = _COUNTRIES.search(concept.address or concept.said)
            if coded and (code := alpha_2(re.split("[-:/]", concept.code)[0])):
                return code
    for one in (*around[1:], *addresses, element):
        if code := alpha_2(sheet.called(one)):
            return code
    return ""


def _position(sheet: Sheet, element: etree._Element) -> tuple[float | None, float | None]:
    """Give a place's degrees; the two get swapped in the wild."""
    for fact in sheet.facts(element):
        for details in sheet.of(fact, "geoAreaDetails", "POIDetails"):
            for one in sheet.children(details, "position"):
                said = (one.get("latitude") or "", one.get("longitude") or "")
                if not all(_NUMBER.fullmatch(each) for each in said):
                    sheet.notes.append("a place whose position cannot be read")
                    continue
                latitude, longitude = (float(each) for each in said)
                if abs(latitude) > _QUARTER >= abs(longitude) and abs(latitude) <= _HALF:
                    sheet.notes.append("latitude and longitude were swapped")
                    latitude, longitude = longitude, latitude
                if abs(latitude) <= _QUARTER and abs(longitude) <= _HALF:
                    return latitude, longitude
                sheet.notes.append("a place that is not on Earth")
    return None, None
