"""What is addressed to newsrooms and came as news: advisories, plans, tests, notes on copy.

    the provider's own marks
    | trade words    is one of them in the headline? Most stories end here
    | shape          of the headline, the slugline and the note, by ``desk_words``
    | beginning      of the text, where the headline alone does not say
    | kind           advisory, planning or test; or a reason for the desk

Words never kill (lifecycle, L15): what says that something must not be used waits for a
person. It says nothing of an item that its format calls canceled.
"""

import re
from dataclasses import replace
from typing import Final, NamedTuple

from wireroom.formats.item import CANCELED, UNKNOWN, Item, Kind
from wireroom.formats.providers.quirks import NONE, Quirk

from . import desk_words as words

#: Characters of a text in which a message says what it is.
BEGINNING: Final = 400
#: Characters of a headline, a slugline or a note that are looked at.
LONGEST: Final = 500
#: Names of places that may stand in the headline of a plan.
NAMES: Final = 2
#: Words, whatever stands between them.
_WORDS: Final = re.compile(r"[^\s!-/:-@\[-`{-~\u2010-\u201f\u2026\u00ab\u00bb]+")
#: Runs of letters and digits: where patterns may begin and end.
_RUNS: Final = re.compile(r"[^\W_]+")
#: ASCII in small letters, with blanks for what is in no word: parted so three times faster.
_PLAIN: Final = bytes(
    ord(chr(byte).lower() if _WORDS.match(chr(byte)) else " ") for byte in range(128)
).ljust(256)


class Verdict(NamedTuple):
    """What words make of an item: another kind, or a reason for the desk."""

    kind: Kind | None = None
    because: str = ""


STORY: Final = Verdict()
TEST: Final = Verdict("test")
PLANNING: Final = Verdict("planning")
ADVISORY: Final = Verdict("advisory")
HEADLINE: Final = Verdict(because="its headline says that copy must not be used as it is")
SLUGLINE: Final = Verdict(because="its slugline says that copy must not be used as it is")
NOTE: Final = Verdict(because="its note to editors says that it must not be used as it is")
TEXT: Final = Verdict(because="it asks editors to change or remove copy")
MIXED: Final = Verdict(because="its text begins with words to editors")


def judged(item: Item, quirk: Quirk = NONE) -> Item:
    """Give an item that is addressed to newsrooms its kind, or its reason for the desk."""
    if item.pubstatus == CANCELED or item.acts_on:
        return item
    found = verdict(item, quirk)
    if found.because:
        return item if item.for_desk else replace(item, for_desk=found.because)
    if found.kind is None or item.kind not in {"story", "package"}:
        return item
    note = f"its words are addressed to newsrooms, so its kind is {found.kind}"
    return replace(item, kind=found.kind, notes=(*item.notes, note))


def verdict(item: Item, quirk: Quirk = NONE) -> Verdict:
    """Say what an item's words make of it; the stricter of two that disagree."""
    found = _of_headline(item, quirk)
    if item.slugline and not found.because:
        found = _stricter(found, _of_slugline(item.slugline[:LONGEST]))
    if item.ednote and not found.because:
        found = _stricter(found, _of_note(item))
    if item.keywords and not found.because:
        found = _stricter(found, _of_categories(item.keywords))
    if found is STORY and words.SPEAKS.match(_text(item)):
        found = TEXT if _asks(item) else _spoken(_text(item))
    return found


def _of_headline(item: Item, quirk: Quirk) -> Verdict:
    """Judge a headline: by its provider's marks, else by a word of the trade and its shape."""
    said = item.headline[:LONGEST]
    if quirk.forbids and quirk.forbids.match(said):
        return HEADLINE
    for mark, kind in quirk.notices:
        if mark.match(said):
            return TEXT if _asks(item) else Verdict(kind)
    told = _plain(said) if said.isascii() else _WORDS.findall(said.lower())
    return STORY if words.TRADE.isdisjoint(told) else _shape(item, said, told)


def runs_in(said: str) -> list[str]:
    """Give the runs of letters and digits of a line or a text, in small letters."""
    return _plain(said) if said.isascii() else _RUNS.findall(said.lower())


