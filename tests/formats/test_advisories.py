"""What is addressed to newsrooms never becomes a story, and no story is taken for it.

The samples say of themselves what must become of them; see the head of their files.
"""

from datetime import UTC, datetime
from time import perf_counter

import pytest

from formats.wire_samples import Sample, samples
from wireroom.formats.document import Arrival
from wireroom.formats.item import CANCELED, UNKNOWN, WITHHELD, Item
from wireroom.formats.newsroom.advisories import judged
from wireroom.formats.read import parse
from wireroom.wire.lifecycle import Order, What, incoming, rule

NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)
FOR_EDITORS = tuple(samples("for-editors.txt"))
ORDINARY = tuple(samples("ordinary.txt"))
FATES = {What.KILL: "kill", What.HOLD: "held", What.ADVISORY: "advisory"}


def read(sample: Sample) -> Item:
    arrival = Arrival(received=NOON, provider=sample.provider)
    (item,) = parse(sample.document(), sample.format, arrival).items
    return item


def fate(item: Item) -> str:
    """Say what the ruling on an item of an unknown story is, and what holds it then."""
    order = Order(version=item.version, numbered=item.numbered, version_created=NOON)
    what = rule(None, incoming(item, order=order, digest="", received=NOON)).what
    if what == What.NEW:
        return "held" if item.for_desk or item.embargo == UNKNOWN else "published"
    return FATES[what]


def item(**said: object) -> Item:
    return Item(guid="ferry-17", version=1, **{"headline": "Island ferry back in service", **said})


class TestSamples:
    def test_there_are_five_hundred(self):
        assert len(FOR_EDITORS) >= 250
        assert len(ORDINARY) >= 250
        assert {one.fate for one in ORDINARY} == {"published"}
        assert {one.fate for one in FOR_EDITORS} == {"advisory", "held", "kill"}
        assert {one.format for one in FOR_EDITORS} == {"rss", "atom", "jsonfeed", "ninjs"}

    @pytest.mark.parametrize("sample", FOR_EDITORS, ids=lambda one: one.place)
    def test_what_is_for_editors_is_never_published(self, sample):
        assert fate(read(sample)) == sample.fate

    @pytest.mark.parametrize("sample", ORDINARY, ids=lambda one: one.place)
    def test_an_ordinary_story_is_published(self, sample):
        assert fate(read(sample)) == sample.fate

    def test_what_is_held_says_why_and_kills_nothing(self):
        for one in FOR_EDITORS:
            if one.fate == "held":
                found = read(one)
                assert found.for_desk or found.embargo or found.pubstatus == WITHHELD, one
                assert found.pubstatus != CANCELED, one
                assert not found.acts_on, one

    def test_what_is_no_story_says_so_to_the_desk(self):
        for one in FOR_EDITORS:
            found = read(one)
            if one.fate == "advisory" and found.kind in {"planning", "test"}:
                assert found.kind != "story"
                assert not found.for_desk, one


class TestJudging:
    def test_a_field_that_kills_is_not_judged_by_its_words(self):
        killed = item(pubstatus=CANCELED, headline="TEST - please ignore")
        assert judged(killed) is killed

    def test_an_item_without_a_word_of_the_trade_is_given_back_as_it_is(self):
        story = item()
        assert judged(story) is story

    def test_a_reason_of_the_reader_stays(self):
        found = judged(item(for_desk="it has no safe id", headline="KILL: Island ferry"))
        assert found.for_desk == "it has no safe id"

    def test_an_advisory_that_forbids_use_asks_for_a_person_too(self):
        found = judged(item(kind="advisory", headline="Kill advisory: Island ferry"))
        assert (found.kind, bool(found.for_desk)) == ("advisory", True)

    def test_a_picture_stays_a_picture(self):
        assert judged(item(kind="picture", headline="Photo advisory: ferry")).kind == "picture"

    def test_the_stricter_of_headline_and_note_counts(self):
        found = judged(item(headline="ADVISORY: Island ferry", ednote="Kill. Wrong boat."))
        assert found.for_desk

    def test_a_note_of_an_embargo_that_a_field_dates_says_nothing_new(self):
        note = "EMBARGOED until 1200 GMT"
        assert judged(item(ednote=note)).for_desk
        assert not judged(item(ednote=note, embargo=NOON)).for_desk
        assert judged(item(ednote=note, embargo=UNKNOWN)).for_desk

    @pytest.mark.parametrize(
        "words",
        [
            "kill " * 40_000,
            "TEST xxx " * 20_000,
            "advisory " + " " * 200_000,
            "please correct " * 10_000,
            "editors/" + "a " * 100_000,
            "ziehen sie zurü" * 10_000,
            "photo media press news " * 10_000 + "advisory",
        ],
        ids=lambda one: one[:12],
    )
    def test_words_made_to_be_slow_are_judged_at_once(self, words):
        began = perf_counter()
        judged(item(headline=words, text=words, ednote=words, slugline=words, keywords=(words,)))
        assert perf_counter() - began < 0.2
