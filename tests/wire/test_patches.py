"""Patches: items that change a part of a story, over the newest whole version of it."""

import json
from dataclasses import replace
from itertools import permutations

import pytest

from harness.wires import HOUR, MINUTE, NOON, ONE, Wire, hold, kill, patch, take
from wireroom.formats.item import Countries, Made, Picture
from wireroom.intake import pipeline
from wireroom.intake.fates import count, received
from wireroom.intake.inbox import delivery_of, put_down
from wireroom.intake.where import find, tell
from wireroom.wire import patches
from wireroom.wire.models import Change, Version
from wireroom.wire.search import search

LIFT = NOON + 3 * HOUR
MOMENTS = [NOON + HOUR, LIFT, LIFT + HOUR, LIFT + 2 * HOUR]
SHOT = Picture(href="https://x.example/a.jpg")


def management(version, **words):
    """A patch of what NewsManagement says, whole as NewsML 1 sends it."""
    return patch(version, "pubstatus", "embargo", "expires", kind="management", **words)


#: Items, and what readers see of them at each of the moments.
HISTORIES = {
    "headline over a whole": ([take(1), patch(2, headline="New")], ["New|Text of Take 1."] * 4),
    "two parts": (
        [take(1), patch(2, headline="New"), patch(3, text="Other.", body="<p>Other.</p>")],
        ["New|Other."] * 4,
    ),
    "the later of two of one part": (
        [take(1), patch(2, headline="New"), patch(3, headline="Newer")],
        ["Newer|Text of Take 1."] * 4,
    ),
    "whole between": (
        [take(1), patch(3, headline="New"), take(2)],
        ["New|Text of Take 2."] * 4,
    ),
    "whole above": ([take(1), patch(2, headline="New"), take(3)], ["Take 3|Text of Take 3."] * 4),
    "whole above and a patch on it": (
        [take(1), patch(2, headline="New"), take(3), patch(4, byline="By Nobody")],
        ["Take 3|Text of Take 3."] * 4,
    ),
    "patch under the number of its whole": (
        [take(2), management(2, embargo=LIFT)],
        [None] + ["Take 2|Text of Take 2."] * 3,
    ),
    "hold and release by management": (
        [take(1), management(2, pubstatus="withheld"), management(3)],
        ["Take 1|Text of Take 1."] * 4,
    ),
    "hold by management": ([take(1), management(2, pubstatus="withheld")], [None] * 4),
    "hold by a whole and a headline that releases nothing": (
        [take(1), hold(2), patch(3, headline="New")],
        [None] * 4,
    ),
    "hold by a whole and release by a patch": (
        [take(1), hold(2), patch(3, "pubstatus", headline="New")],
        ["New|Text of Take 1."] * 4,
    ),
    "hold with a headline of its own": (
        [take(1), hold(2, headline="Held"), management(3)],
        ["Take 1|Text of Take 1."] * 4,
    ),
    "embargo by a patch, and another that says nothing of it": (
        [take(1), management(2, embargo=LIFT), patch(3, headline="New")],
        [None] + ["New|Text of Take 1."] * 3,
    ),
    "embargo that a hold leaves": (
        [take(1, embargo=LIFT), hold(2), patch(3, "pubstatus")],
        [None] + ["Take 1|Text of Take 1."] * 3,
    ),
    "embargo lifted by a patch": (
        [take(1, embargo=LIFT + HOUR), management(2)],
        ["Take 1|Text of Take 1."] * 4,
    ),
    "end by a patch": (
        [take(1), management(2, expires=LIFT, expiry_removes=True)],
        ["Take 1|Text of Take 1.", None, None, None],
    ),
    "words of a patch without a whole": ([patch(2, headline="New", text="Words.")], [None] * 4),
    "hold of what has not come, and what it releases": (
        [management(2, pubstatus="withheld"), take(1), take(3)],
        ["Take 3|Text of Take 3."] * 4,
    ),
    "kill by a patch": ([take(1), management(2, pubstatus="canceled"), take(3)], [None] * 4),
    "kill beside a patch": ([take(1), patch(2, headline="New"), kill(1)], [None] * 4),
    "repeat that moves the order over a patch": (
        [take(1), take(4, "Take 1"), patch(2, headline="New")],
        ["Take 1|Text of Take 1."] * 4,
    ),
    "repeat that moves the order beneath a patch": (
        [take(1, "A"), take(4, "A"), take(3, "B"), patch(5, byline="By Nobody")],
        ["A|Text of A."] * 4,
    ),
    "asks for a person": (
        [take(1), take(2, for_desk="no id"), patch(3, headline="New")],
        ["Take 1|Text of Take 1."] * 4,
    ),
    "whole without words": (
        [take(1), take(2, "", text=""), patch(3, headline="New")],
        ["New|Text of Take 1."] * 4,
    ),
    "advisory beside": (
        [take(1), patch(2, headline="New"), take(3, kind="advisory")],
        ["New|Text of Take 1."] * 4,
    ),
    "by time alone": (
        [
            replace(one, version=int(one.version_created.timestamp()), numbered=False)
            for one in (take(1), patch(3, headline="New"), take(2))
        ],
        ["New|Text of Take 2."] * 4,
    ),
}