def _plain(said: str) -> list[str]:
    """Give the words of what is ASCII, where runs and words are the same."""
    return said.encode().translate(_PLAIN).decode().split()


def _shape(item: Item, said: str, told: list[str]) -> Verdict:
    """Judge a headline that has a word of the trade, with and without its decoration."""
    decoration = words.DECORATION.match(said)
    both = {said, said[decoration.end() :] if decoration else said}
    runs = told if said.isascii() else runs_in(said)
    if _any(words.TESTS, words.TESTS_NEED, both, runs) or _tests(told):
        return TEST
    if _any(words.FORBIDS, words.FORBIDS_NEED, both, runs):
        return HEADLINE
    beginning = _beginning(item)
    if words.ASKS.search(beginning):
        return TEXT
    if _any(words.PLANS, words.PLANS_NEED, both, runs) or _plans(told, said):
        return PLANNING
    advises = _any(words.ADVISES, words.ADVISES_NEED, both, runs)
    return ADVISORY if advises or _talks(item, said, beginning) else STORY


def _any(shape: re.Pattern[str], needs: frozenset[str], both: set[str], runs: list[str]) -> bool:
    return not needs.isdisjoint(runs) and any(shape.match(one) for one in both)


def _tests(told: list[str]) -> bool:
    """Say whether a headline has no words but those of tests."""
    if words.TESTED.isdisjoint(told):
        return False
    return {one for one in told if not one.isdigit()} <= words.OF_TESTS


def _plans(told: list[str], said: str) -> bool:
    """Say whether a headline has no words but those of plans, days and a name."""
    if words.PLANNED.isdisjoint(told):
        listed = words.LISTED.intersection(told)
        if not listed or (words.WHOSE - listed).isdisjoint(told):
            return False
    others = {one for one in told if not one[0].isdigit()} - words.OF_PLANS
    return len(others) <= NAMES and all(one.title() in said for one in others)


def _talks(item: Item, said: str, beginning: str) -> bool:
    """Say whether a text is about copy, or invites those who write."""
    if words.TALKS.search(beginning):
        return True
    return bool(words.INVITES.match(said) and words.REGISTERS.search(_text(item)[:BEGINNING]))


def _asks(item: Item) -> bool:
    return bool(words.ASKS.search(_beginning(item)))


def _beginning(item: Item) -> str:
    """Give the beginning of a text, in small letters; nothing if it is about the world."""
    beginning = _text(item)[:BEGINNING]
    if words.COPY_NEEDS.isdisjoint(runs_in(beginning)):
        return ""
    beginning = beginning.lower()
    return beginning if any(cue in beginning for cue in words.CUES) else ""


def _spoken(text: str) -> Verdict:
    """Judge a text that begins with words to editors; a story may follow them."""
    if words.TESTS.match(text):
        return TEST
    return MIXED if "\n\n" in text else ADVISORY


def _text(item: Item) -> str:
    """Give the text, or, where all of it was moved to the note, that."""
    return item.text or item.ednote


def _of_slugline(said: str) -> Verdict:
    if words.SLUG_FORBIDS.match(said):
        return SLUGLINE
    kinds = (kind for shape, kind in words.SLUGS if shape.match(said))
    return Verdict(next(kinds, None))


def _of_note(item: Item) -> Verdict:
    """Judge a note; an embargo whose moment is known says by itself what the note says."""
    dated = item.embargo is not None and item.embargo != UNKNOWN
    said = item.ednote[:LONGEST]
    return (
        NOTE
        if words.NOTE_KILLS.search(said) or (not dated and words.NOTE_EMBARGOES.search(said))
        else STORY
    )


def _of_categories(keywords: tuple[str, ...]) -> Verdict:
    """Judge categories: only those that can mean nothing else."""
    for one in keywords:
        small = one.lower()
        if small in words.CATEGORIES_FORBID:
            return Verdict(because=f"its category is {small}")
        if kind := words.CATEGORIES.get(small):
            return Verdict(kind)
    return STORY


def _stricter(one: Verdict, other: Verdict) -> Verdict:
    """Give the verdict that leaves less to readers; between kinds the first."""
    return other if other.because or one.kind is None else one
