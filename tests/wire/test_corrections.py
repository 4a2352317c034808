"""L11: what was corrected stays so, in whatever order its versions come."""

from itertools import permutations

import pytest

from harness.wires import HOUR, MINUTE, NOON, Wire, hold, kill, take
from wireroom.wire.models import Version

CORRECTED = take(2, signal="correction")
#: Versions of a story, and the minute of its newest correction; None when none corrects.
HISTORIES = {
    "correction": ([take(1), CORRECTED], 2),
    "update after it": ([take(1), CORRECTED, take(3)], 2),
    "refile after it": ([take(1), CORRECTED, take(3, signal="refile")], 2),
    "its words again, with a new date": ([take(1), CORRECTED, take(3, "Take 2")], 2),
    "two corrections": ([take(1), CORRECTED, take(3, signal="correction"), take(4)], 3),
    "correction of nothing": ([take(1, signal="correction"), take(2)], None),
    "correction that says the same": ([take(1), take(2, "Take 1", signal="correction")], None),
    "same words as the update before": (
        [take(1), take(2), take(3, "Take 2", signal="correction")],
        None,
    ),
    "correction without words": ([take(1), take(2, "", text="", signal="correction")], None),
    "only its embargo is other": (
        [take(1), take(2, "Take 1", embargo=NOON, signal="correction")],
        None,
    ),
    "hold between": ([take(1), hold(2), take(3, signal="correction")], 3),
    "nothing but a hold before": ([hold(1), take(2, signal="correction")], None),
}


@pytest.mark.parametrize(("history", "minute"), HISTORIES.values(), ids=HISTORIES)
def test_any_order_ends_with_the_same_correction(db, history, minute):
    expected = None if minute is None else NOON + minute * MINUTE
    for number, items in enumerate(permutations(history)):
        wire = Wire(f"agency-{number}")
        wire.receives(*items, *items)
        assert wire.story().corrected == expected, [item.version for item in items]


def test_correction_that_was_released_from_a_hold_is_told(wire):
    wire.receives(take(1), hold(2), take(3, signal="correction"))
    assert wire.story().mark == "correction"


def test_version_keeps_the_agencys_signal_and_order(wire):
    wire.receives(take(1), take(2, signal="correction", sent=NOON + HOUR))
    version = Version.objects.get(number=2)
    assert (version.signal, version.provider_version, version.numbered) == ("correction", 2, True)
    assert (version.version_created, version.sent) == (NOON + 2 * MINUTE, NOON + HOUR)


def test_kill_leaves_the_fact_that_it_was_corrected(wire):
    wire.receives(take(1), CORRECTED, kill(3))
    assert wire.story().corrected == NOON + 2 * MINUTE
