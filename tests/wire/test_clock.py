"""Embargoes that lift and stories that end, by the clock alone."""

from datetime import timedelta

import pytest

from harness.wires import HOUR, MINUTE, NOON, hold, kill, take
from wireroom.formats.item import UNKNOWN
from wireroom.wire.clock import tick
from wireroom.wire.models import Change, Story

LIFT = NOON + 3 * HOUR
JUST_BEFORE = LIFT - timedelta(microseconds=1)


def changes():
    return list(Change.objects.order_by("id").values_list("what", flat=True))


class TestEmbargo:
    def test_it_lifts_to_the_microsecond_without_a_tick(self, wire):
        wire.receives(take(1, embargo=LIFT))
        assert wire.shows(at=JUST_BEFORE) is None
        assert wire.shows(at=LIFT)[0] == "Take 1"

    def test_tick_tells_the_log_once(self, wire):
        wire.receives(take(1, embargo=LIFT))
        assert (tick(JUST_BEFORE), tick(LIFT), tick(LIFT + HOUR)) == (0, 1, 0)
        assert changes() == ["new", "lifted"]
        assert wire.story().published_at == LIFT

    def test_story_stands_in_lists_where_its_embargo_lifted(self, wire):
        wire.receives(take(1, embargo=LIFT))
        assert wire.story().listed_at == LIFT

    @pytest.mark.parametrize("moved", [LIFT - HOUR, LIFT + HOUR], ids=["earlier", "later"])
    def test_it_moves(self, wire, moved):
        wire.receives(take(1, embargo=LIFT), take(2, "Take 1", embargo=moved))
        assert wire.shows(at=moved - MINUTE) is None
        assert wire.shows(at=moved)[0] == "Take 1"
        assert wire.story().listed_at == moved

    def test_late_one_takes_a_live_story_back_until_it_lifts(self, wire):
        wire.receives(take(1), take(2, "Take 1", embargo=LIFT))
        assert wire.shows() is None
        assert wire.shows(at=LIFT)[0] == "Take 1"
        assert wire.story().published_at == NOON + HOUR

    def test_it_binds_versions_that_came_before_it(self, wire):
        wire.receives(take(2, embargo=LIFT), take(1))
        assert wire.shows() is None

    def test_newest_version_without_one_is_free(self, wire):
        wire.receives(take(1, embargo=LIFT), take(2))
        assert wire.shows()[0] == "Take 2"

    def test_one_that_cannot_be_read_holds_until_a_later_version(self, wire):
        wire.receives(take(1, embargo=UNKNOWN))
        assert wire.story().holds == "embargo"
        assert wire.shows(at=NOON + 9_000 * HOUR) is None
        wire.receives(take(2))
        assert wire.shows()[0] == "Take 2"

    def test_lifted_one_is_told_before_what_comes_after_it(self, wire):
        wire.receives(take(1, embargo=LIFT))
        wire.receives(take(2), at=LIFT + HOUR)
        assert changes() == ["new", "lifted", "update"]
        assert wire.story().published_at == LIFT
        assert wire.story().mark == "update"

    def test_withheld_story_does_not_come_out_when_it_lifts(self, wire):
        wire.receives(take(1, embargo=LIFT), hold(2, embargo=LIFT))
        tick(LIFT)
        assert wire.shows(at=LIFT) is None
        assert wire.story().published_at is None
        assert "lifted" not in changes()

    def test_killed_story_does_not_come_out_when_it_lifts(self, wire):
        wire.receives(take(1, embargo=LIFT), kill(2))
        assert tick(LIFT) == 0
        assert wire.shows(at=LIFT) is None

    def test_desks_hold_outlasts_it(self, desks):
        desks.receives(take(1, embargo=LIFT))
        tick(LIFT)
        assert desks.story().published_at is None


class TestEnd:
    @pytest.mark.parametrize("removes", [True, False])
    def test_story_past_its_end_is_in_no_list(self, wire, removes):
        wire.receives(take(1, expires=LIFT, expiry_removes=removes))
        assert wire.shows(at=JUST_BEFORE)[0] == "Take 1"
        assert wire.shows(at=LIFT) is None
        assert Story.objects.public(LIFT).exists() is not removes

    def test_tick_tells_the_log(self, wire):
        wire.receives(take(1, expires=LIFT))
        assert (tick(JUST_BEFORE), tick(LIFT), tick(LIFT)) == (0, 1, 0)
        assert changes() == ["new", "expired"]

    def test_story_that_came_too_late_was_never_seen(self, wire):
        wire.receives(take(1, expires=LIFT), at=LIFT)
        assert wire.story().published_at is None

    def test_newer_version_without_an_end_brings_it_back(self, wire):
        wire.receives(take(1, expires=LIFT, expiry_removes=True))
        wire.receives(take(2), at=LIFT + HOUR)
        assert wire.shows()[0] == "Take 2"

    def test_one_late_tick_tells_both_lifting_and_end(self, wire):
        wire.receives(take(1, embargo=LIFT, expires=LIFT + HOUR))
        tick(LIFT + 2 * HOUR)
        assert changes() == ["new", "lifted", "expired"]
        assert wire.story().published_at == LIFT

    def test_story_that_ends_before_it_lifts_is_never_seen(self, wire):
        wire.receives(take(1, embargo=LIFT, expires=LIFT - HOUR))
        tick(LIFT + HOUR)
        assert wire.story().published_at is None
        assert "lifted" not in changes()


def test_tick_takes_more_stories_than_one_transaction_holds(wire, monkeypatch):
    monkeypatch.setattr("wireroom.wire.clock.BATCH", 3)
    wire.receives_together(*(take(1, guid=f"urn:{n}", embargo=LIFT) for n in range(10)))
    assert tick(LIFT) == 10
    assert Change.objects.filter(what="lifted").count() == 10
