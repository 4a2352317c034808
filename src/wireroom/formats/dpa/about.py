"""What an item is about, where, by whom, under which terms, and what it points to."""

import re
from typing import Any, Final

from wireroom.formats.bodies.text import plain
from wireroom.formats.item import Link, Place, Rights, Subject
from wireroom.formats.newsmlg2.codes import Codes, known
from wireroom.formats.ninjs.fields import Fields
from wireroom.formats.providers.agencies import Agency
from wireroom.formats.values.countries import alpha_2
from wireroom.formats.values.subjectcodes import about as of_code

from .categories import Categories

_ABOUT: Final = ("dpasubject", "subject", "person", "organisation", "event")
_A: Final = re.compile(
    r"<a\b[^>]{0,500}?\shref\s*=\s*[\"']([^\"'<>]{1,2000})[\"'][^>]{0,500}>([^<]{0,1000})",
    re.IGNORECASE,
)
_PAIR: Final = 2
#: The usual aliases; digitalwires names no catalog.
_CODES: Final = Codes({})


def subjects(categories: Categories, agency: Agency) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Give the subjects of known vocabularies; all other names are keywords."""
    found: dict[str, Subject] = {}
    words: list[str] = []
    for one in categories.of(*_ABOUT):
        said, name = one.text("qcode"), one.line("name")
        alias, _, digits = (code := known(_CODES.qcode(said))).partition(":")
        if alias == "subj":
            for subject in of_code(digits, name, "categories"):
                found.setdefault(subject.code, subject)
        elif code:
            found.setdefault(code, Subject(code=code, name=name, because="categories"))
        elif said.partition(":")[0] not in agency.desks:
            words.append(name or said)
    words += categories.names("keyword")
    return tuple(found.values()), tuple(dict.fromkeys(word for word in words if word))


def places(categories: Categories, agency: Agency) -> tuple[Place, ...]:
    """Give the places that the item is about: countries and areas, then points."""
    found = [
        Place(
            code=one.text("qcode"),
            name=one.line("name"),
            country=agency.countries.get(one.text("qcode"), "") or alpha_2(one.line("name")),
        )
        for one in categories.of("geosubject")
    ]
    for one in categories.of("poi"):
        shape = one.first("geojson")
        said = one.inner(shape) if isinstance(shape, dict) else one.inner({})
        latitude, longitude = _position(said)
        properties = next(iter(said.objects("properties")), said.inner({}))
        found.append(
            Place(
                name=properties.line("name") or one.line("name"),
                country=alpha_2(properties.line("country")),
                latitude=latitude,
                longitude=longitude,
            )
        )
    return tuple(dict.fromkeys(one for one in found if one != Place()))


def located(categories: Categories) -> str:
    """Say where it was made."""
    for one in categories.of("locationcreated"):
        shape = one.first("geojson")
        for said in one.inner(shape if isinstance(shape, dict) else {}).objects("properties"):
            if city := said.line("locality"):
                return city
        if name := one.line("name"):
            return name
    return ""


def byline(fields: Fields, categories: Categories, agency: Agency) -> str:
    """Say who wrote it; accounts of the agency's own system are nobody."""
    return fields.line("byline") or ", ".join(agency.people(categories.names("creator")))


def creditline(fields: Fields, categories: Categories) -> str:
    """Name whom readers must be shown as the source."""
    own = fields.line("creditline")
    return own or ", ".join(categories.names("infosource") or categories.names("provider"))


def rights(fields: Fields) -> Rights:
    """Give notice and terms, as the agency wrote them."""
    return Rights(
        holder=fields.line("copyrightholder"),
        notice=fields.line("copyrightnotice"),
        terms=fields.line("usageterms"),
    )


def links(fields: Fields) -> tuple[Link, ...]:
    """Give what the box of links points to."""
    found = [
        Link(rel="related", href=href, title=plain(title))
        for said, title in _A.findall(fields.text("linkbox_html"))
        if (href := plain(said)).startswith(("https://", "http://"))
    ]
    return tuple(dict.fromkeys(found))


def aliases(fields: Fields, guid: str, raw_guid: str) -> tuple[str, ...]:
    """Give the other ids of the item."""
    found = (raw_guid, fields.text("entry_id"))
    return tuple(dict.fromkeys(one for one in found if one and one != guid))


def _position(shape: Fields) -> tuple[float | None, float | None]:
    """Give latitude and longitude of a point; GeoJSON (RFC 7946) has longitude first."""
    for one in shape.objects("geometry"):
        pair: Any = one.first("coordinates")
        numbers = pair[:_PAIR] if isinstance(pair, list) else []
        if len(numbers) == _PAIR and all(
            isinstance(n, int | float) and not isinstance(n, bool) for n in numbers
        ):
            longitude, latitude = (float(n) for n in numbers)
            if -90 <= latitude <= 90 and -180 <= longitude <= 180:  # noqa: PLR2004 (degrees)
                return latitude, longitude
            shape.notes.append("a place that is not on Earth")
        else:
            shape.notes.append("a place whose position cannot be read")
    return None, None
