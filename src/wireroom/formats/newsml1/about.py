"""What an item is about, where, and under which rights (NewsML 1.2: the metadata)."""

import re
from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from lxml import etree

from wireroom.formats.item import Countries, Place, Rights, Subject
from wireroom.formats.values.countries import alpha_2
from wireroom.formats.values.moments import NEVER, earliest, latest, read_bound
from wireroom.formats.values.statuses import word_of
from wireroom.formats.values.subjectcodes import about

from .lines import Lines
from .tree import Tree

_CODE: Final = re.compile(r"(?:subj:|medtop:)?(\d{8})")
_SUBJECTS: Final = ("SubjectDetail", "SubjectMatter", "Subject")
_ORIGIN: Final = "origin"
#: How present a place is in which something happened.
_ACTS: Final = frozenset({"event", "eventlocation", "happened"})
_CITY: Final = frozenset({"city", "cityname", "town"})
_AREA: Final = frozenset({"countryarea", "state", "province", "region", "countryareaname"})
_COUNTRY: Final = frozenset({"country", "countrycode", "countryname"})


def subjects(
    tree: Tree, within: Sequence[etree._Element], lines: Lines, genres: list[str]
) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Give the subjects by their codes; all other names are keywords."""
    found: dict[str, Subject] = {}
    words: list[str] = []
    for said in _coded(tree, within):
        if code := _CODE.fullmatch(said):
            for subject in about(code[1], "", "SubjectCode"):
                found.setdefault(subject.code, subject)
        else:
            words.append(said)
    words += genres
    words += _named(tree, within)
    for said in lines.lines("KeywordLine"):
        words += re.split(r"[,;]", said)
    kept = (" ".join(one.split()) for one in words)
    return tuple(found.values()), tuple(dict.fromkeys(one for one in kept if one))


def _coded(tree: Tree, within: Sequence[etree._Element]) -> list[str]:
    """Give the formal names of subjects, at whatever depth of their three."""
    return [
        said
        for component in within
        for one in tree.all(component, "DescriptiveMetadata/SubjectCode")
        for level in _SUBJECTS
        for said in tree.formals(one, level)
    ]


def _named(tree: Tree, within: Sequence[etree._Element]) -> list[str]:
    """Give the topics that occur, and key words that stand as properties."""
    topics = [
        tree.topic(one.get("Topic", "")) or one.get("FormalName", "")
        for component in within
        for one in tree.all(component, "DescriptiveMetadata/TopicOccurrence")
    ]
    return topics + [
        one.get("Value", "")
        for component in within
        for one in tree.all(component, "DescriptiveMetadata/Property")
        if word_of(one.get("FormalName", "")).startswith("keyword")
    ]


def genres(tree: Tree, within: Sequence[etree._Element]) -> list[str]:
    """Give the genres of components."""
    return [said for one in within for said in tree.formals(one, "DescriptiveMetadata/Genre")]


def places(
    tree: Tree, within: Sequence[etree._Element]
) -> tuple[tuple[Place, ...], Countries, str]:
    """Give the places, the countries among them, and where it was written."""
    found: list[Place] = []
    acting: list[str] = []
    located = ""
    for component in within:
        for one in tree.all(component, "DescriptiveMetadata/Location"):
            present = word_of(one.get("HowPresent", ""))
            place, name = _place(tree, one)
            if present == _ORIGIN:
                located = located or name
            elif place != Place():
                found.append(place)
                if present in _ACTS:
                    acting.append(place.country)
    known = list(dict.fromkeys(one for one in (*acting, *(p.country for p in found)) if one))
    primary = next((one for one in acting if one), None)
    return (
        tuple(dict.fromkeys(found)),
        Countries(primary=primary, mentioned=tuple(known)),
        located,
    )


def _place(tree: Tree, location: etree._Element) -> tuple[Place, str]:
    """Read a place from its properties, and how it is called."""
    said: dict[str, str] = {}
    for one in tree.all(location, "Property"):
        value = one.get("Value", "").strip() or tree.topic(one.get("ValueRef", ""))
        said.setdefault(word_of(one.get("FormalName", "")), value)
    city, area, country = (
        next((said[name] for name in said if name in names and said[name]), "")
        for names in (_CITY, _AREA, _COUNTRY)
    )
    shown = ", ".join(one for one in (city, area, country) if one)
    name = ", ".join(one for one in (city, area) if one) or country
    return Place(name=name, country=alpha_2(country)), shown


def creditline(tree: Tree, within: Sequence[etree._Element], lines: Lines) -> str:
    """Name whom readers must be shown as the source: its line, else source, else provider."""
    if said := lines.line("CreditLine"):
        return said
    for name in ("Source", "Provider"):
        for one in within:
            if parties := tree.party(one, f"AdministrativeMetadata/{name}"):
                return ", ".join(parties)
    return ""


def rights(
    tree: Tree, within: Sequence[etree._Element], lines: Lines, zone: tzinfo, notes: list[str]
) -> Rights:
    """Give holder, notice, terms, territory and time, as the agency wrote them."""
    component = next((one for one in within if tree.all(one, "RightsMetadata")), None)
    terms = lines.lines("RightsLine")
    if component is None and not terms:
        return Rights(notice=lines.line("CopyrightLine"))
    holder = year = ""
    territory: list[str] = []
    starts: list[str] = []
    ends: list[str] = []
    if component is not None:
        usage = "RightsMetadata/UsageRights"
        holder = tree.text(component, "RightsMetadata/Copyright/CopyrightHolder")
        year = tree.text(component, "RightsMetadata/Copyright/CopyrightDate")[:4]
        terms += tree.texts(component, f"{usage}/Limitations")
        terms += tree.texts(component, f"{usage}/UsageType")
        territory = tree.texts(component, f"{usage}/Geography")
        starts = tree.texts(component, f"{usage}/StartDate")
        ends = tree.texts(component, f"{usage}/EndDate")
    made = f"© {year} {holder}" if holder and year.isdigit() else ""
    return Rights(
        holder=holder,
        notice=lines.line("CopyrightLine") or made,
        terms="; ".join(dict.fromkeys(terms)),
        territory="; ".join(dict.fromkeys(territory)),
        valid_from=latest([read_bound(one, zone, "StartDate", notes) for one in starts], notes),
        valid_until=earliest(
            [read_bound(one, zone, "EndDate", notes) for one in ends if not one.startswith(NEVER)]
        ),
    )
