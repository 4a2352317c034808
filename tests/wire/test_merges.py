"""Two live stories that turn out to be one: all of both is one story's, at the older address."""

import json
from dataclasses import replace

import pytest

from harness.wires import HOUR, MINUTE, NOON, hold, kill, patch, take
from wireroom.formats.item import Picture
from wireroom.intake import fates, pipeline
from wireroom.intake.inbox import delivery_of, put_down
from wireroom.intake.where import find, tell
from wireroom.wire.models import Alias, Change, Listing, PictureState, Story, Version
from wireroom.wire.search import search

SHOTS = tuple(Picture(href=f"https://x.example/{name}.jpg") for name in "ab")


def doc(number, **words):
    """A document of a chain: urn:3 names urn:2 alone."""
    before = (f"urn:{number - 1}",) if number > 1 else ()
    return replace(take(number, **words), guid=f"urn:{number}", aliases=before, numbered=False)


@pytest.fixture
def two(wire):
    """A chain of which the middle has not come: two stories."""
    wire.receives(doc(1), at=NOON + HOUR)
    wire.receives(doc(3), at=NOON + 2 * HOUR)
    return wire


def merged(wire):
    wire.receives(doc(2), at=NOON + 3 * HOUR)
    return Story.objects.get(guid="urn:1"), Story.objects.get(guid="urn:3")


class TestWhatBecomesOfBoth:
    def test_older_address_stays_with_the_newest_words(self, two):
        stays, gone = merged(two)
        assert (stays.merged_into, gone.merged_into) == (None, stays)
        assert two.shows("urn:1") == ("Take 3", "Text of Take 3.")
        assert two.shows("urn:3") is None
        assert stays.published_at == NOON + HOUR

    def test_older_address_stays_whichever_words_came_first(self, wire):
        wire.receives(doc(3), at=NOON + HOUR)
        wire.receives(doc(1), at=NOON + 2 * HOUR)
        gone, stays = merged(wire)
        assert gone.merged_into == stays
        assert wire.shows("urn:3") == ("Take 3", "Text of Take 3.")

    def test_versions_and_ids_move(self, two):
        stays, gone = merged(two)
        rows = stays.versions.order_by("number").values_list("number", "headline")
        assert list(rows) == [(1, "Take 1"), (2, "Take 3"), (3, "Take 2")]
        assert not gone.versions.exists()
        assert {one.guid: one.story for one in Alias.objects.filter(own=True)} == {
            "urn:2": stays,
            "urn:3": stays,
        }

    def test_both_logs_say_so(self, two):
        stays, gone = merged(two)
        what = [(c.story_id, c.what) for c in Change.objects.order_by("id")]
        assert what[:2] == [(stays.pk, "new"), (gone.pk, "new")]
        assert sorted(what[2:]) == [
            (stays.pk, "merged"),
            (stays.pk, "update"),
            (gone.pk, "merged"),
        ]
        whys = Change.objects.filter(what="merged").values_list("story", "why")
        assert dict(whys) == {stays.pk: f"/s/{gone.pk}", gone.pk: f"/s/{stays.pk}"}

    def test_only_one_stands_in_lists_and_search(self, two):
        stays, gone = merged(two)
        assert {one.story_id for one in Listing.objects.filter(left=False)} == {stays.pk}
        assert [one.pk for one in search("text take", two.now)] == [stays.pk]
        assert not gone.due_at

    def test_our_copies_of_pictures_move(self, wire):
        wire.receives(doc(1, pictures=SHOTS[:1]), doc(3, pictures=SHOTS))
        for one in Story.objects.get(guid="urn:3").pictures.all():
            one.state, one.sha256 = PictureState.KEPT, one.href
            one.save()
        stays, _ = merged(wire)
        kept = {one.href: (one.used, one.state) for one in stays.pictures.all()}
        assert kept == {
            SHOTS[0].href: (True, PictureState.WAITING),
            SHOTS[1].href: (True, PictureState.KEPT),
        }

    def test_later_items_of_either_are_of_the_one_that_stays(self, two):
        stays, _ = merged(two)
        two.receives(replace(doc(40, headline="Newer"), guid="urn:3", aliases=()))
        two.receives(replace(doc(9), aliases=("urn:3",)))
        assert two.shows("urn:1")[0] == "Newer"
        assert stays.versions.count() == 5

    def test_everything_again_changes_nothing(self, two):
        merged(two)
        before = Version.objects.count(), Change.objects.count()
        two.receives(doc(3), doc(2), doc(1))
        assert (Version.objects.count(), Change.objects.count()) == before
        assert two.shows("urn:1")[0] == "Take 3"

    def test_one_that_goes_may_be_one_that_others_went_into(self, wire):
        wire.receives(doc(1))
        wire.receives(doc(3), doc(5), doc(4), at=NOON + 2 * HOUR)
        stays, _ = merged(wire)
        gone = Story.objects.exclude(merged_into=None)
        assert [one.merged_into for one in gone] == [stays] * 2
        assert wire.shows("urn:1")[0] == "Take 5"

    def test_correction_of_either_is_told_of_both(self, wire):
        wire.receives(doc(1), doc(3, signal="correction"))
        stays, _ = merged(wire)
        assert stays.corrected == NOON + 3 * MINUTE

    def test_patch_of_either_stays_laid_over(self, two):
        part = replace(patch(4, headline="Patched"), guid="urn:3", numbered=False)
        two.receives(part)
        merged(two)
        assert two.shows("urn:1") == ("Patched", "Text of Take 3.")


