"""What an item is about, where, and by whom."""

import re
from typing import Any, Final

from wireroom.formats.bodies.text import plain
from wireroom.formats.item import Link, Place, Rights, Subject
from wireroom.formats.values.statuses import NORMAL, URGENCIES

from .fields import Fields, quoted

#: Address of a vocabulary to its usual alias.
VOCABULARIES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), alias)
    for pattern, alias in (
        (r"(?:https?://)?(?:cv|www)\.iptc\.org/newscodes/mediatopic/?", "medtop"),
        (r"(?:https?://)?(?:cv|www)\.iptc\.org/newscodes/subjectcode/?", "subj"),
        (r"medtop:?|mediatopics?:?", "medtop"),
        (r"subj(?:ectcode)?:?", "subj"),
        (r"sector:?", "sector"),
    )
)
#: How one of these, or a code with its scheme, begins.
_KNOWN: Final = re.compile(
    r"(?:https?://)?(?:cv|www)\.iptc\.org/|medtop|mediatopic|subj|sector", re.IGNORECASE
)
_CODES: Final = {
    "medtop": re.compile(r"\d{8}"),
    "subj": re.compile(r"\d{8}"),
    "sector": re.compile(r"[a-z][a-z-]{1,40}"),
}
_ALPHA_2: Final = re.compile(r"[A-Z]{2}")
_POSITION: Final = 2
_ABOUT: Final = (
    ("subject", "subjects"),
    ("person", "people", "persons"),
    ("organisation", "organisations"),
    ("event", "events"),
    ("object", "objects"),
)


