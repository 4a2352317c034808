"""Where an entry says it is: GeoRSS simple and GML, W3C geo; latitude first."""

import re
from typing import Final

from lxml import etree

from wireroom.formats.bodies.inside import text
from wireroom.formats.item import Place
from wireroom.formats.syntax.namespaces import name

from .feed import Entry

NUMBERS: Final = re.compile(r"[-+]?\d+(?:\.\d+)?")


def point(entry: Entry, element: etree._Element) -> None:
    """Note where something is: a point, or the middle of a box, a line or an area."""
    said = [float(one) for one in NUMBERS.findall(text(element)[:4000])]
    pairs = list(zip(said[::2], said[1::2], strict=False))
    if not pairs:
        return
    if name(element.tag) == "georss:polygon" and len(pairs) > 1 and pairs[0] == pairs[-1]:
        pairs.pop()  # a closed ring names its first corner twice
    add(
        entry,
        sum(lat for lat, _ in pairs) / len(pairs),
        sum(lon for _, lon in pairs) / len(pairs),
    )


def where(entry: Entry, element: etree._Element) -> None:
    """Note the positions of GML inside georss:where or geo:Point."""
    for child in element.iter(etree.Element):
        key = name(child.tag)
        if key in {"gml:pos", "gml:poslist"}:
            point(entry, child)
        elif key in HALVES:
            half(entry, child)


def half(entry: Entry, element: etree._Element) -> None:
    """Note geo:lat or geo:long; the two come apart."""
    found = NUMBERS.fullmatch(text(element))
    if not found:
        entry.notes.append(f"unreadable place: {text(element)[:40]}")
        return
    last = entry.places[-1] if entry.places else Place()
    key = HALVES[name(element.tag)]
    if (last.latitude if key == "latitude" else last.longitude) is None and entry.places:
        entry.places.pop()
    else:
        last = Place()
    latitude = float(found[0]) if key == "latitude" else last.latitude
    longitude = float(found[0]) if key == "longitude" else last.longitude
    entry.places.append(Place(latitude=latitude, longitude=longitude))


HALVES: Final = {"geo:lat": "latitude", "geo:long": "longitude", "geo:lon": "longitude"}


def named(entry: Entry, element: etree._Element) -> None:
    """Note the name of a place."""
    if said := text(element):
        entry.places.append(Place(name=said))


def add(entry: Entry, latitude: float, longitude: float) -> None:
    """Note a position in degrees."""
    entry.places.append(Place(latitude=latitude, longitude=longitude))


def inside(place: Place) -> bool:
    """Say whether a place lies on Earth."""
    latitude, longitude = place.latitude, place.longitude
    if latitude is None and longitude is None:
        return bool(place.name)
    if latitude is None or longitude is None:
        return False
    return -90 <= latitude <= 90 and -180 <= longitude <= 180  # noqa: PLR2004 (degrees)
