"""Stories as their items come: named scenarios, one step after another."""

from dataclasses import replace
from itertools import permutations

import pytest

from harness.wires import HOUR, MINUTE, NOON, ONE, Wire, hold, kill, take
from wireroom.formats.item import UNKNOWN, Countries, Made, Picture, Rights, Subject
from wireroom.wire.clock import tick
from wireroom.wire.models import Alias, Change, Listing, Story, Version


def changes():
    return list(Change.objects.order_by("id").values_list("what", flat=True))


class TestNewerWords:
    def test_update_replaces_the_words_and_says_so(self, wire):
        wire.receives(take(1), take(2))
        story = wire.story()
        assert wire.shows() == ("Take 2", "Text of Take 2.")
        assert (story.mark, story.seen) == ("update", 2)
        assert changes() == ["new", "update"]

    def test_correction_is_told_and_keeps_address_and_first_times(self, wire):
        wire.receives(take(1), at=NOON + HOUR)
        before = wire.story()
        wire.receives(take(2, "Corrected", signal="correction"), at=NOON + 2 * HOUR)
        story = wire.story()
        assert (story.pk, story.published_at) == (before.pk, NOON + HOUR)
        assert (story.first_created, story.updated_at) == (NOON, NOON + 2 * MINUTE)
        assert story.mark == "correction"

    def test_new_words_under_an_old_time_were_updated_when_they_came(self, wire):
        wire.receives(take(1), at=NOON + HOUR)
        wire.receives(take(1, "Other words"), at=NOON + 2 * HOUR)
        story = wire.story()
        assert story.updated_at == story.listed_at == NOON + 2 * HOUR
        assert wire.shows()[0] == "Other words"

    def test_new_date_on_the_same_words_changes_nothing_readers_see(self, wire):
        wire.receives(take(1))
        before = wire.story()
        wire.receives(take(9, "Take 1"))
        story = wire.story()
        assert story.version == 9
        for name in ("updated_at", "listed_at", "mark", "seen", "shown", "last_number"):
            assert getattr(story, name) == getattr(before, name)
        assert changes() == ["new"]

    def test_other_countries_move_a_story_to_other_lists_and_are_no_news(self, wire):
        wire.receives(take(1, countries=Countries(primary="IN", mentioned=("IN", "LK"))))
        before = wire.story()
        wire.receives(take(2, "Take 1", countries=Countries(primary="LK", mentioned=("LK",))))
        story = wire.story()
        assert story.country == "LK"
        stands = Listing.objects.filter(story=story, key__startswith="country:", left=False)
        assert [listing.key for listing in stands] == ["country:lk"]
        assert (story.mark, story.updated_at) == (before.mark, before.updated_at)
        assert wire.rulings() == ["new", "update"]

    def test_the_same_countries_in_another_order_are_a_repeat(self, wire):
        wire.receives(
            take(1, countries=Countries(primary="IN", mentioned=("IN", "LK", "NP"))),
            take(2, "Take 1", countries=Countries(primary="IN", mentioned=("NP", "IN", "LK"))),
        )
        assert wire.rulings() == ["new"]

    @pytest.mark.parametrize("field", ["countries", "countries.primary"])
    def test_countries_that_the_house_makes_out_otherwise_are_a_repeat(self, wire, field):
        made = (Made(field=field, because="its words"),)
        both = ("IN", "LK")
        wire.receives(
            take(1, countries=Countries(primary="IN", mentioned=both), made=made),
            take(2, "Take 1", countries=Countries(primary="LK", mentioned=both[::-1]), made=made),
        )
        assert wire.rulings() == ["new"]

    def test_other_countries_of_the_agencys_count_beside_a_first_that_the_house_chose(self, wire):
        made = (Made(field="countries.primary", because="its words"),)
        wire.receives(
            take(1, countries=Countries(primary="IN", mentioned=("IN",)), made=made),
            take(2, "Take 1", countries=Countries(primary="IN", mentioned=("IN", "LK")), made=made),
        )
        assert wire.rulings() == ["new", "update"]

    def test_repeat_moves_the_order_so_that_what_lies_between_is_late(self, wire):
        wire.receives(take(1), take(5, "Take 1"), take(3))
        assert wire.shows() == ("Take 1", "Text of Take 1.")
        assert wire.rulings() == ["new", "history"]

    def test_refile_replaces_quietly_and_stays_in_its_place(self, wire):
        wire.receives(take(1))
        before = wire.story()
        wire.receives(take(2, signal="refile"))
        story = wire.story()
        assert wire.shows()[0] == "Take 2"
        assert (story.listed_at, story.mark) == (before.listed_at, "")

    def test_late_version_is_kept_as_history_and_nothing_changes(self, wire):
        wire.receives(take(3), take(1))
        assert wire.shows()[0] == "Take 3"
        assert wire.rulings() == ["new", "history"]
        assert changes() == ["new"]

    def test_late_version_sent_again_is_not_kept_twice(self, wire):
        wire.receives(take(3), take(1), take(1), take(1))
        assert wire.rulings() == ["new", "history"]

    def test_same_words_under_an_earlier_date_are_kept_once(self, wire):
        wire.receives(take(3, "Same"), *[take(1, "Same")] * 5)
        assert wire.rulings() == ["new", "history"]

    def test_older_hold_sent_again_is_kept_once(self, wire):
        wire.receives(take(3), *[hold(2)] * 5)
        assert wire.rulings() == ["new", "history"]

    def test_late_version_sent_anew_each_time_is_kept_once(self, wire):
        """Another time of sending makes no other version."""
        again = [replace(take(1), sent=NOON + n * MINUTE) for n in range(5)]
        wire.receives(take(3), *again)
        assert wire.rulings() == ["new", "history"]

    def test_conflict_under_one_order_shows_what_came_later_and_is_noted(self, wire):
        wire.receives(take(1), take(1, "Other"))
        assert wire.shows()[0] == "Other"
        assert list(Version.objects.order_by("number").values_list("conflict", flat=True)) == [
            False,
            True,
        ]

    def test_two_of_one_guid_in_a_document_leave_the_newest(self, wire):
        outcomes = wire.receives_together(take(2), take(1), take(3))
        assert [(o.what, o.version) for o in outcomes] == [
            ("new", 1),
            ("history", 2),
            ("update", 3),
        ]
        assert wire.shows()[0] == "Take 3"
        assert Story.objects.count() == 1

    def test_two_under_one_order_in_a_document_do_not_turn_each_other_round(self, wire):
        document = (take(1, "First"), take(1, "Second"))
        for _ in range(3):
            wire.receives_together(*document)
        assert wire.shows()[0] == "First"
        assert Version.objects.count() == 2
        assert changes() == ["new"]


