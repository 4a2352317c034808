"""R03, R15: several workers receive the same items at once, each on its own connection."""

import random
import threading
from functools import partial

import pytest
from django.db import connection

from harness.wires import HOUR, NOON, Wire, hold, kill, take
from wireroom.wire.clock import tick
from wireroom.wire.models import Change, Story, Version


def at_once(*works):
    """Run each in a thread of its own, together; raise what any of them raised."""
    errors, start = [], threading.Barrier(len(works))

    def run(work):
        try:
            start.wait(30)
            work()
        except BaseException as error:  # noqa: BLE001 (raised again where the test sees it)
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if errors:
        raise errors[0]


@pytest.fixture
def wire(transactional_db):
    return Wire()


def test_same_new_items_make_one_story_each(wire):
    items = [take(1, guid=f"urn:{n}") for n in range(20)]
    at_once(*[lambda: wire.receives_together(*items)] * 4)
    assert Story.objects.count() == Version.objects.count() == Change.objects.count() == 20


def test_versions_in_any_order_end_in_the_newest(wire):
    items = [take(n) for n in range(1, 7)]
    works = [partial(wire.receives, *random.sample(items, len(items))) for _ in range(4)]
    at_once(*works)
    assert wire.shows()[0] == "Take 6"
    assert Story.objects.count() == 1
    numbers = list(Version.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, wire.story().last_number + 1))


def test_kill_wins_over_everything_that_comes_beside_it(wire):
    at_once(
        lambda: wire.receives(take(1), take(3), take(5)),
        lambda: wire.receives(hold(2), take(4)),
        lambda: wire.receives(kill(2)),
        lambda: wire.receives(take(6)),
    )
    assert wire.shows() is None
    assert wire.story().killed_at is not None


def test_clock_and_wire_do_not_undo_each_other(wire):
    lift = NOON + 2 * HOUR
    first = [take(1, guid=f"urn:{n}", embargo=lift) for n in range(30)]
    second = [take(2, guid=f"urn:{n}", embargo=lift) for n in range(30)]
    wire.receives_together(*first)
    at_once(
        lambda: wire.receives_together(*second, at=lift),
        lambda: tick(lift),
        lambda: tick(lift),
    )
    assert Story.objects.filter(published_at=lift, due_at=None, version=2).count() == 30
    assert Change.objects.filter(what="lifted").count() == 30
