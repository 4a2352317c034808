"""What a document has that no schema of ninjs knows, for the desk: advice, never a gate."""

import re
from itertools import repeat
from typing import Any, Final

from .fields import Fields, quoted

_WORDS: Final = str
_LIST: Final = list
_OBJECT: Final = dict
_NUMBER: Final = (int, float)
#: Names, without capitals, and the kinds their values may be of.
KNOWN: Final[dict[str, Any]] = {
    **dict.fromkeys(
        [
            "uri",
            "type",
            "mimetype",
            "representationtype",
            "profile",
            "version",
            "firstcreated",
            "versioncreated",
            "contentcreated",
            "embargoed",
            "embargoeduntil",
            "expires",
            "pubstatus",
            "copyrightholder",
            "copyrightnotice",
            "usageterms",
            "ednote",
            "language",
            "byline",
            "by",
            "headline",
            "slugline",
            "title",
        ],
        _WORDS,
    ),
    **dict.fromkeys(
        [
            "person",
            "people",
            "organisation",
            "organisations",
            "place",
            "places",
            "subject",
            "subjects",
            "event",
            "events",
            "object",
            "objects",
            "infosource",
            "infosources",
            "genre",
            "genres",
            "headlines",
            "descriptions",
            "bodies",
            "trustindicator",
            "trustindicators",
            "plannedcoverage",
            "contactinfo",
            "services",
            "advice",
            "advices",
        ],
        _LIST,
    ),
    **dict.fromkeys(
        ["$standard", "standard", "rightsinfo", "eventdetails", "digitalsourcetype"], _OBJECT
    ),
    **dict.fromkeys(["altids", "associations", "renditions"], (list, dict)),
    **dict.fromkeys(["urgency", "charcount", "wordcount"], _NUMBER),
    "located": (str, dict, list),
    "rel": str,
    "name": str,
    # Not in the schemas, but agencies send them and they are read.
    **dict.fromkeys(
        [
            "guid",
            "evolvedfrom",
            "rewrite_of",
            "source",
            "creditline",
            "signal",
            "signals",
            "keyword",
            "keywords",
            "authors",
            "bylines",
            "links",
            "link",
            "ednotes",
        ],
        object,
    ),
}
EXTENDED: Final = re.compile(r"(?:headline|description|body)_[A-Za-z0-9_]+")
_DATES: Final = ("startdate", "enddate")
_COVERAGE_URGENCY: Final = range(1, 10)


def doubts(item: dict[str, Any], fields: Fields) -> None:
    """Note names and kinds that are in no schema, and statements that contradict."""
    kinds = map(KNOWN.get, map(str.lower, item), repeat(()))
    if not all(map(isinstance, item.values(), kinds)):
        _strange(item, fields)
    form = fields.first("representationtype")
    if form and str(form).lower() not in {"full", "partial", "complete", "incomplete"}:
        fields.notes.append(f"representationtype is unknown: {quoted(form)}")
    _planning(fields)
    _advices(fields)
    for one in fields.all("associations"):
        for inner in (
            one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        ):
            if isinstance(inner, dict):
                doubts(inner, fields.inner(inner))


def _strange(item: dict[str, Any], fields: Fields) -> None:
    """Note names and kinds that are in no schema."""
    strange = []
    for name, value in item.items():
        expected = KNOWN.get(name.lower())
        if expected is None:
            if not EXTENDED.fullmatch(name):
                strange.append(name)
                continue
            expected = str
        if value is not None and not isinstance(value, expected):
            fields.odd(name, value)
    if strange:
        fields.notes.append(f"not in ninjs: {', '.join(strange)[:200]}")


def _planning(fields: Fields) -> None:
    """Note what an event or a plan cannot be."""
    for event in fields.objects("eventdetails"):
        if "renditions" in fields:
            fields.notes.append("an event has no renditions")
        for dates in event.objects("dates"):
            _dates(dates)
    for plan in fields.objects("plannedcoverage"):
        for planned in (plan, *plan.objects("planning", "item")):
            urgency = planned.first("urgency")
            if urgency is not None and urgency not in _COVERAGE_URGENCY:
                planned.odd("urgency", urgency)


def _dates(dates: Fields) -> None:
    """Note dates of an event that contradict, or that are none."""
    for name in _DATES:
        if name in dates and f"expected{name}" in dates:
            dates.notes.append(f"an event has both {name} and expected{name}")
        for value in dates.all(name, f"expected{name}"):
            if not re.match(r"\d{4}(?:-\d\d){0,2}", str(value)):
                dates.odd(name, value)


def _advices(fields: Fields) -> None:
    """Note advice that says nothing a machine can follow."""
    for advice in fields.objects("advice", "advices"):
        for name in ("importance", "lifetime"):
            for value in advice.all(name):
                if not isinstance(value, dict) or not ({"code", "uri"} & value.keys()):
                    advice.odd(name, value)
