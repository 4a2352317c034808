"""Histories drawn at random against a model that knows the set of items and no order of arrival.

The short form; the seed stands in the output of a failure.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from harness.wires import HOUR, MINUTE, NOON, Wire, patch, take
from wireroom.formats.item import UNKNOWN
from wireroom.wire import liveness
from wireroom.wire import take as taking
from wireroom.wire.clock import tick
from wireroom.wire.lifecycle import Ruling, What
from wireroom.wire.models import Change, Version

GUIDS = ("urn:one", "urn:two")
LIFT = NOON + 3 * HOUR
agencies = count()

items = st.builds(
    lambda version, minute, text, **words: take(
        version, text, text=text, version_created=NOON + minute * MINUTE, **words
    ),
    version=st.integers(1, 2),
    minute=st.integers(0, 1),
    text=st.sampled_from(["A", "B", "C", ""]),
    guid=st.sampled_from(GUIDS),
    sent=st.sampled_from([None, None, NOON]),
    pubstatus=st.sampled_from(["usable"] * 8 + ["withheld"] * 3 + ["canceled"]),
    kind=st.sampled_from(["story"] * 5 + ["advisory"]),
    signal=st.sampled_from(["", "correction", "refile"]),
    embargo=st.sampled_from([None, None, None, LIFT, LIFT + HOUR, UNKNOWN]),
    expires=st.sampled_from([None, None, None, LIFT, LIFT + 2 * HOUR, UNKNOWN]),
)

parts = st.builds(
    lambda version, minute, **words: patch(
        version, version_created=NOON + minute * MINUTE, **words
    ),
    version=st.integers(1, 2),
    minute=st.integers(0, 1),
    guid=st.sampled_from(GUIDS),
    sent=st.sampled_from([None, None, NOON]),
) | st.builds(
    lambda version, minute, carried, **words: patch(
        version, version_created=NOON + minute * MINUTE, **words, **carried
    ),
    version=st.integers(1, 2),
    minute=st.integers(0, 1),
    guid=st.sampled_from(GUIDS),
    sent=st.sampled_from([None, None, NOON]),
    signal=st.sampled_from(["", "correction"]),
    carried=st.fixed_dictionaries(
        {},
        optional={
            "headline": st.sampled_from(["D", "E"]),
            "pubstatus": st.sampled_from(["usable", "usable", "withheld", "canceled"]),
            "embargo": st.sampled_from([None, LIFT, LIFT + HOUR, UNKNOWN]),
            "expires": st.sampled_from([None, LIFT]),
        },
    ),
)


@dataclass
class Model:
    """What readers should see, told from all items that ever came, whenever they came."""

    came: list = field(default_factory=list)
    documents: int = 0

    def receive(self, document):
        self.documents += 1
        for place, item in enumerate(document):
            self.came.append(((self.documents, -place), item))

    def shows(self, guid, now):
        mine = [(when, item) for when, item in self.came if item.guid == guid]
        if any(item.pubstatus == "canceled" for _, item in mine):
            return None
        mine = [one for one in self.made_whole(mine) if self.says(one[1])]
        if not mine:
            return None
        highest = max(self.place(item)[:3] for _, item in mine)
        top = [one for one in mine if self.place(one[1])[:3] == highest]
        if any(self.holds(item) for _, item in top):
            return None
        _, item = max(top, key=lambda one: (bool(one[1].patch), one[0]))
        out = item.embargo is None or (item.embargo != UNKNOWN and item.embargo <= now)
        over = item.expires not in {None, UNKNOWN} and item.expires <= now
        return item.headline if item.headline and out and not over else None

    def made_whole(self, mine):
        """Lay each patch over the newest words beneath it, in the agency's order."""
        beneath, made = None, []
        for when, item in sorted(mine, key=lambda one: (*self.place(one[1]), one[0])):
            if item.patch and beneath:
                beneath = replace(beneath, **{name: getattr(item, name) for name in item.carries})
                made.append((when, replace(beneath, **ordered(item))))
            elif item.patch:
                made.append((when, replace(item, headline="")))
            else:
                made.append((when, item))
                if item.kind == "story" and item.headline and item.pubstatus == "usable":
                    beneath = item
                elif beneath and self.holds(item):
                    embargo = item.embargo or beneath.embargo
                    beneath = replace(beneath, pubstatus="withheld", embargo=embargo)
        return made

    def says(self, item):
        """Words, or a hold; an item without either changes nothing."""
        return self.holds(item) or (item.kind == "story" and bool(item.headline))

    @staticmethod
    def holds(item):
        """The agency holds a story by its word, or by an embargo without words."""
        silent = item.kind == "story" and not item.headline and item.embargo is not None
        return item.pubstatus == "withheld" or (item.pubstatus == "usable" and silent)

    @staticmethod
    def place(item):
        sent = item.sent or NOON - timedelta(days=1)
        return (item.version, item.version_created, sent, bool(item.patch))


