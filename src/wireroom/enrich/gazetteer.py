"""Names of countries and of what stands for them, found in one pass over a text.

Built once for each language, on first use; ``data/SOURCES.txt`` says whose facts they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from wireroom.vocab.countries import countries
from wireroom.vocab.tables import rows

from .fold import fold, is_part_of_word

#: Written without spaces between words.
_SPACELESS = frozenset({"zh", "ja", "th", "lo", "km", "my"})
#: Words that grow at their end: a long name may go on.
_ENDINGS = "bn ta te kn ml ko hu fi et eu kk ky uz az tr pl cs sk uk bg hr sr sl mk lv lt mn ka hy"
_GROWING = frozenset(_ENDINGS.split())
#: Letters that Arabic writes together with the word they stand before.
_ARABIC_HEADS = frozenset("وبلكفا")
_LONG = 4
#: From here on, scripts say in two letters what others say in four.
_DENSE = "\u0900"


@dataclass(frozen=True, slots=True)
class Name:
    """One entry: what is written, and what it stands for."""

    form: str
    #: ISO 3166-1 alpha-2; ``-`` for words that look like a country and are none.
    code: str
    #: name, people, capital, city, state, office, leader, weak, none.
    kind: str
    #: First and last year in which it means this country; 0 when open.
    years: tuple[int, int] = (0, 0)
    #: More letters may follow.
    stem: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a text: where it begins and ends."""

    start: int
    end: int
    name: Name


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The entries of one language."""

    language: str
    automaton: Any = field(repr=False)

    def find(self, text: str) -> list[Hit]:
        """Find all entries in a text, the longest where several overlap, in order."""
        found = sorted(self._all(text), key=lambda hit: (hit.start, -hit.end))
        hits: list[Hit] = []
        for hit in found:
            if not hits or hit.start >= hits[-1].end:
                hits.append(hit)
        return hits

    def _all(self, text: str) -> Iterator[Hit]:
        for last, names in self.automaton.iter(fold(text)):
            end = last + 1
            for name in names:
                start = end - len(name.form)
                if self._fits(text, start, end, name):
                    yield Hit(start, end, name)

    def _fits(self, text: str, start: int, end: int, name: Name) -> bool:
        """Hold a hit against the text as written: whole words, and capitals where they count."""
        form = name.form
        if form[0].isupper() and not text[start].isupper():
            return False
        if len(form) <= _LONG and form.isupper() and text[start:end] != form:
            return False
        if self.language in _SPACELESS and not form.isascii():
            return True
        return self._begins(text, start) and self._ends(text, end, name)

    def _begins(self, text: str, start: int) -> bool:
        if start == 0 or not is_part_of_word(text[start - 1]):
            return True
        if self.language not in {"ar", "fa", "ur"}:
            return False
        back = start - 1
        while back >= 0 and text[back] in _ARABIC_HEADS and start - back <= _LONG - 1:
            back -= 1
        return back < 0 or not is_part_of_word(text[back])

    def _ends(self, text: str, end: int, name: Name) -> bool:
        if end >= len(text) or not is_part_of_word(text[end]):
            return True
        form = name.form
        grows = self.language in _GROWING and (len(form) >= _LONG or form > _DENSE)
        return name.stem or grows


#: Chinese written in the older signs.
_TRADITIONAL = frozenset({"zh-hant", "zh-tw", "zh-hk", "zh-mo"})


def gazetteer(language: str) -> Gazetteer:
    """Find the gazetteer of a language (BCP 47); English when that is empty."""
    tag = language.lower().replace("_", "-")
    traditional = any(tag.startswith(one) for one in _TRADITIONAL)
    return _built("zh-Hant" if traditional else tag.partition("-")[0] or "en")


@cache
def _built(language: str) -> Gazetteer:
    from ahocorasick import Automaton  # noqa: PLC0415 (nothing is loaded before it is used)

    entries: dict[str, list[Name]] = {}
    for name in _entries(language):
        same = entries.setdefault(fold(name.form), [])
        if all(name.code != other.code for other in same):
            same.append(name)
    automaton = Automaton()
    for form, names in entries.items():
        automaton.add_word(form, names)
    automaton.make_automaton()
    return Gazetteer(language.partition("-")[0], automaton)


def _entries(language: str) -> Iterator[Name]:
    if language == "en":
        yield from _english()
    else:
        yield from _stems(language)
        yield from _territories(language)
    for row in rows("cities.tsv", __package__):
        if row["where"] == "text":
            yield Name(row["name"], row["code"], "city")


def _english() -> Iterator[Name]:
    for row in rows("names.tsv", __package__):
        first, _, last = (row["years"] or "").partition("-")
        yield Name(row["name"], row["code"], row["kind"], (int(first or 0), int(last or 0)))


def _stems(language: str) -> Iterator[Name]:
    for row in rows("stems.tsv", __package__):
        if row["language"] == language:
            for form in row["names"].split("|"):
                yield Name(form.strip("*"), row["code"], "name", stem=form.endswith("*"))


def _territories(language: str) -> Iterator[Name]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (slow to import)

    try:
        names = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return
    for code, name in names.items():
        if code in countries() and len(name) > 1:
            yield Name(name, code, "name")


@cache
def places() -> dict[str, str]:
    """Read what a dateline may name, folded, and the country it lies in."""
    found = {fold(row["name"]): row["code"] for row in rows("cities.tsv", __package__)}
    for row in rows("stems.tsv", __package__):
        whole = (form for form in row["names"].split("|") if not form.endswith("*"))
        found |= {fold(form): row["code"] for form in whole}
    named = [row for row in rows("names.tsv", __package__) if row["kind"] in _WHERE]
    return found | {fold(row["name"]): row["code"] for row in named}


@cache
def states() -> dict[str, str]:
    """Read what may follow a dateline's comma, folded, without its last full stop."""
    named = [row for row in rows("names.tsv", __package__) if row["kind"] in _WHERE]
    found = {fold(row["name"]).rstrip("."): row["code"] for row in named}
    own = {fold(row["name"]).rstrip("."): row["code"] for row in rows("states.tsv", __package__)}
    return found | own


_WHERE = frozenset({"name", "capital", "city", "state", "weak"})
