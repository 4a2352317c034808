"""What a version carries beside its words, written and read again."""

import json

import pytest

from harness.wires import take
from wireroom.formats.item import Link, Place, Rights, Subject
from wireroom.formats.item import Picture as Shot
from wireroom.wire.papers import Papers, pack, unpack

FULL = take(
    places=(Place(name="Pune", latitude=0.0, longitude=73.9),),
    subjects=(Subject(code="sector:transport"),),
    pictures=(Shot(href="https://x.example/a.jpg", rights=Rights(holder="ANI")),),
    keywords=("coal",),
)


def through_json(item):
    return unpack(json.loads(json.dumps(pack(item))))


def test_papers_are_read_as_they_were_written():
    assert through_json(FULL) == Papers.of(FULL)


@pytest.mark.parametrize(
    "empty",
    [
        {"places": (Place(),)},
        {"keywords": ("",)},
        {"rights": Rights()},
    ],
    ids=lambda empty: next(iter(empty)),
)
def test_part_without_a_word_is_left_out(empty):
    assert through_json(take(**empty)) == Papers()


@pytest.mark.parametrize(
    "part",
    [
        {"subjects": (Subject(code="", name="Rail"),)},
        {"links": (Link(rel="", href=""),)},
        {"pictures": (Shot(href="", caption="A plant"),)},
        {"places": (Place(latitude=0.0, longitude=0.0),)},
    ],
    ids=lambda part: next(iter(part)),
)
def test_part_that_lacks_what_names_it_is_read_as_written(part):
    item = take(**part)
    assert through_json(item) == Papers.of(item)


def test_part_without_a_word_leaves_its_neighbours():
    item = take(places=(Place(), Place(name="Pune")))
    assert through_json(item).places == (Place(name="Pune"),)


@pytest.mark.parametrize("part", [None, "", 7, []])
def test_what_is_no_part_is_passed_over(part):
    assert unpack({"places": [part, {"name": "Pune"}]}).places == (Place(name="Pune"),)