def ordered(item):
    """Say where an item stands, as another has it."""
    names = ("version", "version_created", "sent", "patch")
    return {name: getattr(item, name) for name in names}


class Histories(RuleBasedStateMachine):
    """Items one by one and in documents, again, and the clock between them."""

    @initialize()
    def begin(self):
        self.wire = Wire(f"drawn-{next(agencies)}")
        self.model = Model()
        self.now = NOON + HOUR
        self.dead, self.out = set(), {}

    @rule(document=st.lists(items, min_size=1, max_size=3))
    def receive(self, document):
        self.now += timedelta(seconds=1)
        self.wire.receives_together(*document, at=self.now)
        self.model.receive(document)

    @rule(data=st.data())
    def receive_again(self, data):
        if self.model.came:
            self.receive([data.draw(st.sampled_from(self.model.came))[1]])

    @rule(hours=st.sampled_from([0, 1, 2]), ticks=st.booleans())
    def let_time_pass(self, hours, ticks):
        self.now += hours * HOUR
        if ticks:
            tick(self.now)

    @invariant()
    def readers_see_what_the_model_says(self):
        for guid in GUIDS:
            for moment in (self.now, LIFT, LIFT + HOUR, LIFT + 3 * HOUR):
                seen = self.wire.shows(guid, at=moment)
                assert (seen[0] if seen else None) == self.model.shows(guid, moment)

    @invariant()
    def what_is_written_stands(self):
        for story in self.wire.provider.stories.all():
            numbers = list(story.versions.order_by("number").values_list("number", flat=True))
            assert numbers == list(range(1, story.last_number + 1))
            assert story.shown <= story.last_number
            assert liveness.is_live(story, self.now) == bool(self.wire.shows(story.guid, self.now))
            assert story.pk not in self.dead or story.killed_at
            assert self.out.get(story.pk) in {None, story.published_at}
            if story.killed_at:
                self.dead.add(story.pk)
            if story.published_at:
                self.out[story.pk] = story.published_at
            written = Change.objects.filter(story=story, what="kill").count()
            assert written == (story.killed_at is not None)
            shown = Version.objects.filter(story=story, number=story.shown).first()
            assert shown is None or shown.headline == story.headline


class WithPatches(Histories):
    """The same, and parts of items between them."""

    @rule(document=st.lists(items | parts, min_size=1, max_size=3))
    def receive_parts(self, document):
        self.receive(document)


def machine(number, machine=Histories, **limits):
    seed(number)(machine)
    print(f"seed {number}")
    chosen = {"max_examples": 40, "stateful_step_count": 12, "database": None}
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run(
        machine,
        settings=settings(deadline=None, suppress_health_check=checks, **(chosen | limits)),
    )


def test_any_history_ends_as_the_set_of_its_items_says(db):
    machine(random.randrange(2**32))


def test_any_history_with_patches_ends_as_the_set_of_its_items_says(db):
    machine(random.randrange(2**32), WithPatches, max_examples=25)


def kill_needs_an_order(held, item):
    late = held and item.pubstatus == "canceled" and item.order.compare(held.order) < 0
    return Ruling(What.HISTORY) if late else rule_(held, item)


def late_version_is_shown(held, item):
    ruling = rule_(held, item)
    late = held and not held.withheld and not held.killed and ruling.what == What.HISTORY
    return Ruling(What.UPDATE) if late and item.pubstatus == "usable" else ruling


rule_ = taking.rule


@pytest.mark.parametrize("plant", [kill_needs_an_order, late_version_is_shown])
def test_planted_fault_is_found(db, monkeypatch, plant):
    monkeypatch.setattr(taking, "rule", plant)
    with pytest.raises(AssertionError):
        machine(7, max_examples=200, phases=[Phase.generate], report_multiple_bugs=False)