class TestKill:
    def test_killed_story_is_gone_and_its_change_is_written(self, wire):
        wire.receives(take(1), kill(2))
        assert wire.shows() is None
        assert wire.story().killed_at == wire.now
        assert changes() == ["new", "kill"]

    def test_kill_needs_no_order(self, wire):
        wire.receives(take(5), kill(1))
        assert wire.shows() is None

    def test_kill_before_its_original_bars_it(self, wire):
        wire.receives(kill(2), take(1))
        assert wire.shows() is None
        assert wire.story().published_at is None
        assert wire.rulings() == ["kill", "history"]

    def test_killed_guid_sent_again_as_usable_stays_killed_and_is_flagged(self, wire):
        wire.receives(take(1), kill(2), take(3))
        assert wire.shows() is None
        assert Version.objects.get(number=3).flagged

    def test_its_own_original_sent_again_is_not_flagged(self, wire):
        wire.receives(take(1), replace(kill(1)), take(1))
        assert wire.shows() is None
        assert not Version.objects.filter(flagged=True).exists()

    @pytest.mark.parametrize("version", [1, 2], ids=["lower", "same"])
    def test_original_that_stays_in_the_feed_adds_nothing(self, wire, version):
        wire.receives(take(version), kill(2), *[take(version)] * 5)
        assert wire.rulings() == ["new", "kill"]

    def test_original_without_a_date_that_stays_in_the_feed_is_kept_once(self, wire):
        dateless = take(0, numbered=False, version_created=None)
        wire.receives(kill(2))
        for hour in range(2, 6):
            wire.receives(dateless, at=NOON + hour * HOUR)
        assert wire.rulings() == ["kill", "history"]

    def test_original_under_an_ever_newer_date_is_flagged_once(self, wire):
        wire.receives(take(1), kill(2), *(take(n, "Take 1") for n in range(3, 9)))
        assert wire.rulings() == ["new", "kill", "history"]
        assert Version.objects.get(number=3).flagged

    def test_no_word_that_comes_after_a_kill_is_stored(self, wire):
        picture = Picture(href="https://x.example/a.jpg", caption="A lie")
        lie = take(3, "A lie", standfirst="A lie", byline="A liar", pictures=(picture,))
        wire.receives(kill(2), lie)
        row = Version.objects.filter(number=2).values().get()
        assert "lie" not in repr(row).lower()
        assert (row["provider_version"], row["version_created"]) == (3, NOON + 3 * MINUTE)

    def test_second_kill_is_a_repeat(self, wire):
        wire.receives(take(1), kill(2), kill(3))
        assert changes() == ["new", "kill"]

    def test_kill_ends_embargo_and_schedule(self, wire):
        wire.receives(take(1, embargo=NOON + 9 * HOUR), kill(2))
        story = wire.story()
        assert (story.embargo, story.due_at) == (None, None)
        assert wire.shows(at=NOON + 10 * HOUR) is None

    def test_words_of_a_kill_are_never_shown(self, wire):
        wire.receives(kill(2, headline="Why we kill it", text="The mayor never said so."))
        assert wire.story().headline == ""
        assert wire.story().shown == 0


