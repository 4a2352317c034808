"""ninjs: samples that say what they are, and the IPTC's own suite."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.absent import SHARED, shared
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.ninjs import read

ARRIVAL = Arrival(
    received=datetime(2024, 5, 2, 12, tzinfo=UTC), address="https://wire.example/in/item.json"
)
SAMPLES = sorted((Path(__file__).parent / "samples" / "ninjs").glob("*.json"))
SUITE = SHARED / "corpora/ninjs/test_suite"
MUST_PASS = sorted(SUITE.glob("*/should_pass/*.json"))
MUST_FAIL = sorted(SUITE.glob("*/should_fail/*.json"))
#: Documents that are broken or nameless, so that nothing of them can be read.
UNREADABLE = {
    "1.0/001_no_uri_declared": "it has no uri",
    "1.0/010_body_must_be_string": "Expecting ',' delimiter",
    "1.0/011_description_must_be_string": "Expecting ',' delimiter",
    "1.0/012_location_not_object": "not JSON",
    "1.3/006_bad_genre": "Expecting value",
}
#: What the desk is told of the others, in part.
NOTED = {
    "009_body_text_with_cr": "control characters dropped",
    "002_type_invalid": "type is no type",
    "003_malformed_property": "not in ninjs: mime_type",
    "004_representationtype_invalid": "representationtype is unknown",
    "005_profile_must_be_string": "profile is not what it should be",
    "006_version_must_be_string": "version",
    "007_pubstatus_cancelled": "read as canceled",
    "008_usageterms_object": "usageterms is not what it should be",
    "013_person_not_string": "person is not what it should be",
    "014_type_component": "component is no story",
    "001_type_component": "component is no story",
    "015_pubstatus_commissioned": "withheld",
    "005_pubstatus_replaced": "withheld",
    "006_pubstatus_commissioned": "withheld",
    "002_firstcreated_bad_type": "firstcreated is not what it should be",
    "003_ednote_bad_type": "ednote is not what it should be",
    "001_bad_toplevel": "not in ninjs: random",
    "001_bad_geojson": "position cannot be read",
    "003_good_association_but_no_uri": "an association without a uri",
    "002_good_association_but_no_name": "an association without a name",
    "003_event_with_conflicting_start": "both startdate and expectedstartdate",
    "004_event_with_renditions": "an event has no renditions",
    "006_bad_urgency": "urgency",
}


def id_of(path):
    return f"{path.parts[-3]}/{path.stem}"


def flat(value):
    """Give a value as its JSON would be."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: flat(one) for name, one in value.items()}
    return [flat(one) for one in value] if isinstance(value, list | tuple) else value


def found(item, path):
    """Find ``pictures.0.href`` in an item."""
    for part in path.split("."):
        item = item[int(part)] if part.isdecimal() else item[part]
    return item


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_what_it_says(path):
    sample = json.loads(path.read_text())
    (item,) = read(json.dumps(sample["document"]).encode(), ARRIVAL).items
    said = flat(asdict(item))
    assert sample["description"]
    wrong = {
        name: found(said, name)
        for name, expected in sample["expect"].items()
        if (
            not set(expected) <= set(said["notes"])
            if name == "notes"
            else found(said, name) != expected
        )
    }
    assert not wrong


def test_the_samples_are_there():
    assert len(SAMPLES) >= 70


class TestSuite:
    """The IPTC's own documents, each with what the schemas think of it."""

    def test_it_is_whole(self):
        shared("corpora/ninjs/test_suite")
        assert (len(MUST_PASS), len(MUST_FAIL)) == (158, 70)

    @pytest.mark.parametrize("path", MUST_PASS, ids=id_of)
    def test_what_must_pass_is_read(self, path):
        raw = path.read_bytes()
        (item,) = read(raw, ARRIVAL).items
        assert item.guid == json.loads(raw)["uri"].strip()

    @pytest.mark.parametrize("path", MUST_FAIL, ids=id_of)
    def test_what_must_fail_gives_an_error_or_a_note(self, path, record_property):
        reason = UNREADABLE.get(id_of(path))
        if reason:
            with pytest.raises(Unreadable, match=reason) as caught:
                read(path.read_bytes(), ARRIVAL)
            record_property("error", str(caught.value))
            return
        (item,) = read(path.read_bytes(), ARRIVAL).items
        notes = [one for one in item.notes if "time of receipt" not in one]
        record_property("notes", notes)
        assert any(NOTED.get(path.stem, "") in note for note in notes), item.notes


class TestDocuments:
    """One item, a list, or one on each line."""

    ONE = b'{"uri": "urn:example:1", "headline": "One"}'
    TWO = b'{"uri": "urn:example:2", "headline": "Two"}'

    @pytest.mark.parametrize(
        "raw",
        [
            b"[" + ONE + b"," + TWO + b"]",
            ONE + b"\n" + TWO + b"\n",
            ONE + b"\r\n\r\n" + TWO,
            b'{"_items": [' + ONE + b"," + TWO + b"]}",
        ],
        ids=["list", "lines", "lines of Windows", "wrapped"],
    )
    def test_several_items_are_read_in_order(self, raw):
        assert [one.guid for one in read(raw, ARRIVAL).items] == ["urn:example:1", "urn:example:2"]

    @pytest.mark.parametrize("bad", [b"{}", b'"a word"', b"7", b"null", b'{"uri": ""}'])
    def test_r13_one_bad_item_does_not_cost_its_neighbours(self, bad):
        document = read(b"[" + self.ONE + b"," + bad + b"," + self.TWO + b"]", ARRIVAL)
        assert [one.guid for one in document.items] == ["urn:example:1", "urn:example:2"]
        ((position, reason, raw),) = [(r.position, r.reason, r.raw) for r in document.rejected]
        assert (position, raw) == (1, bad)
        assert reason

    def test_r13_a_broken_line_does_not_cost_its_neighbours(self):
        document = read(self.ONE + b'\n{"uri": "urn:exa\n' + self.TWO, ARRIVAL)
        assert len(document.items) == 2
        assert [one.raw for one in document.rejected] == [b'{"uri": "urn:exa']

    def test_an_item_alone_without_an_id_makes_the_document_unreadable(self):
        with pytest.raises(Unreadable, match="no uri"):
            read(b'{"headline": "Nameless"}', ARRIVAL)

    @pytest.mark.cases("A31")
    def test_a31_a_title_of_a_megabyte_is_cut_and_noted(self):
        (item,) = read(json.dumps({"uri": "u", "headline": "x" * 2**20}).encode(), ARRIVAL).items
        assert len(item.headline) == 1_000
        assert "headline has 1048576 characters: cut at 1000" in item.notes

    def test_no_kind_of_value_breaks_the_reader(self):
        names = Counter(
            name for path in SAMPLES for name in json.loads(path.read_text())["document"]
        )
        for name in names.keys() - {"uri"}:
            for value in (
                None,
                True,
                7,
                -1.5,
                "",
                "x",
                [],
                [[]],
                [None, 1],
                {},
                {"a": {}},
                {"uri": 1},
            ):
                raw = json.dumps({"uri": "urn:example:1", name: value}).encode()
                (item,) = read(raw, ARRIVAL).items
                assert item.guid == "urn:example:1", (name, value)
