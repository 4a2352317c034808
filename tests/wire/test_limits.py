"""What cannot be stored is named before it is tried."""

from dataclasses import replace

import pytest

from harness.wires import take
from wireroom.wire.limits import HIGHEST_VERSION, LONGEST_ID, unfit


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"guid": ""}, "no id"),
        ({"guid": "ü" * (LONGEST_ID // 2 + 1)}, "longer than"),
        ({"aliases": ("x" * (LONGEST_ID + 1),)}, "longer than"),
        ({"version": HIGHEST_VERSION + 1}, "version"),
        ({"version": -1}, "version"),
        ({"urgency": 10}, "urgency"),
        ({"urgency": -1}, "urgency"),
    ],
)
def test_item_beyond_a_limit_is_unfit(words, reason):
    assert reason in unfit(replace(take(1), **words))


@pytest.mark.parametrize(
    "words", [{}, {"guid": "x" * LONGEST_ID}, {"version": HIGHEST_VERSION}, {"version": 0}]
)
def test_item_within_the_limits_is_stored(wire, words):
    item = replace(take(1), **words)
    assert unfit(item) == ""
    assert wire.receives(item)[0].what == "new"
