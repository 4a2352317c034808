"""What patterns need is absent from no line that they fit.

Shown from the patterns themselves: each way through one is written down, with a letter for
whatever may stand there, and must have one of the words that the pattern needs.
"""

import re
from collections.abc import Iterator
from re import _constants as sre
from re import _parser

import pytest

from formats.wire_samples import samples
from wireroom.formats.newsroom import desk_words as words
from wireroom.formats.newsroom.advisories import BEGINNING, runs_in

#: Whatever may stand there: a letter that is in no word.
ANY = "\u0436"
BLANKS = {sre.CATEGORY_SPACE, sre.CATEGORY_NOT_WORD}
PATTERNS = {
    "FORBIDS": words.FORBIDS_NEED,
    "TESTS": words.TESTS_NEED,
    "PLANS": words.PLANS_NEED,
    "ADVISES": words.ADVISES_NEED,
    "ASKS": words.COPY_NEEDS,
    "TALKS": words.COPY_NEEDS,
}
SAMPLES = (*samples("for-editors.txt"), *samples("ordinary.txt"))


def ways(pattern: re.Pattern[str]) -> set[str]:
    """Write down each way through a pattern."""
    return {
        way for part in parts(_parser.parse(pattern.pattern, pattern.flags)) for way in of(part)
    }


def parts(tree) -> Iterator[list]:
    """Part a pattern at its outermost alternatives, so that the ways stay few at a time."""
    tree = list(tree)
    name, said = tree[0]
    if len(tree) == 1 and name is sre.BRANCH:
        for one in said[1]:
            yield from parts(one)
    elif len(tree) == 1 and name is sre.SUBPATTERN:
        yield from parts(said[-1])
    else:
        yield tree


def of(tree) -> set[str]:
    found = {""}
    for name, said in tree:
        found = {before + after for before in found for after in steps(name, said)}
    return found


def steps(name, said) -> set[str]:  # noqa: PLR0911 (one for each sort of step)
    if name is sre.LITERAL:
        return {chr(said)}
    if name is sre.IN:
        return members(said)
    if name in {sre.ANY, sre.NOT_LITERAL}:
        return {ANY}
    if name is sre.AT:
        return {" "}
    if name is sre.BRANCH:
        return {way for one in said[1] for way in of(one)}
    if name is sre.SUBPATTERN:
        return of(said[-1])
    if name in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
        least, _, repeated = said
        return of(repeated) | (set() if least else {""})
    if name is sre.ASSERT:
        return {f" {way} " for way in of(said[1])}
    assert name is sre.ASSERT_NOT, name
    return {""}


def members(said) -> set[str]:
    """Give the letters of a set, and a blank for all else in it."""
    if any(name in {sre.NEGATE, sre.RANGE} for name, _ in said):
        return {ANY}
    if {one for name, one in said if name is sre.CATEGORY} - BLANKS:
        return {ANY}
    signs = {chr(one) for name, one in said if name is sre.LITERAL}
    return {one if one.isalnum() else " " for one in signs} or {" "}


@pytest.mark.parametrize("name", PATTERNS)
def test_no_way_through_a_pattern_lacks_what_it_needs(name):
    found = ways(getattr(words, name))
    assert len(found) > 1_000
    assert not [one for one in found if PATTERNS[name].isdisjoint(runs_in(one))]


@pytest.mark.parametrize("name", PATTERNS)
def test_no_word_is_needed_for_nothing(name):
    needs = PATTERNS[name]
    own = [getattr(words, one) for one in PATTERNS if PATTERNS[one] is needs]
    met = {word for pattern in own for way in ways(pattern) for word in runs_in(way)}
    assert needs <= met


@pytest.mark.parametrize("name", PATTERNS)
def test_each_sample_that_a_pattern_fits_has_a_word_that_it_needs(name):
    pattern = getattr(words, name)
    if PATTERNS[name] is words.COPY_NEEDS:
        lines = ("\n\n".join(one.paragraphs)[:BEGINNING].lower() for one in SAMPLES)
        fitted = [one for one in lines if pattern.search(one)]
    else:
        fitted = [one.headline for one in SAMPLES if pattern.match(one.headline)]
    assert len(fitted) > 20
    assert not [one for one in fitted if PATTERNS[name].isdisjoint(runs_in(one))]


def test_runs_are_the_same_in_ascii_and_beside_other_letters():
    line = "*** KILL_line-up: Eds/clients, don't use (2nd take)"
    assert runs_in(line) == "kill line up eds clients don t use 2nd take".split()  # noqa: SIM905 (plain)
    assert runs_in(f"{line} \u25a0Régie\u2122")[:-1] == runs_in(line)
    assert runs_in(f"{line} \u25a0Régie\u2122")[-1] == "régie"
