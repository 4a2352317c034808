"""Chains of documents: each has an id of its own and names the one before, and no other."""

from dataclasses import replace
from itertools import permutations

import pytest

from harness.wires import MINUTE, NOON, Wire, hold, kill, take
from wireroom.formats.item import CANCELED, Act
from wireroom.wire.models import Alias, Kinship, Story, Version
from wireroom.wire.take import Take

LINK = "https://x.example/"


def doc(number, **words):
    """A document of a chain: urn:3 names urn:2 alone."""
    before = (f"urn:{number - 1}",) if number > 1 else ()
    return replace(take(number), guid=f"urn:{number}", aliases=before, numbered=False, **words)


def late(made, number):
    """The same word of the agency, about a document of the chain."""
    return replace(made, guid=f"urn:{number}", numbered=False)


def seen(wire):
    """Say what readers see of all the agency has sent."""
    return sorted(
        wire.shows(story.guid)[0]
        for story in Story.objects.live(wire.now).filter(provider=wire.provider)
    )


def unbroken(numbers):
    """Say whether each document that comes touches those that came before."""
    came = set()
    for number in numbers:
        if came and not came & {number - 1, number + 1}:
            return False
        came.add(number)
    return True


ALL = [*permutations((1, 2, 3, 4))]
BROKEN = [numbers for numbers in permutations((1, 2, 3)) if not unbroken(numbers)]


@pytest.mark.parametrize("numbers", ALL, ids=str)
def test_chain_is_one_story_in_any_order(wire, numbers):
    wire.receives(*map(doc, numbers))
    assert seen(wire) == ["Take 4"]
    assert Story.objects.filter(merged_into=None).count() == 1
    assert unbroken(numbers) == (not Story.objects.exclude(merged_into=None).exists())


@pytest.mark.parametrize("numbers", ALL, ids=str)
def test_chain_in_one_document_is_one_story(wire, numbers):
    wire.receives_together(*map(doc, numbers))
    assert Story.objects.count() == 1
    assert seen(wire) == ["Take 4"]
    numbers = list(Version.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [1, 2, 3, 4]


@pytest.mark.parametrize("named", [1, 2, 3])
@pytest.mark.parametrize("together", [False, True])
def test_kill_of_any_document_kills_the_chain_in_any_order(db, named, together):
    ends = {}
    for number, items in enumerate(permutations([*map(doc, (1, 2, 3)), late(kill(5), named)])):
        wire = Wire(f"agency-{number}")
        (wire.receives_together if together else wire.receives)(*items)
        ends.setdefault(tuple(seen(wire)), []).append([item.guid for item in items])
    assert [*ends] == [()], ends


@pytest.mark.parametrize("named", [1, 2, 3])
def test_kill_by_another_document_kills_the_chain_in_any_order(db, named):
    note = take(5, guid="urn:note", kind="advisory")
    note = replace(note, acts_on=(Act(guid=f"urn:{named}", pubstatus=CANCELED),))
    for number, items in enumerate(permutations([*map(doc, (1, 2, 3)), note])):
        wire = Wire(f"agency-{number}")
        wire.receives(*items)
        assert seen(wire) == [], [item.guid for item in items]


@pytest.mark.parametrize("named", [1, 2, 3])
@pytest.mark.parametrize("numbers", [n for n in permutations((1, 2, 3)) if unbroken(n)], ids=str)
def test_hold_of_any_document_holds_the_chain(wire, numbers, named):
    wire.receives(*map(doc, numbers), late(hold(5), named))
    assert seen(wire) == []
    wire.receives(doc(6, headline="Let out", text="Again."), at=NOON + 90 * MINUTE)
    assert seen(wire) == ["Let out"], "urn:6 names urn:5, which is nobody's"


@pytest.mark.parametrize("named", [1, 2, 3])
def test_hold_of_any_document_holds_the_chain_in_any_order(db, named):
    for number, items in enumerate(permutations([*map(doc, (1, 2, 3)), late(hold(5), named)])):
        wire = Wire(f"agency-{number}")
        wire.receives(*items)
        assert seen(wire) == [], [item.guid for item in items]


def test_long_chain_with_gaps_becomes_one_story_and_dies_whole(wire):
    odd, even = range(1, 30, 2), range(2, 30, 2)
    wire.receives(*map(doc, odd))
    assert len(seen(wire)) == len(odd)
    wire.receives(*map(doc, even))
    assert seen(wire) == ["Take 29"]
    wire.receives(late(kill(99), 15))
    assert seen(wire) == []
    assert not Story.objects.filter(killed_at=None).exists()


def test_chain_that_turns_out_to_be_one_with_a_killed_story_dies_whole(wire):
    wire.receives(*map(doc, (1, 3, 2)), late(kill(3), "dead"))
    assert seen(wire) == ["Take 3"]
    wire.receives(replace(doc(4), aliases=("urn:3", "urn:dead")))
    assert seen(wire) == []


def test_kill_of_what_a_person_restored_comes_again_without_effect(wire):
    dead = late(kill(3), "dead")
    wire.receives(dead, doc(1), replace(doc(4), aliases=("urn:1", "urn:dead")))
    Story.objects.filter(guid="urn:1").update(killed_at=None, headline="Take 1", shown=1)
    wire.receives(dead, late(kill(5), "dead"))
    assert seen(wire) == ["Take 1"]


def test_link_that_many_share_joins_no_chain(wire):
    shared = [replace(doc(n), guid=f"urn:{g}", aliases=(LINK,)) for n, g in enumerate("abcd", 1)]
    wire.receives(*shared)
    wire.receives_together(*shared)
    assert seen(wire) == ["Take 1", "Take 2", "Take 3", "Take 4"]
    assert not Kinship.objects.exists()
    assert not Alias.objects.filter(own=True).exists()
    wire.receives(late(kill(5), "a"))
    assert seen(wire) == ["Take 2", "Take 3", "Take 4"]


def test_chain_whose_documents_share_a_link_takes_no_other_in(wire):
    chain = [replace(doc(n), aliases=(*doc(n).aliases, LINK)) for n in (1, 2, 3)]
    other = replace(doc(1, headline="Other", text="Else."), guid="urn:other", aliases=(LINK,))
    wire.receives(*chain, other)
    assert seen(wire) == ["Other", "Take 3"]


def test_forgetting_under_which_ids_items_came_is_found(wire, monkeypatch):
    kept = Take.__init__
    monkeypatch.setattr(Take, "__init__", lambda self, **all_: kept(self, **(all_ | {"own": ()})))
    wire.receives(*map(doc, (1, 2, 3)))
    assert len(seen(wire)) > 1
