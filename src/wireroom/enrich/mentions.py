"""Which countries a text names, once the names that mean something else are out."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .gazetteer import Gazetteer, Hit, states
from .words import words

#: Kinds that stand for a place, and may therefore be somebody's name.
_PLACES = frozenset({"name", "capital", "city", "state", "weak"})
_BEFORE = re.compile(r"([^\W\d_][\w'’-]*)\.? $")  # noqa: RUF001 (as written)
_AFTER = re.compile(r" ([^\W\d_][\w'’-]*)")  # noqa: RUF001 (the same)
_REGION = re.compile(r", ([A-Z][\w.]*(?: [A-Z][a-z]+)?)")
#: White space as one space, sign for sign; none stands above U+3000.
_SPACES = {ord(sign): " " for sign in map(chr, range(0x3001)) if sign.isspace()}


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a text that names a country."""

    code: str
    kind: str
    start: int
    words: str


def mentions(text: str, found: Gazetteer, *, year: int = 0) -> list[Mention]:
    """List what in a text names a country, in order, in the year it was written (0: any)."""
    flat = text.translate(_SPACES)
    hits = [hit for hit in found.find(flat) if _means_it(hit, year)]
    capitals = text.isupper()
    people = set() if capitals else {_word(flat, hit) for hit in hits if _is_person(flat, hit)}
    return [
        Mention(_country(flat, hit), _kind(flat, hit), hit.start, flat[hit.start : hit.end])
        for hit in hits
        if not _misleads(flat, hit, people, capitals=capitals)
    ]


def _means_it(hit: Hit, year: int) -> bool:
    first, last = hit.name.years
    return hit.name.code != "-" and (not year or first <= year <= (last or year))


def _word(text: str, hit: Hit) -> str:
    return text[hit.start : hit.end]


#: Behind a people's name, these make it money; behind a place's, a firm.
_MONEY = re.compile(
    r"[ -](?:dlrs?|dollars?|crowns?|krona|krone|francs?|marks?|yen|pounds?|rupees?|pesos?|lire|lira"
    r"|guilders?|guilder|dinars?|riyals?|dirhams?|rand|shillings?|yuan|baht|ringgit|peso)\b",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"(?: [A-Z&][\w&.'’/-]*){0,3} (?:Inc|Corp|Co|Cos|Ltd|LLC|Plc|AG|SA|Group|Holdings|Bancorp"  # noqa: RUF001 (as written)
    r"|Partners|Industries|INC|CORP|CO|LTD|PLC|GROUP|HOLDINGS|BANCORP|PARTNERS|INDUSTRIES)\b"
)
_TICKER = re.compile(r"(?: [A-Z&][\w&.'’/-]*){0,3} <[A-Z.]+>")  # noqa: RUF001 (the same)


def _is_firm(text: str, hit: Hit) -> bool:
    """Say whether a name is part of a firm's, which may be from anywhere."""
    if text[hit.start - 1 : hit.start] in {"<", "+"}:
        return True
    if hit.name.kind in {"leader", "office"}:
        return False
    if hit.name.kind in {"city", "state"} or hit.name.form in words("borne.txt"):
        following = text[hit.end : hit.end + 2]
        if following[:1] == "-" and following[1:].isupper():
            return True
    return bool(_FIRM.match(text, hit.end) or _TICKER.match(text, hit.end))


def _kind(text: str, hit: Hit) -> str:
    if hit.name.kind in {"people", "name"} and _MONEY.match(text, hit.end):
        return "money"
    return "firm" if _is_firm(text, hit) else hit.name.kind


def _misleads(text: str, hit: Hit, people: set[str], *, capitals: bool) -> bool:
    if text[hit.start - 1 : hit.start] == "<" and text[hit.end : hit.end + 1] == ">":
        return True  # a firm's sign at the exchange
    if capitals:  # any word is in capitals, so US may be us
        return hit.name.form == "US" and hit.start > 0
    return _is_person(text, hit) or (_word(text, hit) in people and hit.name.kind in _PLACES)


def _is_person(text: str, hit: Hit) -> bool:
    """Say whether a name stands after a given name or title, or before a surname."""
    if hit.name.kind not in _PLACES or " " in hit.name.form:
        return False
    before = _BEFORE.search(text, max(0, hit.start - 24), hit.start)
    if before and before[1] in words("people.txt"):
        return True
    if hit.name.form not in words("borne.txt"):
        return False
    after = _AFTER.match(text, hit.end)
    return bool(after and after[1][0].isupper() and after[1] not in words("offices.txt")) and (
        not _is_titled(text)
    )


def _is_titled(text: str) -> bool:
    """Say whether A Line Is Written Like This One, where capitals tell nothing."""
    words = [word for word in text[:200].split() if word[0].isalpha()]
    return 2 * sum(word[0].isupper() for word in words) > len(words)


def _country(text: str, hit: Hit) -> str:
    """Let what follows a city's comma decide: ``Birmingham, Ala.``."""
    if hit.name.kind in {"city", "capital", "weak"} and (after := _REGION.match(text, hit.end)):
        region = after[1].rstrip(".").casefold()
        return states().get(region, hit.name.code) if len(region) > 1 else hit.name.code
    return hit.name.code


#: Words that settle whether Georgia is the American state.
_AMERICAN = re.compile(
    r"\b(?:Atlanta|Savannah|Ga\.|U\.S\.|Republican|Democrat|Governor|Gov\.)", re.IGNORECASE
)
_CAUCASIAN = re.compile(
    r"\b(?:Tbilisi|Georgians?\b|Caucasus|Russia|Ossetia|Abkhazia|Armenia)", re.IGNORECASE
)


def _georgia(counts: Counter[str], text: str) -> str:
    american = len(_AMERICAN.findall(text)) + 2 * ("US" in counts)
    return "US" if american > 2 * len(_CAUCASIAN.findall(text)) else "GE"


def _congo(counts: Counter[str], _text: str) -> str:
    return "CG" if counts["CG"] > counts["CD"] else "CD"


def _korea(counts: Counter[str], _text: str) -> str:
    return "KP" if counts["KP"] > counts["KR"] else "KR"


def _punjab(counts: Counter[str], _text: str) -> str:
    return "PK" if counts["PK"] > counts["IN"] else "IN"


#: Words for two countries, and what decides between them.
_TWO: dict[str, Callable[[Counter[str], str], str]] = {
    "Georgia": _georgia,
    "Congo": _congo,
    "Congolese": _congo,
    "Korea": _korea,
    "Korean": _korea,
    "Koreans": _korea,
    "Punjab": _punjab,
}


def settle(named: Sequence[Mention], counts: Counter[str], text: str) -> list[Mention]:
    """Choose, where a word stands for two countries, the one the rest of the story speaks of.

    ``counts`` are the mentions of each country in all of the story, ``text`` its words.
    """
    return [_settled(one, counts, text) for one in named]


def is_settled(mention: Mention) -> bool:
    """Say whether a mention can mean one country only."""
    return mention.words.title() not in _TWO


def _settled(one: Mention, counts: Counter[str], text: str) -> Mention:
    if is_settled(one):
        return one
    kind = "name" if one.kind == "weak" else one.kind
    return replace(one, code=_TWO[one.words.title()](counts, text), kind=kind)
