"""ninjs 3.1 out, as the IPTC's schema has it; no key that the schema does not know.

It has no place for an item's dateline, signal, countries and territory, nor for the span of
its rights; none for the country of a place, for the reason of a subject, for type and size
of a link, and none for a picture that stands for what it does not show. An embargo whose end
is unknown cannot be said: the item goes out as withheld. An expiry that is unknown is left
out. Subjects have the codes of Media Topics, Subject Codes or sectors; other subjects are
names. A picture needs a role, and an id that is an address.
"""

import json
from dataclasses import replace
from typing import Any, Final

from wireroom.formats.item import (
    UNKNOWN,
    USABLE,
    WITHHELD,
    Item,
    Kind,
    Picture,
    Place,
    Rights,
    Subject,
)
from wireroom.formats.outgoing import ADDRESS, known, outgoing

STANDARD: Final = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
TYPES: Final[dict[Kind, str]] = {
    "picture": "picture",
    "package": "composite",
    "planning": "planning",
}
#: What is for editors says so by its genre.
GENRES: Final[dict[Kind, str]] = {"advisory": "advisory", "test": "test"}
#: Where the codes of a vocabulary have their addresses.
ADDRESSES: Final = {
    "medtop": "http://cv.iptc.org/newscodes/mediatopic/",
    "subj": "http://cv.iptc.org/newscodes/subjectcode/",
    "sector": "sector:",
}


def written(item: Item, *, uri: str = "") -> bytes:
    """Write an item. Its version is written as a number, whatever it was before.

    Args:
        item: Without what is for the desk; see ``outgoing``.
        uri: The id under which the house gives it; the provider's own if empty.

    Raises:
        ValueError: Its id is no address, as ninjs asks of ids.
    """
    return json.dumps(document(item, uri=uri), ensure_ascii=False).encode("utf-8", "replace")


def document(item: Item, *, uri: str = "") -> dict[str, Any]:
    """Give an item as an object of ninjs, so that several can stand in a list."""
    if item.embargo == UNKNOWN and item.pubstatus == USABLE:
        item = replace(item, pubstatus=WITHHELD)
    item = outgoing(item, uri=uri)
    if not ADDRESS.fullmatch(item.guid):
        raise ValueError(f"{item.guid!r} is no address: give the item one with uri")
    return {
        "uri": item.guid,
        "type": TYPES.get(item.kind, "text"),
        **_asked_for(
            {
                "representationType": "full",
                "version": str(item.version),
                "pubStatus": item.pubstatus,
                "firstCreated": known(item.first_created),
                "versionCreated": known(item.version_created),
                "embargoedUntil": known(item.embargo),
                "expires": known(item.expires),
                "urgency": item.urgency,
                "language": item.language,
                "headlines": _texts("main", item.headline),
                "descriptions": _texts("summary", item.standfirst),
                "bodies": _bodies(item),
                "by": item.byline,
                "located": item.located,
                "genres": _names(GENRES.get(item.kind, "")),
                "subjects": [*map(_subject, item.subjects), *map(_name, item.keywords)],
                "places": [_place(place) for place in item.places],
                "infoSources": _names(item.creditline),
                "altIds": [{"value": alias} for alias in item.aliases],
                "associations": [*_pictures(item), *_links(item)],
            }
        ),
        **_rights(item.rights),
        "standard": STANDARD,
    }


def _asked_for(members: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty."""
    return {name: value for name, value in members.items() if value not in ("", [], None)}


def _texts(role: str, words: str) -> list[dict[str, str]]:
    return [{"role": role, "contentType": "text/plain", "value": words}] if words else []


def _bodies(item: Item) -> list[dict[str, Any]]:
    if not item.body:
        return []
    words = len(item.text.split())
    return [{"role": "main", "contentType": "text/html", "wordCount": words, "value": item.body}]


def _names(name: str) -> list[dict[str, str]]:
    return [_name(name)] if name else []


def _name(name: str) -> dict[str, str]:
    return {"name": name}


def _subject(subject: Subject) -> dict[str, str]:
    """Write a subject: by the address of its code where the vocabulary has one."""
    scheme, _, code = subject.code.partition(":")
    if scheme in ADDRESSES:
        return _asked_for({"name": subject.name, "uri": ADDRESSES[scheme] + code})
    return _asked_for({"name": subject.name, "literal": subject.code})


def _place(place: Place) -> dict[str, Any]:
    code = "uri" if ADDRESS.fullmatch(place.code) else "literal"
    return _asked_for({"name": place.name, code: place.code, "geoJSON": _point(place)})


def _point(place: Place) -> dict[str, Any] | None:
    """Write a position (RFC 7946): longitude before latitude."""
    if place.latitude is None or place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def _rights(rights: Rights) -> dict[str, str]:
    return _asked_for(
        {
            "copyrightHolder": rights.holder,
            "copyrightNotice": rights.notice,
            "usageTerms": rights.terms,
        }
    )


def _pictures(item: Item) -> list[dict[str, Any]]:
    """Write pictures as associated items, each with its one rendition."""
    return [_picture(place, one) for place, one in enumerate(item.pictures, 1)]


def _picture(place: int, one: Picture) -> dict[str, Any]:
    rendition = {
        "name": "main",
        "href": one.href,
        "contentType": one.mime,
        "width": one.width,
        "height": one.height,
        "sizeInBytes": one.size,
    }
    return {
        "name": one.role or f"picture-{place}",
        "uri": one.guid if ADDRESS.fullmatch(one.guid) else one.href,
        "type": "picture",
        "pubStatus": USABLE,
        **_asked_for(
            {
                "version": str(one.version) if one.version else "",
                "embargoedUntil": known(one.rights.valid_from),
                "expires": known(one.rights.valid_until),
                "by": one.credit,
                "descriptions": [*_texts("caption", one.caption), *_texts("alt", one.alt)],
                "renditions": [_asked_for(rendition)],
            }
        ),
        **_rights(one.rights),
    }


def _links(item: Item) -> list[dict[str, Any]]:
    """Write links as associated items, of which only the address is known."""
    return [
        {
            "name": f"link-{place}",
            "uri": link.href,
            "rel": link.rel,
            **_asked_for({"headlines": _texts("main", link.title)}),
        }
        for place, link in enumerate(item.links, 1)
    ]