class TestWithhold:
    def test_withheld_story_comes_back_by_a_higher_version(self, wire):
        wire.receives(take(1), hold(2))
        assert wire.shows() is None
        wire.receives(take(3))
        assert wire.shows()[0] == "Take 3"
        assert changes() == ["new", "hold", "release"]

    def test_withheld_story_comes_back_by_a_later_time_under_the_same_version(self, wire):
        withheld = hold(2)
        released = replace(take(1), version=2, version_created=withheld.version_created + MINUTE)
        wire.receives(take(1), withheld, released)
        assert wire.shows()[0] == "Take 1"
        assert wire.story().mark == ""

    def test_hold_beats_a_usable_of_its_order(self, wire):
        wire.receives(hold(2), take(2))
        assert wire.shows() is None

    def test_withheld_text_is_not_what_readers_last_saw(self, wire):
        wire.receives(take(1), hold(2, headline="B", text="B"), take(3, "B", text="B"))
        story = wire.story()
        assert (story.mark, story.seen) == ("update", 2)
        assert story.updated_at == NOON + 3 * MINUTE

    def test_agency_that_releases_does_not_lift_the_desks_hold(self, desks):
        desks.receives(take(1), hold(2), take(3))
        assert desks.story().holds == "desk"
        assert desks.shows() is None


