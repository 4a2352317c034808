"""Which country acts in a story, and which it is about.

Every mention weighs by what it is (a name more than a city) and by where it stands (headline,
dateline, first paragraph, the rest); the heaviest country is the primary one. The weights are
set by hand.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from wireroom.formats.item import Countries, Item, Made
from wireroom.vocab.countries import country

from . import dateline
from .gazetteer import gazetteer
from .mentions import Mention, is_settled, mentions, settle
from .words import words as listed

#: Letters of the text looked at.
READ = 8000
KIND: Mapping[str, float] = {
    "name": 1.0,
    "people": 0.9,
    "office": 0.9,
    "leader": 0.8,
    "capital": 0.8,
    "state": 0.7,
    "city": 0.6,
    "weak": 0.3,
    "firm": 0.35,
    "money": 0.35,
}
#: Kinds that may act; the first of a headline weighs more.
ACTORS = frozenset({"name", "people", "office", "leader", "capital"})
HEADLINE = 3.0
#: The first country a headline names usually acts; one after a preposition is acted on.
FIRST = 1.5
ACTED_ON = 0.6
DATELINE = 2.5
LEAD = 1.6
REST = 0.5
#: How much each further mention counts of the one before it.
FADING = 0.85
#: Below this, nobody can say.
ENOUGH = 0.5
#: Another country is mentioned when it weighs this much, and this share of the primary one.
MENTIONED = 2.0
SHARE = 0.15

_PREPOSITION = re.compile(
    r"\b(?:in|over|on|about|against|to|from|with|at|by|for|of|near|into|after|amid|via|than) $",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(slots=True)
class Weight:
    """What speaks for one country."""

    total: float = 0.0
    #: Mentions so far in the text; each further one counts less.
    times: int = 0
    because: list[str] = field(default_factory=list)

    def add(self, weight: float, where: str, words: str) -> None:
        """Let a mention speak for it."""
        self.total += weight
        reason = f"{where} “{words}”"
        if where != "text" and reason not in self.because:
            self.because.append(reason)


def with_countries(item: Item) -> Item:
    """Fill in the countries, as far as the item does not give them."""
    given = item.countries
    if given.primary:
        return item
    weights = weigh(item)
    allowed = set(given.mentioned) or set(weights)
    ranked = sorted(
        (code for code in weights if code in allowed), key=lambda code: -weights[code].total
    )
    primary = next((code for code in ranked if weights[code].total >= ENOUGH), None)
    if given.mentioned:
        primary = primary or given.mentioned[0]
        rest = tuple(code for code in given.mentioned if code != primary)
        found = Countries(primary=primary, mentioned=(primary, *rest))
    elif primary:
        found = Countries(primary=primary, mentioned=_mentioned(ranked, weights))
    else:
        return item
    because = "; ".join(
        f"{code}: {reason(weights[code])}" for code in found.mentioned if code in weights
    )
    filled = "countries.primary" if given.mentioned else "countries"
    made = Made(field=filled, because=because or "the agency names it first")
    return replace(item, countries=found, made=(*item.made, made))


def reason(weight: Weight) -> str:
    """Say what speaks for a country, in words."""
    times = [f"{weight.times} times in the text"] if weight.times else []
    return ", ".join([*weight.because, *times])


def _mentioned(ranked: list[str], weights: Mapping[str, Weight]) -> tuple[str, ...]:
    least = max(MENTIONED, SHARE * weights[ranked[0]].total)
    return (ranked[0], *(code for code in ranked[1:] if weights[code].total >= least))


def weigh(item: Item) -> dict[str, Weight]:
    """Weigh every country that the item names."""
    weights: defaultdict[str, Weight] = defaultdict(Weight)
    line = dateline.parse(item.dateline) if item.dateline else None
    if line and line.country:
        weights[line.country].add(DATELINE, "dateline", item.dateline)
    for place in item.places:
        known = country(place.country)
        if code := known.code if known else dateline.country_of(place.name):
            weights[code].add(DATELINE, "place", place.name or place.code or code)
    text = item.text[:READ]
    text = text[_skipped(text) :]
    found, year = gazetteer(item.language), _year(item)
    above, below = _without_things(
        f"{item.headline}\n{text}",
        mentions(item.headline, found, year=year),
        mentions(text, found, year=year),
    )
    counts = Counter([*weights, *(one.code for one in (*above, *below) if is_settled(one))])
    words = f"{item.headline}\n{item.dateline}\n{text}"
    _weigh_headline(item.headline, settle(above, counts, words), weights)
    _weigh_text(text, settle(below, counts, words), weights)
    return dict(weights)


def _without_things(text: str, *named: list[Mention]) -> tuple[list[Mention], ...]:
    """Leave out birds and plates: names that the story writes small too, and no other way."""
    small = {
        word for word in listed("small.txt") if word in text and re.search(rf"\b{word}s?\b", text)
    }
    if not small:
        return named
    every = [one for group in named for one in group]
    meant = {one.code for one in every if one.words.casefold() not in small}
    return tuple(
        [one for one in group if one.words.casefold() not in small or one.code in meant]
        for group in named
    )


def _weigh_headline(
    headline: str, named: Iterable[Mention], weights: defaultdict[str, Weight]
) -> None:
    seen: set[str] = set()
    for mention in named:
        if mention.code in seen:
            continue
        weight = HEADLINE * KIND[mention.kind]
        if _PREPOSITION.search(headline[: mention.start]):
            weight *= ACTED_ON
        elif not seen and mention.kind in ACTORS:
            weight += FIRST
        seen.add(mention.code)
        weights[mention.code].add(weight, "headline", mention.words)


def _weigh_text(text: str, named: Iterable[Mention], weights: defaultdict[str, Weight]) -> None:
    paragraph = _PARAGRAPH.search(text, 80)
    lead = min(paragraph.start() if paragraph else 300, 400)
    for mention in named:
        weight = weights[mention.code]
        where = ("lead", LEAD) if mention.start < lead else ("text", REST)
        weight.add(where[1] * KIND[mention.kind] * FADING**weight.times, where[0], mention.words)
        weight.times += 1


def _skipped(text: str) -> int:
    """Say where a text begins behind its dateline, which is weighed by itself."""
    found = dateline.read(text)
    return found.end if found else 0


def _year(item: Item) -> int:
    moment = item.version_created or item.first_created
    return moment.year if moment else 0