def seen(wire, guid=ONE):
    """Say what readers see at each moment."""
    return [show and "|".join(show) for show in (wire.shows(guid, at=at) for at in MOMENTS)]


def written():
    return Version.objects.count(), Change.objects.count()


@pytest.mark.parametrize(("history", "ends"), HISTORIES.values(), ids=HISTORIES)
def test_every_order_of_arrival_ends_as_it_must(db, history, ends):
    """L1, with patches."""
    for number, items in enumerate(permutations(history)):
        wire = Wire(f"agency-{number}")
        wire.receives(*items)
        assert seen(wire) == ends, [(item.version, item.patch) for item in items]


@pytest.mark.parametrize(("history", "ends"), HISTORIES.values(), ids=HISTORIES)
def test_one_document_ends_alike(db, history, ends):
    for number, items in enumerate(permutations(history)):
        wire = Wire(f"agency-{number}")
        wire.receives_together(*items)
        assert seen(wire) == ends, [(item.version, item.patch) for item in items]


@pytest.mark.parametrize(("history", "ends"), HISTORIES.values(), ids=HISTORIES)
def test_everything_again_changes_nothing(wire, history, ends):
    """R03, R15."""
    wire.receives(*reversed(history))
    before = written()
    wire.receives(*history, *reversed(history), *history)
    assert (seen(wire), written()) == (ends, before)


@pytest.mark.parametrize(
    ("name", "history", "plant"),
    [
        ("_in_place", "whole between", lambda kept: [(one, one.item) for one in kept]),
        (
            "_beneath",
            "hold by a whole and a headline that releases nothing",
            lambda before, item: item if item.headline else before,
        ),
    ],
    ids=["laid over what came last", "a hold beneath it forgotten"],
)
def test_planted_fault_is_found(db, monkeypatch, name, history, plant):
    monkeypatch.setattr(patches, name, plant)
    items, ends = HISTORIES[history]
    found = []
    for number, each in enumerate(permutations(items)):
        wire = Wire(f"agency-{number}")
        wire.receives(*each)
        found.append(seen(wire))
    assert any(one != ends for one in found)