def subjects(fields: Fields) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Give the subjects of known vocabularies; all other names are keywords."""
    found: dict[str, Subject] = {}
    words: list[str] = []
    for names in _ABOUT:
        for one in fields.objects(*names):
            code, name = _code(one), one.line("name")
            if code:
                found.setdefault(code, Subject(code=code, name=name, because=names[0]))
            elif name or one.line("literal"):
                words.append(name or one.line("literal"))
    words += [one.line("name", "value", "literal") for one in fields.objects("keyword", "keywords")]
    return tuple(found.values()), tuple(dict.fromkeys(word for word in words if word))


def places(fields: Fields) -> tuple[Place, ...]:
    """Give the places that the item names."""
    found = []
    for one in fields.objects("place", "places"):
        latitude, longitude = _position(one)
        scheme = one.text("scheme").lower()
        code = one.line("code", "literal")
        country = one.line("countrycode") or (code if "iso3166" in scheme else "")
        place = Place(
            code=one.line("uri") or code,
            name=one.line("name"),
            country=country.upper() if _ALPHA_2.fullmatch(country.upper()) else "",
            latitude=latitude,
            longitude=longitude,
        )
        if place != Place():
            found.append(place)
    return tuple(found)


def located(fields: Fields) -> str:
    """Say where it was written."""
    value = fields.first("located")
    if isinstance(value, str):
        return plain(value)
    return ", ".join(
        name for one in fields.objects("located") if (name := one.line("name", "city"))
    )


def rights(fields: Fields) -> Rights:
    """Give holder, notice and terms, as the agency wrote them."""
    terms = [fields.line("usageterms")]
    for one in fields.objects("rightsinfo"):
        linked, encoded = one.text("linkedrights"), one.text("encodedrights")
        if linked and encoded:
            fields.notes.append("rightsinfo has both linked and encoded rights")
        if not one.text("langid"):
            fields.notes.append("rightsinfo does not name its language")
        terms += [linked] if linked else []
    return Rights(
        holder=fields.line("copyrightholder"),
        notice=fields.line("copyrightnotice"),
        terms=" ".join(one for one in terms if one),
    )


def creditline(fields: Fields) -> str:
    """Name whom readers must be shown as the source."""
    own = fields.line("creditline", "description_creditline")
    sources = [one.line("name") for one in fields.objects("infosource", "infosources")]
    if not own and sources and "infosource" in fields:
        fields.notes.append("infosource taken as the credit")
    return (
        own or ", ".join(dict.fromkeys(name for name in sources if name)) or fields.line("source")
    )


def byline(fields: Fields) -> str:
    """Say who wrote it."""
    own = fields.line("byline", "by")
    authors = [one.line("name", "by") for one in fields.objects("bylines", "authors")]
    return own or ", ".join(dict.fromkeys(name for name in authors if name))


def aliases(fields: Fields, guid: str, raw_guid: str) -> tuple[str, ...]:
    """Give the other ids of the story."""
    found = [raw_guid, fields.text("guid")]
    for value in fields.all("altids"):
        if not isinstance(value, dict | list):
            fields.odd("altids", value)
            continue
        for name, one in value.items() if isinstance(value, dict) else enumerate(value):
            if name != "etag":  # of one version, not of the story
                found += _ids(one)
    return tuple(dict.fromkeys(one for one in found if one and one != guid))


def links(fields: Fields) -> tuple[Link, ...]:
    """Give where the item points to: what it replaces, and what it names as a link."""
    found = [
        Link(rel="replaces", href=one)
        for value in fields.all("evolvedfrom", "rewrite_of")
        for one in _ids(value)
    ]
    for one in fields.objects("links", "link"):
        if href := one.text("href", "uri"):
            rel = one.line("rel").rpartition(":")[2].lower() or "related"
            title = one.line("title")
            found.append(
                Link(rel=rel, href=href, title=title, mime=one.line("contenttype", "type"))
            )
    return tuple(found)


def _ids(value: Any) -> list[str]:
    """Give the ids in a value: a text, an object with one, or a list of either."""
    if isinstance(value, str):
        return [value.strip()]
    if isinstance(value, dict):
        named = {name.lower(): one for name, one in value.items()}
        keys = ("uri", "value", "literal", "id", "name")
        return next(([named[key]] for key in keys if isinstance(named.get(key), str)), [])
    return [one for inner in value for one in _ids(inner)] if isinstance(value, list) else []


def _code(one: Fields) -> str:
    """Give a concept's code with its scheme, if the vocabulary is known."""
    if not one.all("uri", "qcode", "code", "literal"):
        return ""
    scheme = one.text("scheme")
    for said in (one.text("uri"), one.text("qcode"), one.text("code"), one.text("literal")):
        if not (said and (_KNOWN.match(said) or (scheme and _KNOWN.match(scheme)))):
            continue
        for pattern, alias in VOCABULARIES:
            if own := pattern.match(said):
                code = said[own.end() :]
            elif scheme and pattern.fullmatch(scheme):
                code = said
            else:
                continue
            if _CODES[alias].fullmatch(code):
                return f"{alias}:{code}"
    return ""


def _position(one: Fields) -> tuple[float | None, float | None]:
    """Give latitude and longitude of a point; GeoJSON (RFC 7946) has longitude first."""
    shapes = [value for value in one.all("geojson", "geometry_geojson") if isinstance(value, dict)]
    for shape in shapes:
        inner = shape.get("geometry") if isinstance(shape.get("geometry"), dict) else shape
        pair = inner.get("coordinates") if isinstance(inner, dict) else None
        numbers = pair if isinstance(pair, list) else []
        if inner and inner.get("type") not in (None, "Point"):
            if not isinstance(pair, list):
                one.notes.append("a place whose position cannot be read")
            continue
        if len(numbers) < _POSITION or not all(isinstance(n, int | float) for n in numbers):
            one.notes.append("a place whose position cannot be read")
            continue
        longitude, latitude = (float(n) for n in numbers[:_POSITION])
        if -90 <= latitude <= 90 and -180 <= longitude <= 180:  # noqa: PLR2004 (degrees)
            return latitude, longitude
        one.notes.append("a place that is not on Earth")
    return None, None


def urgency(fields: Fields) -> int:
    """Give the urgency: 1 to 9, 5 when it is none of these."""
    value = fields.first("urgency")
    if value is None:
        return NORMAL
    number = fields.number("urgency")
    if number is not None and number in URGENCIES:
        return number
    fields.notes.append(f"urgency is not 1 to 9: {quoted(value)}")
    return NORMAL
