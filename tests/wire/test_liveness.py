"""Liveness is said twice, for the database and for a story in hand, and is one."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.wires import HOUR, NOON, Wire
from wireroom.wire import liveness
from wireroom.wire.models import Story

moments = st.sampled_from([NOON - HOUR, NOON - timedelta(microseconds=1), NOON, NOON + HOUR])
states = st.fixed_dictionaries(
    {
        "holds": st.sampled_from(["", "", "desk", "embargo withheld"]),
        "killed_at": st.none() | moments,
        "embargo": st.none() | moments,
        "expires": st.none() | moments,
        "expiry_removes": st.booleans(),
    }
)


@pytest.mark.usefixtures("db")
class TestBothSayTheSame:
    @settings(max_examples=60)
    @given(drawn=st.lists(states, min_size=1, max_size=20))
    def test_of_any_story_at_any_time(self, drawn):
        provider = Wire(f"agency-{Story.objects.count()}-{hash(repr(drawn))}").provider
        times = dict.fromkeys(
            ("version_created", "heard_at", "first_created", "updated_at", "received_at"), NOON
        )
        stories = Story.objects.bulk_create(
            Story(
                provider=provider, guid=f"urn:{n}", version=1, shown=1, listed_at=NOON, **times, **s
            )
            for n, s in enumerate(drawn)
        )
        for now in (NOON, NOON + HOUR):
            mine = Story.objects.filter(provider=provider)
            live = set(mine.live(now))
            assert live == {story for story in stories if liveness.is_live(story, now)}
            assert set(mine.public(now)) == {s for s in stories if liveness.is_public(s, now)}
            assert live <= set(mine.public(now))

    @settings(max_examples=200)
    @given(state=states, now=moments)
    def test_clock_is_due_when_liveness_next_changes(self, state, now):
        story = Story(**state)
        due = liveness.next_turn(story, now)
        before = liveness.is_live(story, now), liveness.is_public(story, now)
        until = due or NOON + 9 * HOUR
        just = until - timedelta(microseconds=1)
        if just > now:
            assert (liveness.is_live(story, just), liveness.is_public(story, just)) == before
