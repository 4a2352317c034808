"""L1: whatever the order of arrival, the same items end in the same public state."""

from dataclasses import replace
from itertools import permutations

import pytest

from harness.wires import HOUR, MINUTE, NOON, Wire, hold, kill, take
from wireroom.formats.item import UNKNOWN
from wireroom.wire.models import Change, Version

LIFT = NOON + 3 * HOUR
RELEASED = replace(take(2, "Take 1"), version_created=NOON + 3 * MINUTE)

HISTORIES = {
    "updates": [take(1), take(2), take(3), take(4)],
    "update and correction": [take(1), take(2, signal="correction"), take(3, signal="refile")],
    "repeats between": [take(1), take(2, "Take 1"), take(3), take(4, "Take 3")],
    "kill between": [take(1), kill(2), take(3)],
    "kill of the lowest": [take(2), kill(1), take(3), hold(4)],
    "hold and higher version": [take(1), hold(2), take(3)],
    "hold and release under its version": [take(1), hold(2), RELEASED],
    "hold at the end": [take(1), take(2), hold(3)],
    "hold that beats its order": [take(1), take(2), hold(2)],
    "two holds": [take(1), hold(2), hold(3), take(4)],
    "embargo moved": [take(1, embargo=LIFT), take(2, embargo=LIFT + HOUR), take(3, embargo=LIFT)],
    "embargo late": [take(1), take(2, embargo=LIFT)],
    "embargo dropped": [take(1, embargo=UNKNOWN), take(2), take(3, embargo=UNKNOWN), take(4)],
    "end": [take(1, expires=LIFT), take(2, expires=LIFT + HOUR, expiry_removes=True), take(3)],
    "advisory between": [take(1), take(2, kind="advisory"), take(3)],
    "without words": [take(1), take(2, "", text=""), take(3)],
    "without words at the end": [take(1), take(2), take(3, "", text="")],
    "without words at first": [take(1, "", text=""), take(2), hold(3), take(4)],
    "without words after a hold": [take(1), hold(2), take(3, "", text="")],
    "without words but embargoed": [take(1), take(2, "", text="", embargo=LIFT), take(3)],
    "times only": [
        replace(take(n), version=int((NOON + n * MINUTE).timestamp()), numbered=False)
        for n in (1, 2, 3)
    ],
    "sent only": [
        replace(take(1, f"Sent {n}"), sent=NOON + n * MINUTE if n else None) for n in range(3)
    ],
    "two ids": [
        take(1),
        take(2, guid="urn:b", aliases=("urn:example:one",)),
        kill(3, guid="urn:b"),
    ],
}


def written():
    """Count what the history and the change log have."""
    return Version.objects.count(), Change.objects.count()


MOMENTS = [NOON + HOUR, LIFT, LIFT + HOUR, LIFT + 2 * HOUR]


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_any_order_of_arrival_ends_alike(db, history):
    guids = {item.guid for item in history}
    states = {}
    for number, items in enumerate(permutations(history)):
        wire = Wire(f"agency-{number}")
        wire.receives(*items)
        state = [
            {seen for guid in guids if (seen := wire.shows(guid, at=moment))} for moment in MOMENTS
        ]
        states.setdefault(repr(state), []).append([item.version for item in items])
    assert len(states) == 1, states


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_one_document_or_many_ends_alike(db, history):
    apart, together = Wire("apart"), Wire("together")
    apart.receives(*history)
    together.receives_together(*history)
    for guid in {item.guid for item in history}:
        for moment in MOMENTS:
            if apart.provider.stories.filter(guid=guid).exists():
                assert together.shows(guid, at=moment) == apart.shows(guid, at=moment)


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_everything_twice_changes_nothing(db, history):
    """R03, R15: the same items again, and again."""
    wire = Wire()
    wire.receives(*history)
    guids = {item.guid for item in history}
    before = [[wire.shows(guid) for guid in guids], written()]
    wire.receives(*history, *reversed(history))
    assert [[wire.shows(guid) for guid in guids], written()] == before


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_everything_backwards_is_kept_once(db, history):
    """L2: what came late and is sent at each poll adds nothing, flagged or not."""
    wire = Wire()
    wire.receives(*reversed(history))
    before = written()
    for _ in range(3):
        wire.receives(*history, *reversed(history))
    assert written() == before
