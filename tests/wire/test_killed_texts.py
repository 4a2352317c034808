"""L19: what contains nine tenths of a killed text is held for a person, whoever sends it."""

from dataclasses import replace

import pytest

from harness.wires import (
    HOUR,
    NOON,
    ONE,
    Wire,
    changed,
    hold,
    kill,
    patch,
    take,
    text_of,
)
from wireroom.wire import killed
from wireroom.wire.models import Change, KilledText, Story

LIE = text_of(1)
OTHER = text_of(2)


@pytest.fixture
def other(db):
    """Another agency."""
    return Wire("other")


@pytest.fixture
def dead(wire):
    """A wire of which one story was killed."""
    wire.receives(take(1, text=LIE), kill(2))
    return wire


def held(wire, guid):
    story = wire.story(guid)
    return killed.HOLD in story.holds.split() and wire.shows(guid) is None


@pytest.mark.usefixtures("dead")
class TestTextThatComesAfterTheKill:
    def test_it_is_held_under_any_guid(self, dead):
        (outcome,) = dead.receives(take(1, guid="urn:again", text=LIE))
        assert held(dead, "urn:again")
        assert dead.story("urn:again").published_at is None
        assert outcome.reason == "its text contains that of a killed story"

    def test_it_is_held_of_any_provider(self, other):
        other.receives(take(1, text=LIE))
        assert held(other, ONE)

    def test_it_is_held_with_words_before_and_after(self, other):
        other.receives(take(1, text=f"{text_of(3)}\n\n{LIE}\n\n{text_of(4)}"))
        assert held(other, ONE)

    def test_it_is_held_whatever_its_case_signs_and_paragraphs_are(self, other):
        other.receives(take(1, text=LIE.upper().replace(".", "!").replace("\n\n", " ")))
        assert held(other, ONE)

    @pytest.mark.parametrize(("share", "is_held"), [(0.05, True), (0.2, False)])
    def test_nine_tenths_of_it_are_enough_and_less_is_not(self, other, share, is_held):
        other.receives(take(1, text=changed(LIE, share)))
        assert held(other, ONE) is is_held

    def test_other_text_goes_out(self, other):
        other.receives(take(1, text=OTHER))
        assert other.shows()[1] == OTHER

    def test_update_that_brings_it_takes_a_live_story_from_readers(self, other):
        other.receives(take(1, text=OTHER), take(2, text=LIE))
        assert held(other, ONE)

    def test_patch_that_brings_it_takes_a_live_story_from_readers(self, other):
        other.receives(take(1, text=OTHER), patch(2, text=LIE, body=f"<p>{LIE}</p>"))
        assert held(other, ONE)

    def test_agencys_release_does_not_lift_it(self, other):
        other.receives(take(1, text=LIE), hold(2), take(3, text=OTHER))
        assert other.story().holds == killed.HOLD


class TestTextThatComesAfterAnotherKill:
    def test_every_version_of_the_killed_story_counts(self, wire, other):
        wire.receives(take(1, text=LIE), take(2, text=OTHER), kill(3))
        other.receives(take(1, text=LIE), take(1, guid="urn:b", text=OTHER))
        assert held(other, ONE)
        assert held(other, "urn:b")

    def test_text_too_short_to_tell_is_not_compared(self, wire, other):
        wire.receives(take(1, text="It rained again in the hills."), kill(2))
        other.receives(take(1, text="It rained again in the hills."))
        assert other.shows()
        assert not KilledText.objects.exists()

    def test_text_in_another_script_is_known_again(self, wire, other):
        said = "".join(chr(0x0915 + ord(sign) % 32) if sign.isalpha() else sign for sign in LIE)
        wire.receives(take(1, text=said), kill(2))
        other.receives(take(1, text=said))
        assert held(other, ONE)


class TestTextThatIsThereAlready:
    def test_kill_holds_live_stories_that_contain_it(self, wire, other):
        other.receives(take(1, text=f"{OTHER}\n\n{LIE}"), take(1, guid="urn:b", text=OTHER))
        wire.receives(take(1, text=LIE), take(1, guid="urn:c", text=LIE), kill(2))
        assert held(other, ONE)
        assert held(wire, "urn:c")
        assert other.shows("urn:b")
        (change,) = Change.objects.filter(story=other.story())[1:]
        assert (change.what, change.why) == (
            "held",
            f"its text contains that of /s/{wire.story().pk}, which was killed",
        )

    def test_text_of_a_killed_story_that_comes_late_holds_them_too(self, wire, other):
        other.receives(take(1, text=LIE))
        wire.receives(kill(2))
        assert other.shows()
        wire.receives(take(1, text=LIE))
        assert held(other, ONE)
        other.receives(take(1, guid="urn:b", text=LIE))
        assert held(other, "urn:b")

    def test_kill_by_another_document_does_the_same(self, wire, other):
        from wireroom.formats.item import Act  # noqa: PLC0415 (its only use)

        other.receives(take(1, text=LIE))
        note = take(9, guid="urn:note", kind="advisory")
        wire.receives(take(1, text=LIE))
        wire.receives(replace(note, acts_on=(Act(guid=ONE, pubstatus="canceled"),)))
        assert held(other, ONE)

    @pytest.mark.usefixtures("db")
    def test_in_one_document_it_does_not_matter_which_comes_first(self):
        twin = take(1, guid="urn:b", text=LIE)
        for number, items in enumerate(
            [(take(1, text=LIE), kill(2), twin), (twin, take(1, text=LIE), kill(2))]
        ):
            one = Wire(f"agency-{number}")
            one.receives_together(*items)
            assert held(one, "urn:b")

    def test_story_that_waits_for_its_hour_is_held_too(self, wire, other):
        other.receives(take(1, text=LIE, embargo=NOON + 9 * HOUR))
        wire.receives(take(1, text=LIE), kill(2))
        assert killed.HOLD in other.story().holds


class TestWhatIsKept:
    def test_no_word_of_the_text_is_kept(self, dead):
        kept = KilledText.objects.get()
        assert kept.story == dead.story()
        size = len(bytes(kept.grams)) + len(bytes(kept.anchors))
        assert size < len(LIE)
        assert len(bytes(kept.grams)) // 4 > 20

    def test_repeats_of_killed_items_add_nothing(self, dead):
        dead.receives(take(1, text=LIE), kill(2), take(1, text=LIE), kill(3))
        assert KilledText.objects.count() == 1

    def test_nothing_is_looked_for_where_nothing_was_killed(self, wire):
        wire.receives(take(1, text=OTHER))
        assert killed.known((0, "")).anchors == {}

    def test_what_a_process_remembers_is_read_on_and_not_anew(
        self, dead, django_assert_num_queries
    ):
        row = KilledText.objects.get()
        first = killed.known((row.pk, row.token))
        with django_assert_num_queries(0):
            assert killed.known((row.pk, row.token)) is first
        dead.receives(take(1, guid="urn:b", text=OTHER), kill(2, guid="urn:b"))
        last = KilledText.objects.order_by("pk").last()
        second = killed.known((last.pk, last.token))
        assert len(second.grams) == 2
        assert second.is_in(OTHER)
        assert second.is_in(LIE)


def test_planted_fault_is_found(wire, other, monkeypatch):
    """Whoever forgets to look at what is there lets it stand."""
    monkeypatch.setattr(killed.search, "saying", lambda _phrases: [])
    other.receives(take(1, text=LIE))
    wire.receives(take(1, text=LIE), kill(2))
    assert Story.objects.live(wire.now).count() == 1
