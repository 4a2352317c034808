"""What an item is about, where, by whom, and under which terms."""

from dataclasses import replace
from itertools import chain
from typing import Any, Final

from wireroom.formats.item import Link, Place, Rights, Subject
from wireroom.formats.ninjs import about as common
from wireroom.formats.ninjs.fields import Fields
from wireroom.formats.values.countries import alpha_2

ABOUT: Final = ("subject", "person", "organisation", "organization", "event")
#: As ninjs spells them.
SPELLED: Final = {"organization": "organisation"}
#: What a term is to the item when the agency says so itself; others only follow from it.
DIRECT: Final = "direct"


def subjects(fields: Fields) -> tuple[tuple[Subject, ...], tuple[str, ...]]:
    """Give subjects and keywords; terms that only follow from others widen the subjects."""
    direct, wider = _terms(fields, *ABOUT)
    found, words = common.subjects(fields.inner(direct))
    if not wider:
        return found, words
    more = common.subjects(fields.inner(wider))[0]
    known = {one.code for one in found}
    others = (replace(one, because=f"{one.because}, by way of another") for one in more)
    return (*found, *(one for one in others if one.code not in known)), words


def places(fields: Fields) -> tuple[Place, ...]:
    """Give the places that the item is of, and where it was written."""
    own = [_coded(one) for one in _terms(fields, "place")[0].get("place", ())]
    written = [said for one in fields.objects("datelinelocation") if (said := _written(one))]
    found = [common.places(fields.inner({"place": each})) for each in (own, written) if each]
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def located(fields: Fields) -> str:
    """Say where it was written."""
    cities = (one.line("city") for one in fields.objects("datelinelocation"))
    return next(filter(None, cities), "") or fields.line("located")


def byline(fields: Fields) -> str:
    """Say who wrote it; what stands beside a name is whom they write for."""
    return common.byline(fields)


def creditline(fields: Fields) -> str:
    """Name whom readers must be shown as the source."""
    return common.creditline(fields)


def rights(fields: Fields) -> Rights:
    """Give the notice, and all terms of use together."""
    terms = [one.line("name") for one in fields.objects("usageterms")]
    return Rights(
        holder=fields.line("copyrightholder"),
        notice=fields.line("copyrightnotice"),
        terms=" ".join(dict.fromkeys(one for one in terms if one)),
    )


def links(fields: Fields) -> tuple[Link, ...]:
    """Give where the item points to, what it came from and what it speaks of."""
    found = list(common.links(fields))
    for name, rel in (("derivedfrom", "via"), ("refersto", "related")):
        found += [
            Link(rel=rel, href=href, title=one.line("headline", "title"))
            for one in fields.objects(name)
            if (href := one.text("href", "uri"))
        ]
    return tuple(dict.fromkeys(found))


def _terms(fields: Fields, *names: str) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """Give the terms that are the item's own, and those that only follow from them."""
    direct: dict[str, list[Any]] = {}
    wider: dict[str, list[Any]] = {}
    for name in names:
        for value in fields.all(name):
            for one in value if isinstance(value, list) else [value]:
                rels = one.get("rels") if isinstance(one, dict) else None
                own = not isinstance(rels, list) or not rels or DIRECT in rels
                (direct if own else wider).setdefault(SPELLED.get(name, name), []).append(one)
    return direct, wider


def _coded(one: Any) -> Any:
    """Write a place's country with two letters; the AP writes three."""
    said = one.get("countrycode") if isinstance(one, dict) else None
    code = alpha_2(said) if isinstance(said, str) else ""
    return one | {"countrycode": code} if code else one


def _written(one: Fields) -> dict[str, Any]:
    """Write a dateline's place as ninjs writes places."""
    said = {
        "name": one.line("city") or one.line("countryareaname"),
        "countrycode": alpha_2(one.line("countrycode")) or alpha_2(one.line("countryname")),
        "geometry_geojson": one.first("geometry_geojson"),
    }
    return {name: value for name, value in said.items() if value}