class TestForTheDesk:
    """Items that a person must see first: their format has no safe id, or their words forbid."""

    WHY = "its format has no safe id"

    def asks(self, *args, **words):
        return take(*args, for_desk=self.WHY, **words)

    def test_new_story_waits_for_the_desk_and_says_why(self, wire):
        (outcome,) = wire.receives(self.asks(1))
        assert (outcome.what, outcome.reason) == ("new", self.WHY)
        assert wire.story().holds == "for_desk"
        assert wire.shows() is None

    def test_newer_words_join_a_story_that_still_waits(self, wire):
        wire.receives(self.asks(1), self.asks(2))
        assert wire.rulings() == ["new", "update"]
        assert (wire.story().holds, wire.story().headline) == ("for_desk", "Take 2")
        assert wire.shows() is None

    def test_readers_keep_what_is_live_and_the_desk_is_told_once(self, wire):
        wire.receives(take(1), self.asks(2), self.asks(2), self.asks(2))
        assert wire.shows() == ("Take 1", "Text of Take 1.")
        assert wire.rulings() == ["new", "history"]
        assert [one.flagged for one in wire.story().versions.order_by("number")] == [False, True]

    @pytest.mark.parametrize("first", [0, 1], ids=["late", "early"])
    @pytest.mark.parametrize(
        "forbids",
        [
            {"embargo": UNKNOWN},
            {"embargo": NOON + 200 * HOUR},
            {"expires": NOON - HOUR, "expiry_removes": True},
        ],
        ids=["embargo without a moment", "embargo", "end of use"],
    )
    def test_what_forbids_acts_at_once_though_its_words_ask_for_a_person(
        self, wire, first, forbids
    ):
        both = [take(1), self.asks(2, **forbids)]
        wire.receives(both[first], both[1 - first])
        assert wire.shows() is None
        assert "withheld" in wire.story().holds.split()
        wire.receives(take(3))
        assert wire.shows()[0] == "Take 3"

    def test_embargo_that_is_over_is_none_for_an_item_that_asks(self, wire):
        wire.receives(take(1), self.asks(2, embargo=NOON - HOUR))
        assert wire.shows()[0] == "Take 1"

    def test_agencys_hold_is_not_lifted_by_an_item_that_asks(self, wire):
        wire.receives(take(1), hold(2), self.asks(3))
        assert wire.story().holds == "withheld"
        assert wire.shows() is None

    def test_same_words_again_are_a_repeat(self, wire):
        wire.receives(take(1), self.asks(2, "Take 1"))
        assert wire.rulings() == ["new"]
        assert wire.shows()[0] == "Take 1"

    def test_agencys_own_words_come_before_those_that_ask(self, wire):
        wire.receives(self.asks(2, "Asks"), take(1))
        assert wire.shows()[0] == "Take 1"
        assert (wire.story().holds, wire.story().mark) == ("", "")

    def test_no_correction_is_told_by_words_that_only_the_desk_saw(self, wire):
        wire.receives(take(1), self.asks(2, signal="correction"), take(3))
        assert wire.story().corrected is None
        wire.receives(take(4, "Corrected", signal="correction"))
        assert wire.story().corrected is not None

    def test_desks_wire_waits_for_both_reasons(self, desks):
        desks.receives(self.asks(1))
        assert desks.story().holds == "desk for_desk"
        desks.receives(take(2))
        assert desks.story().holds == "desk"

    @pytest.mark.parametrize("last", ["hold", "kill", "take"])
    def test_in_any_order_readers_see_the_same(self, wire, last):
        """The newest words for readers decide; those that ask never do."""
        third = {"hold": hold(3), "kill": kill(3), "take": take(4)}[last]
        items = [take(1), self.asks(2, "Asks"), third, self.asks(5, "Asks again")]
        ends = set()
        for number, order in enumerate(permutations(items)):
            guid = f"urn:example:{number}"
            wire.receives(*(replace(one, guid=guid) for one in order))
            story = wire.story(guid)
            killed = story.killed_at is not None
            ends.add((wire.shows(guid), killed or story.holds, killed))
        assert len(ends) == 1
        assert "Asks" not in str(ends)

    def test_kill_reaches_a_story_that_waits(self, wire):
        wire.receives(self.asks(1), kill(2))
        assert wire.story().killed_at is not None


