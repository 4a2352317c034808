"""Every received item has exactly one fate, the fates add up, and ``where`` finds each."""

import json

import pytest

from harness.wires import HOUR, MINUTE, NOON
from wireroom.intake import fates, pipeline
from wireroom.intake.inbox import delivery_of, put_down
from wireroom.intake.models import Receipt
from wireroom.intake.where import find, strays, tell, tell_strays
from wireroom.wire.models import Provider, Story

NOW = NOON + HOUR
LIFT = NOON + 3 * HOUR


def ninjs(guid, version=1, **words):
    made = {
        "uri": guid,
        "type": "text",
        "version": str(version),
        "versioncreated": (NOON + version * MINUTE).isoformat(),
        "headline": f"{guid} {version}",
        "body_text": f"Text of {guid} {version}.",
    }
    return json.dumps(made | words).encode()


@pytest.fixture
def provider(db):
    return Provider.objects.create(slug="afn", name="AFN", tag="AFN")


def deliver(provider, *documents, now=NOW):
    put_down(delivery_of(raw, provider=provider, now=now) for raw in documents)


def run_all():
    while pipeline.run(now=NOW):
        pass


@pytest.fixture
def full(provider):
    """One item of every fate."""
    deliver(
        provider,
        ninjs("urn:current"),
        ninjs("urn:superseded", 1),
        ninjs("urn:superseded", 2),
        ninjs("urn:history", 3),
        ninjs("urn:history", 2),
        ninjs("urn:repeat"),
        ninjs("urn:repeat"),
        ninjs("urn:held", pubstatus="withheld"),
        ninjs("urn:embargoed", embargoed=LIFT.isoformat()),
        ninjs("urn:killed", pubstatus="canceled"),
        ninjs("urn:expired", expires=(NOON + 2 * MINUTE).isoformat()),
        b"unreadable",
    )
    run_all()
    deliver(provider, ninjs("urn:waiting"))
    return provider


def test_fates_add_up(full):
    counted = fates.count(NOW)
    assert sum(counted.values()) == fates.received() == 13
    assert counted["superseded"] == counted["held"] == counted["embargoed"] == 1
    assert counted["killed"] == counted["waiting"] == counted["quarantined"] == 1
    assert counted["history"] == counted["repeat"] == 1
    assert set(counted) <= {
        "current",
        "superseded",
        "history",
        "repeat",
        "held",
        "embargoed",
        "killed",
        "expired",
        "advisory",
        "quarantined",
        "waiting",
    }


def test_receipt_that_is_lost_does_not_add_up(full):
    Receipt.objects.filter(guid="urn:current").delete()
    assert sum(fates.count(NOW).values()) != fates.received()


def test_fates_move_with_the_clock(full):
    assert fates.count(LIFT)["embargoed"] == 0
    assert sum(fates.count(LIFT).values()) == fates.received()


@pytest.mark.parametrize(
    ("guid", "told"),
    [
        ("urn:current", ["current"]),
        ("urn:superseded", ["superseded", "current"]),
        ("urn:history", ["current", "history"]),
        ("urn:repeat", ["current", "repeat"]),
        ("urn:held", ["held"]),
        ("urn:embargoed", ["embargoed"]),
        ("urn:killed", ["killed"]),
        ("urn:expired", ["expired"]),
    ],
)
def test_where_tells_each_items_fate(full, guid, told):
    (story,) = find(guid)
    said = tell(story, now=NOW)
    assert [delivery["fate"] for delivery in said["deliveries"]] == told


def test_kill_is_the_fate_of_all_that_its_story_was(provider):
    deliver(provider, ninjs("urn:a", 1), ninjs("urn:a", 2), ninjs("urn:a", 3, pubstatus="canceled"))
    run_all()
    (story,) = find("urn:a")
    assert {d["fate"] for d in tell(story, now=NOW)["deliveries"]} <= {"killed", "history"}
    assert tell(story, now=NOW)["standing"] == "killed"


@pytest.mark.usefixtures("full")
class TestWhere:
    def test_finds_by_id_path_and_address(self, settings):
        settings.SITE = "https://news.example"
        story = Story.objects.get(guid="urn:current")
        for what in (
            str(story.pk),
            f"/s/{story.pk}/{story.slug}",
            f"/s/{story.pk}",
            f"https://news.example/s/{story.pk}/an-old-slug",
            f"s/{story.pk}/v/1",
        ):
            assert find(what) == [story]

    @pytest.mark.parametrize("what", ["", "urn:none", "0", "9" * 18, "9" * 40, "/s/x", "\u0663"])
    def test_finds_nothing_of_what_is_unknown(self, what):
        assert find(what) == []
        assert what == "" or strays(what) == []

    def test_never_public_story_has_no_address(self):
        (story,) = find("urn:embargoed")
        said = tell(story, now=NOW)
        assert (said["address"], said["standing"]) == (None, "held")
        assert said["held_because"] == ["embargo"]

    def test_item_that_never_became_a_story_is_told_by_its_receipts(self, full):
        too_long = "urn:" + "x" * 2_500
        deliver(full, ninjs(too_long))
        run_all()
        (receipt,) = strays(too_long)
        said = tell_strays([receipt], now=NOW)
        assert said["standing"] == "quarantined"
        assert said["deliveries"][0]["fate"] == "quarantined"
        assert "longer" in said["deliveries"][0]["reason"]
