"""JSON that is too deep is refused, whatever else is wrong with it."""

import pytest

from wireroom.formats.errors import Unreadable
from wireroom.formats.syntax.jsons import DEPTH, loaded


@pytest.mark.parametrize("brackets", [("[", "]"), ('{"a":', "}")], ids=["lists", "objects"])
@pytest.mark.parametrize("inside", ["1", '"\x01"', "NaN", '{"a":1,"a":2}', "?"])
@pytest.mark.parametrize("deep", [DEPTH + 1, 100 * DEPTH])
def test_values_that_nest_too_deep_are_refused_for_that(brackets, inside, deep):
    begin, end = brackets
    notes = []

    with pytest.raises(Unreadable, match=f"nest deeper than {DEPTH}"):
        loaded(begin * deep + inside + end * deep, notes)

    assert notes == []


def test_values_that_nest_as_deep_as_they_may_are_read():
    assert loaded("[" * DEPTH + '"[[["' + "]" * DEPTH)
