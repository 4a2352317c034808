"""Where a story was written: the words before its first sentence.

NEW DELHI, Dec 23 (PTI) - …
WASHINGTON (AP) — …
Mumbai (Maharashtra) [India], May 4 (ANI): …
CAMBRIDGE, Mass., Feb 27 - …
ROME/PARIS, 3 March (AFP) - …
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from wireroom.formats.item import Item, Made

from .fold import fold
from .gazetteer import places, states

#: Letters looked at, and paragraphs: a byline may stand before it.
HEAD = 160
PARAGRAPHS = 2

#: A word of a place's name, in any script.
_WORD = r"[^\W\d_][^\s\d,;:()\[\]/\"“”—–]*"  # noqa: RUF001 (dashes as written)
_PLACE = rf"(?P<place>{_WORD}(?:(?:\s?/\s?|[ \n]){_WORD}){{0,6}}?)"
_REGION = rf"(?:,\s*(?P<region>{_WORD}(?:[ \n]{_WORD}){{0,3}}?))"
_WIDER = _REGION.replace("region", "wider")
#: ``(Maharashtra) [India]``; an agency stands in round brackets too, so those want more after.
_INNER = r"(?:\s*\((?P<inner>[^()\d]{4,30})\)(?=\s*\[|\s*,))"
_OUTER = r"(?:\s*\[(?P<outer>[^\]\d]{2,40})\])"
_MONTH = r"[^\W\d_][^\s\d,.;:()]{1,9}\.?"
_DATE = (
    rf"(?:,?\s*(?P<date>{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?"
    rf"|\d{{1,2}}\.?\s?(?:de\s|d')?{_MONTH}(?:\s(?:de\s)?\d{{4}})?"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}月\d{1,2}日)\.?)"
)
_AGENCY = r"(?:[,.]?\s*(?P<agency>\([^()\d]{2,40}\)|/[^/\d\n]{2,30}/|\b(?:ANI|PTI|IANS|UNI)\b))"
_END = r"(?:\s*\.?\s*(?:--+|[-—–‒―]|:)(?=\s|$)|\s?\.\s?[-—–]+|(?<=/)\.)"  # noqa: RUF001 (the same)
_BEGINS = rf"\s*{_PLACE}{_REGION}?{_WIDER}?{_INNER}?{_OUTER}?"
#: With a dash or colon at its end; or none, as after ``Dec 23 (PTI)``.
_DATELINES = (
    re.compile(rf"{_BEGINS}{_DATE}?{_AGENCY}?(?P<end>{_END})"),
    re.compile(rf"{_BEGINS}{_DATE}{_AGENCY}(?P<end>)\s"),
)


#: What every dateline has at its end, or just before it.
_MARK = re.compile(
    r"\s?(?:[-—–‒―]|\.[-—–])+(?:\s|$)"  # noqa: RUF001 (the same)
    r"|:(?:\s|$)|[/)]\.?(?:\s|$)|\b(?:ANI|PTI|IANS|UNI)\b\s?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A dateline as it stands, and what it says."""

    #: Up to the date, without agency and dash: ``NEW DELHI, Dec 23``.
    words: str
    place: str
    #: ISO 3166-1 alpha-2 of the country the place lies in; empty when unknown.
    country: str
    #: Where the text goes on.
    end: int


def with_dateline(item: Item) -> Item:
    """Fill in the dateline and the place, when the item has none and its text has."""
    if item.dateline or not (found := read(item.text)):
        return item
    made = Made(
        field="dateline", because=f"the text begins with “{item.text[: found.end].strip()}”"
    )
    return replace(
        item,
        dateline=found.words,
        located=item.located or found.place,
        made=(*item.made, made),
    )


def read(text: str) -> Dateline | None:
    """Find the dateline that a text begins with."""
    offset = 0
    for paragraph in text.split("\n\n", PARAGRAPHS)[:PARAGRAPHS]:
        if found := _at_head(paragraph[:HEAD]):
            return replace(found, end=found.end + offset)
        offset += len(paragraph) + 2
    return None


def parse(words: str) -> Dateline | None:
    """Read a dateline that stands by itself, as formats with a field for it give it."""
    line = words.strip().rstrip("-–—: ")  # noqa: RUF001 (dashes as written)
    return _at_head(f"{line} - ") if line else None


def country_of(place: str, region: str = "") -> str:
    """Say in which country a place lies: its region decides, else the place's own fame."""
    if region and (found := states().get(fold(region).rstrip(". "), "")):
        return found
    known = places()
    for one in re.split(r"\s*/\s*|\s+(?:and|AND|&)\s+", place):
        form = fold(one).strip(" .")
        if form in known or form in states():
            return known.get(form) or states()[form]
    return ""


@lru_cache(maxsize=64)
def _at_head(text: str) -> Dateline | None:
    """Match at the beginning, and believe it only when enough speaks for it."""
    marks = list(_MARK.finditer(text))
    if not marks or text.lstrip()[0].islower():
        return None
    text = text[: marks[-1].end() + 1]  # the patterns go back and forth: the less, the better
    for pattern in _DATELINES:
        if (match := pattern.match(text)) and (found := _judged(text, match)):
            return found
    return None


def _judged(text: str, match: re.Match[str]) -> Dateline | None:
    part = match.groupdict(default="")
    place = " ".join(part["place"].split())
    country = _country(part, place)
    if not _believable(part, place, country):
        return None
    closes = {"inner": 1, "outer": 1}
    ends = [match.end(name) + closes.get(name, 0) for name in _KEPT if part[name]]
    return Dateline(
        words=" ".join(text[: max(ends)].split()), place=place, country=country, end=match.end()
    )


_KEPT = ("place", "region", "wider", "inner", "outer", "date")


def _country(part: Mapping[str, str], place: str) -> str:
    for region in (part["outer"], part["wider"], part["region"], part["inner"]):
        if region and (found := country_of("", region)):
            return found
    return country_of(place)


def _believable(part: Mapping[str, str], place: str, country: str) -> bool:
    """Weigh what speaks for a dateline: a place we know, a date, an agency, capitals."""
    dated, agency = bool(part["date"]), bool(part["agency"])
    if len(place) < 3 or (part["region"] and not country and not dated):  # noqa: PLR2004 (EU, UN and US are not places)
        return False
    if not part["end"]:
        return bool(country)
    capitals = place == place.upper()  # as is a place in a script without small letters
    return bool(country) or (dated and (capitals or agency)) or (capitals and agency)