class TestWhatHolds:
    @pytest.mark.parametrize("held", ["urn:1", "urn:3"])
    def test_what_the_desk_holds_of_either_it_holds_of_both(self, two, held):
        Story.objects.filter(guid=held).update(holds="desk")
        stays, _ = merged(two)
        assert stays.holds == "desk"

    def test_agencys_newest_word_decides(self, two):
        two.receives(replace(hold(5), guid="urn:3", numbered=False))
        stays, _ = merged(two)
        assert stays.holds == "withheld"
        two.receives(replace(doc(6), aliases=("urn:3",)))
        assert two.shows("urn:1")[0] == "Take 6"

    @pytest.mark.parametrize("named", ["urn:1", "urn:2", "urn:3"])
    def test_kill_of_any_id_kills_both(self, two, named):
        stays, gone = merged(two)
        two.receives(replace(kill(9), guid=named))
        assert Story.objects.filter(killed_at=two.now).count() == 2
        kills = Change.objects.filter(what="kill").values_list("story", flat=True)
        assert sorted(kills) == [stays.pk, gone.pk]

    @pytest.mark.parametrize("named", ["urn:1", "urn:3"])
    def test_killed_side_kills_the_whole_chain_and_nothing_is_merged(self, two, named):
        two.receives(replace(kill(9), guid=named))
        stays, gone = merged(two)
        assert stays.killed_at
        assert gone.killed_at
        assert gone.merged_into is None


def ninjs(number, minute):
    made = {
        "uri": f"urn:{number}",
        "type": "text",
        "altids": {"before": f"urn:{number - 1}"},
        "versioncreated": (NOON + minute * MINUTE).isoformat(),
        "headline": f"Take {number}",
        "body_text": f"Text of take {number}.",
    }
    return json.dumps(made).encode()


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ((1, 3, 2), ["superseded", "current", "history"]),
        ((3, 1, 2), ["current", "superseded", "history"]),
    ],
    ids=str,
)
def test_items_of_both_are_found_with_their_fates(wire, order, told):
    for number in order:
        put_down([delivery_of(ninjs(number, number), provider=wire.provider, now=NOON)])
        pipeline.run(now=wire.now)
    assert sum(fates.count(wire.now).values()) == fates.received() == 3
    gone = Story.objects.exclude(merged_into=None).get()
    for what in ("urn:1", "urn:2", "urn:3", str(gone.pk), f"/s/{gone.pk}/{gone.slug}"):
        (story,) = find(what)
        said = tell(story, now=wire.now)
        assert said["merged"] == [f"/s/{gone.pk}"]
        assert [one["fate"] for one in said["deliveries"]] == told