class TestWhatItChanges:
    def test_it_changes_what_it_carries_and_nothing_else(self, wire):
        whole = take(1, standfirst="Short.", byline="By Somebody", pictures=(SHOT,), urgency=3)
        wire.receives(whole, patch(2, headline="New"))
        row = Version.objects.get(number=wire.story().shown)
        assert (row.headline, row.standfirst, row.byline) == ("New", "Short.", "By Somebody")
        assert (row.body, row.urgency, row.patch) == (whole.body, 3, "content")
        assert wire.story().pictures.get().used
        assert [one.guid for one in search("new take", wire.now)] == [ONE]

    def test_what_the_house_made_of_a_text_goes_with_it(self, wire):
        made = (Made(field="standfirst", because="its best sentence"),)
        wire.receives(
            take(1, standfirst="Wrong.", made=made), patch(2, text="Right.", body="Right.")
        )
        assert Version.objects.get(number=2).standfirst == ""

    def test_headline_of_a_text_follows_the_text(self, wire):
        wire.receives(take(1, "", text="Wrong."), patch(2, text="Right.", body="<p>Right.</p>"))
        assert wire.shows() == ("Right.", "Right.")

    def test_countries_that_the_house_found_stay(self, wire):
        made = (Made(field="countries", because="its words"),)
        here = Countries(primary="IN", mentioned=("IN",))
        wire.receives(take(1, countries=here, made=made), patch(2, headline="New"))
        assert wire.story().country == "IN"

    def test_readers_are_told_of_an_update_at_the_same_address(self, wire):
        wire.receives(take(1))
        before = wire.story()
        wire.receives(patch(2, headline="New"))
        story = wire.story()
        assert (story.pk, story.mark, story.seen) == (before.pk, "update", 2)
        assert list(Change.objects.order_by("id").values_list("what", flat=True)) == [
            "new",
            "update",
        ]

    @pytest.mark.parametrize("first", [0, 1, 2], ids=str)
    def test_correction_by_a_patch_is_told_for_good_in_any_order(self, wire, first):
        items = [take(1), patch(2, headline="Right", signal="correction"), take(3, "Right, too")]
        wire.receives(*items[first:], *items[:first])
        assert wire.story().corrected == NOON + 2 * MINUTE

    def test_change_of_words_that_nobody_could_read_is_for_a_person(self, wire):
        wire.receives(take(1), patch(2, "pubstatus", "embargo"))
        assert Version.objects.get(number=2).flagged
        assert wire.shows() == ("Take 1", "Text of Take 1.")

    def test_story_that_the_desk_holds_stays_held(self, desks):
        desks.receives(take(1), patch(2, headline="New"), management(3))
        assert desks.story().holds == "desk"


class TestWaiting:
    def test_patch_before_its_whole_is_not_public_and_waits(self, wire):
        (outcome,) = wire.receives(patch(2, headline="New", text="Words."))
        assert wire.shows() is None
        assert wire.story().holds == "empty"
        assert (outcome.what, outcome.version) == ("new", 1)

    def test_late_patch_is_history(self, wire):
        _, outcome = wire.receives(take(3), patch(2, headline="Old"))
        assert outcome.what == "history"
        assert wire.shows()[0] == "Take 3"

    def test_story_that_waited_is_new_to_readers_when_its_whole_comes(self, wire):
        wire.receives(patch(2, headline="New"))
        wire.receives(take(1), at=NOON + 2 * HOUR)
        story = wire.story()
        assert wire.shows()[0] == "New"
        assert (story.mark, story.seen, story.published_at) == ("", 1, NOON + 2 * HOUR)


def ninjs(version, **words):
    made = {
        "uri": "urn:one",
        "type": "text",
        "version": str(version),
        "versioncreated": (NOON + version * MINUTE).isoformat(),
    }
    return json.dumps(made | words).encode()


def test_patch_is_found_with_its_fate(wire):
    documents = [
        ninjs(2, representationtype="incomplete", headline="New"),
        ninjs(1, headline="Old", body_text="Text of it."),
        ninjs(3, representationtype="incomplete", headline="Newer"),
    ]
    for number, fates in enumerate(
        [["held"], ["superseded"] * 2, ["superseded"] * 2 + ["current"]]
    ):
        put_down([delivery_of(documents[number], provider=wire.provider, now=NOON)])
        pipeline.run(now=wire.now)
        (story,) = find("urn:one")
        told = tell(story, now=wire.now)
        assert [one["fate"] for one in told["deliveries"]] == fates
    assert sum(count(wire.now).values()) == received() == 3
    assert wire.shows("urn:one") == ("Newer", "Text of it.")