class TestWhatIsNoStory:
    def test_advisory_never_becomes_a_story(self, wire):
        (outcome,) = wire.receives(take(1, kind="advisory"))
        assert (outcome.what, outcome.story_id) == ("advisory", None)
        assert not Story.objects.exists()

    def test_advisory_under_a_live_guid_names_its_story_and_changes_nothing(self, wire):
        _, outcome = wire.receives(take(1), take(2, kind="advisory"))
        assert (outcome.what, outcome.story_id) == ("advisory", wire.story().pk)
        assert outcome.version == 0
        assert wire.shows()[0] == "Take 1"
        assert wire.rulings() == changes() == ["new"]

    @pytest.mark.parametrize(
        ("caption", "headline"),
        [
            ("A plant burns. Photo of Monday.", "A plant burns."),
            ("संयंत्र बंद हुआ। सोमवार की तस्वीर।", "संयंत्र बंद हुआ।"),
            ("word " * 40, ("word " * 20).strip()),
        ],
        ids=["first sentence", "danda", "cut"],
    )
    def test_picture_alone_takes_its_headline_from_its_caption(self, wire, caption, headline):
        silent = Picture(href="https://x.example/a.jpg")
        spoken = Picture(href="https://x.example/b.jpg", caption=caption)
        wire.receives(take(1, "", text="", pictures=(silent, spoken)))
        assert wire.shows() == (headline, "")

    def test_picture_without_a_word_waits_for_a_person(self, wire):
        wire.receives(take(1, "", text="", pictures=(Picture(href="https://x.example/a.jpg"),)))
        assert wire.story().holds == "empty"
        assert wire.shows() is None

    def test_item_without_a_word_waits_for_a_person(self, wire):
        wire.receives(take(1, "", text=""))
        assert wire.story().holds == "empty"
        wire.receives(take(2))
        assert wire.shows()[0] == "Take 2"

    def test_update_without_a_word_leaves_what_is_shown_and_is_flagged(self, wire):
        wire.receives(take(1))
        before = wire.story()
        wire.receives(*[take(2, "", text="")] * 3)
        story = wire.story()
        assert wire.shows() == ("Take 1", "Text of Take 1.")
        assert (story.holds, story.shown, story.updated_at) == ("", 1, before.updated_at)
        assert list(Version.objects.values_list("flagged", flat=True)) == [False, True]
        assert changes() == ["new"]

    def test_embargo_without_a_word_holds_what_is_shown(self, wire):
        """L9: an embargo is of all versions, and nothing leaks."""
        wire.receives(take(1), take(2, "", text="", embargo=NOON + 9 * HOUR))
        assert wire.shows() is None
        wire.receives(take(3))
        assert wire.shows()[0] == "Take 3"

    def test_item_without_a_headline_takes_the_first_words_of_its_text(self, wire):
        text = "A coal plant in the hills has closed. " * 8
        wire.receives(take(1, "", text=text))
        headline = wire.shows()[0]
        assert text.startswith(headline)
        assert 50 < len(headline) <= 100


class TestSeen:
    def test_versions_under_a_late_embargo_are_not_counted_until_it_lifts(self, wire):
        late = {"embargo": NOON + 3 * HOUR}
        wire.receives(take(1), take(2, **late), take(3, **late))
        assert wire.story().seen == 1
        tick(NOON + 4 * HOUR)
        assert wire.story().seen == 2

    def test_version_that_loses_its_embargo_is_counted(self, wire):
        wire.receives(take(1), take(2, embargo=UNKNOWN), take(3, "Take 2"))
        assert wire.shows()[0] == "Take 2"
        assert wire.story().seen == 2

    def test_words_that_readers_saw_already_are_no_other_version(self, wire):
        wire.receives(take(1), take(2, embargo=UNKNOWN), take(3, "Take 1"))
        assert wire.story().seen == 1


