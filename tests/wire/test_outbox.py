"""The change log is followed without losing a row or giving one twice, on both databases."""

import threading

import pytest
from django.db import connection, transaction

from harness.wires import HOUR, NOON, Wire, kill, take
from wireroom.wire import outbox
from wireroom.wire.models import Change
from wireroom.wire.outbox import ByNumber, ByTransaction, follower


def read_all(following):
    """Read until nothing more has become visible."""
    seen = []
    while changes := following.read():
        seen += [(change.story.guid, change.what) for change in changes]
    return seen


def in_thread(work):
    """Run on a connection of its own; wait for it."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_it_begins_from_now_and_gives_each_change_once(wire):
    wire.receives(take(1))
    following = follower()
    assert read_all(following) == []
    wire.receives(take(2), kill(3))
    assert read_all(following) == [("urn:example:one", "update"), ("urn:example:one", "kill")]
    assert read_all(following) == []


def test_it_gives_more_than_it_takes_at_a_time(wire, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 7)
    following = follower()
    wire.receives_together(*(take(1, guid=f"urn:{n}") for n in range(30)))
    assert read_all(following) == [(f"urn:{n}", "new") for n in range(30)]


def test_what_is_undone_is_not_given(wire):
    following = follower()
    with transaction.atomic():
        wire.receives(take(1))
        transaction.set_rollback(True)
    assert read_all(following) == []


def bulk_that_begins_first_and_commits_last(following):
    """Follow while a bulk transaction is open and a small one overtakes it."""
    slow, quick = Wire("slow"), Wire("quick")
    written, overtaken = threading.Event(), threading.Event()

    @transaction.atomic
    def bulk():
        slow.receives_together(*(take(1, guid=f"urn:{n}") for n in range(100)))
        written.set()
        overtaken.wait(30)

    thread = in_thread(bulk)
    assert written.wait(30)
    in_thread(lambda: quick.receives(take(1, guid="urn:quick"))).join(30)
    early = read_all(following)
    overtaken.set()
    thread.join(30)
    return early, read_all(following)


@pytest.fixture
def many_writers(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


@pytest.mark.usefixtures("many_writers")
class TestManyWriters:
    def test_bulk_that_commits_late_is_not_lost(self):
        early, late = bulk_that_begins_first_and_commits_last(follower())
        assert early == [("urn:quick", "new")]
        assert sorted(late) == sorted((f"urn:{n}", "new") for n in range(100))

    def test_planted_follower_by_highest_number_loses_it(self):
        early, late = bulk_that_begins_first_and_commits_last(ByNumber())
        assert early == [("urn:quick", "new")]
        assert late == []

    def test_follower_that_begins_while_it_is_open_hears_it(self):
        slow = Wire("slow")
        written, begun = threading.Event(), threading.Event()

        @transaction.atomic
        def bulk():
            slow.receives(take(1))
            written.set()
            begun.wait(30)

        thread = in_thread(bulk)
        assert written.wait(30)
        following = ByTransaction()
        begun.set()
        thread.join(30)
        assert read_all(following) == [("urn:example:one", "new")]


def test_nothing_is_lost_or_doubled_while_many_write(transactional_db):
    """R03: four writers and a reader at once, whatever turns they take."""
    wires = [Wire(f"agency-{n}") for n in range(4)]
    following, given = follower(), []

    def write(wire):
        for n in range(12):
            wire.receives_together(*(take(1, guid=f"{wire.provider.slug}:{n}:{m}") for m in "abc"))

    threads = [in_thread(lambda wire=wire: write(wire)) for wire in wires]
    while any(thread.is_alive() for thread in threads):
        given += following.read()
    given += following.read()
    numbers = [change.pk for change in given]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == set(Change.objects.values_list("pk", flat=True))
    assert len(numbers) == 4 * 12 * 3


def test_follower_is_the_right_one_for_the_database(db):
    wanted = {"sqlite": ByNumber, "postgresql": ByTransaction}[connection.vendor]
    assert isinstance(follower(), wanted)


def test_clocks_changes_are_followed_too(wire):
    from wireroom.wire.clock import tick  # noqa: PLC0415 (its only use)

    wire.receives(take(1, embargo=NOON + 2 * HOUR))
    following = follower()
    tick(NOON + 2 * HOUR)
    assert [what for _, what in read_all(following)] == ["lifted"]
