"""ninjs 3.1 out: valid, silent about what is for the desk, and the same item when read back."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given

from formats.items import RICH, SECRET, items, said
from harness.absent import SHARED, shared
from harness.schema import Schema
from wireroom.formats.document import Arrival
from wireroom.formats.item import CANCELED, UNKNOWN, USABLE, WITHHELD, Item, Picture, Rights
from wireroom.formats.ninjs import read
from wireroom.formats.ninjs.write import document, written
from wireroom.formats.outgoing import outgoing

NINJS = "corpora/ninjs"
ARRIVAL = Arrival(received=datetime(2024, 5, 2, 12, tzinfo=UTC))
#: What ninjs cannot say; see ``ninjs/write.py``.
UNSAID = {"dateline", "signal", "countries", "expires", "subjects"}
FERRY = Item(
    guid="urn:harbour:ferry",
    version=3,
    headline="Island ferry back in service",
    body="<p>The ferry sailed again.</p>",
    text="The ferry sailed again.",
    creditline="Harbour Wire",
    ednote=SECRET,
    slugline=SECRET,
)


@pytest.fixture(scope="module")
def schema():
    """The IPTC's schema."""
    return Schema(
        shared(f"{NINJS}/schema/ninjs-schema_3.1.json"),
        shared(f"{NINJS}/test_suite/GeoJSON-schema.json"),
    )


def back(item, **given_):
    (found,) = read(written(item, **given_), ARRIVAL).items
    return found


class TestSchema:
    """What checks our documents thinks of the IPTC's suite as the IPTC does."""

    SUITE = sorted((SHARED / NINJS / "test_suite/3.1").glob("should_*/*.json"))

    @pytest.mark.parametrize("path", SUITE, ids=lambda path: f"{path.parent.name}/{path.stem}")
    def test_it_passes_and_fails_what_must(self, schema, path):
        faults = schema.faults(json.loads(path.read_text()))
        assert bool(faults) == (path.parent.name == "should_fail"), faults


@given(item=items(RICH))
def test_what_is_written_is_valid(schema, item):
    assert schema.faults(json.loads(written(item))) == []


@given(item=items(RICH))
def test_what_is_written_reads_back_to_the_same_item(item):
    held = item.embargo == UNKNOWN and item.pubstatus == USABLE
    found, left = back(item), outgoing(replace(item, pubstatus=WITHHELD) if held else item)
    embargo = None if item.embargo == UNKNOWN else item.embargo
    assert said(found, *UNSAID) == said(replace(left, embargo=embargo), *UNSAID)
    assert found.expires == (None if left.expires == UNKNOWN else left.expires)
    assert [(s.code, s.name) for s in found.subjects] == [(s.code, s.name) for s in left.subjects]


@given(item=items())
def test_r69_nothing_for_the_desk_goes_out(item):
    assert SECRET not in written(item).decode()


@given(item=items())
def test_r70_credit_goes_out_with_every_item_and_picture(item):
    said = document(item)
    assert said["infoSources"] == [{"name": item.creditline}]
    pictures = [one for one in said.get("associations", ()) if one.get("type") == "picture"]
    assert all(one["by"] and one["copyrightHolder"] for one in pictures)


def test_a_kill_says_who_and_that_it_is_over_and_no_more():
    killed = replace(FERRY, version=4, pubstatus=CANCELED, pictures=(Picture(href="https://x/y"),))
    assert document(killed) == {
        "uri": "urn:harbour:ferry",
        "type": "text",
        "representationType": "full",
        "version": "4",
        "pubStatus": "canceled",
        "urgency": 5,
        "infoSources": [{"name": "Harbour Wire"}],
        "standard": document(FERRY)["standard"],
    }


def test_an_embargo_without_an_end_goes_out_as_withheld():
    said = document(replace(FERRY, embargo=UNKNOWN))
    assert said["pubStatus"] == "withheld"
    assert "bodies" not in said


def test_a_kill_under_such_an_embargo_stays_a_kill():
    assert document(replace(FERRY, embargo=UNKNOWN, pubstatus=CANCELED))["pubStatus"] == "canceled"


def test_the_house_gives_a_story_under_its_own_address():
    found = back(replace(FERRY, aliases=("FERRY-17",)), uri="https://house.example/s/12")
    assert found.guid == "https://house.example/s/12"
    assert found.aliases == ("urn:harbour:ferry", "FERRY-17")


@pytest.mark.parametrize(
    "picture",
    [
        Picture(href="https://x.example/1.jpg", pubstatus=CANCELED),
        Picture(href="https://x.example/1.jpg", rights=Rights(valid_from=UNKNOWN)),
    ],
    ids=["canceled", "under an embargo without an end"],
)
def test_a_picture_that_must_not_be_used_stays_here(picture):
    assert "associations" not in document(replace(FERRY, pictures=(picture,)))


def test_a_picture_without_a_credit_has_the_agencys():
    (found,) = back(replace(FERRY, pictures=(Picture(href="https://x.example/1.jpg"),))).pictures
    assert found.credit == "Harbour Wire"


def test_what_is_only_a_part_of_an_item_is_not_written():
    with pytest.raises(ValueError, match="only a part"):
        written(replace(FERRY, patch="content"))


def test_what_no_format_has_a_word_for_is_not_written():
    with pytest.raises(ValueError, match="no news that can be written"):
        written(replace(FERRY, kind="other"))


def test_an_id_that_is_no_address_needs_one_of_the_houses():
    item = replace(FERRY, guid="FERRY-17")
    with pytest.raises(ValueError, match="is no address"):
        written(item)
    assert back(item, uri="https://house.example/s/12").aliases == ("FERRY-17",)