class TestTimes:
    def test_future_date_is_clamped_to_receipt_and_flagged(self, wire):
        late = NOON + 9 * HOUR
        wire.receives(take(1, version_created=late, first_created=late), at=NOON)
        story = wire.story()
        assert (story.first_created, story.updated_at, story.listed_at) == (NOON, NOON, NOON)
        assert Version.objects.get().flagged

    def test_created_is_the_first_time_that_any_version_gives(self, wire):
        wire.receives(take(2, first_created=None), take(1, first_created=None))
        assert wire.story().first_created == NOON + MINUTE

    def test_end_that_cannot_be_read_only_flags(self, wire):
        wire.receives(take(1, expires=UNKNOWN))
        assert wire.shows()[0] == "Take 1"
        assert Version.objects.get().flagged

    def test_item_without_a_time_stands_at_its_receipt(self, wire):
        wire.receives(take(1, version_created=None, first_created=None), at=NOON)
        assert wire.story().updated_at == NOON


class TestOtherIds:
    def test_item_that_names_a_held_guid_is_of_that_story(self, wire):
        wire.receives(take(1), take(2, guid="urn:new", aliases=(ONE,)))
        assert wire.shows()[0] == "Take 2"
        assert Alias.objects.get().guid == "urn:new"

    def test_kill_by_an_alias_reaches_the_story(self, wire):
        wire.receives(take(1, aliases=("urn:alt",)), kill(2, guid="urn:alt"))
        assert wire.shows() is None
        assert Story.objects.count() == 1

    def test_alias_that_comes_first_makes_the_same_story(self, wire):
        wire.receives(take(2, guid="urn:new", aliases=(ONE,)), take(1))
        assert wire.shows("urn:new")[0] == "Take 2"
        assert Story.objects.count() == 1

    def test_alias_that_many_items_share_joins_none_of_them(self, wire):
        wire.receives(*(take(1, guid=f"urn:{n}", aliases=("https://x.example/",)) for n in "abc"))
        assert Story.objects.count() == 3

    def test_guid_of_another_agency_is_another_story(self, wire):
        other = Wire("pti")
        wire.receives(take(1))
        other.receives(kill(2))
        assert wire.shows()[0] == "Take 1"

    @pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
    def test_kill_of_another_document_by_reference(self, wire, known):
        from wireroom.formats.item import Act  # noqa: PLC0415 (its only use)

        acting = take(
            7, guid="urn:note", kind="other", acts_on=(Act(guid=ONE, pubstatus="canceled"),)
        )
        wire.receives(*([take(1)] if known else []), acting, take(2))
        assert wire.shows() is None
        assert Story.objects.count() == 1


class TestLists:
    def test_story_moves_between_lists_with_its_newest_words(self, wire):
        wire.receives(
            take(1, countries=Countries(primary="US", mentioned=("US",))),
            take(
                2,
                countries=Countries(primary="IN", mentioned=("IN", "NP")),
                subjects=(Subject(code="sector:transport"),),
            ),
        )
        keys = set(Listing.objects.filter(left=False).values_list("key", flat=True))
        assert {"agency:afn", "country:in", "country:np", "sector:transport"} <= keys
        assert "country:us" not in keys
        assert (wire.story().country, wire.story().sector) == ("IN", "transport")

    @pytest.mark.parametrize(
        "change",
        [
            {"alt": "A plant"},
            {"representative": True},
            {"rights": Rights(holder="ANI")},
            {"rights": Rights(notice="(c) ANI")},
            {"rights": Rights(terms="Not in print.")},
            {"rights": Rights(territory="India")},
        ],
        ids=repr,
    )
    def test_change_of_what_is_said_of_a_picture_is_an_update(self, wire, change):
        picture = Picture(href="https://x.example/a.jpg")
        wire.receives(take(1, pictures=(picture,)))
        wire.receives(take(2, "Take 1", pictures=(replace(picture, **change),)))
        assert changes() == ["new", "update"]
        kept = wire.story().pictures.get()
        assert kept.alt == change.get("alt", "")
        assert kept.representative == change.get("representative", False)

    def test_picture_that_a_version_drops_is_no_longer_used(self, wire):
        first, second = (Picture(href=f"https://x.example/{n}.jpg") for n in "ab")
        wire.receives(take(1, pictures=(first, second)), take(2, pictures=(second,)))
        used = dict(wire.story().pictures.values_list("href", "used"))
        assert used == {first.href: False, second.href: True}
