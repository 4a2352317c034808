"""dpa digitalwires: samples that say what they are, and the agency's own pairs."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formats.terms import wrong
from formats.test_feed_samples import arrival, said_of
from harness.absent import SHARED, shared
from wireroom.formats import dpa, newsmlg2
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.read import format_of, parse
from wireroom.formats.sources import read as sources

ARRIVAL = Arrival(
    received=datetime(2026, 5, 2, 12, tzinfo=UTC),
    address="https://wire.example/in/item",
    provider="dpa",
)
SAMPLES = sorted((Path(__file__).parent / "samples" / "dpa").glob("*.json"))
PAIRS = sorted((SHARED / "corpora/dpa/output").glob("*.xml"))
#: What the same item must say in both formats.
SAME = (
    *("guid", "version", "numbered", "kind", "pubstatus", "signal", "embargo", "urgency"),
    *("first_created", "version_created", "language", "headline", "standfirst", "text", "body"),
    *("ednote", "dateline", "byline", "creditline", "subjects", "keywords", "places"),
    "countries",
)
#: Where the agency's own conversion differs, and why.
OWN = {
    ("image", "keywords"): "the conversion to NewsML-G2 leaves out the person in the picture",
    ("with_infobox", "body"): "the conversion has the box in a div, the item in a section",
}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_what_it_says(path):
    raw = path.read_bytes()
    assert format_of(raw) == "dpa"
    assert not wrong(path, parse(raw, "", arrival(said_of(path))))


def test_the_samples_are_there():
    assert len(SAMPLES) >= 35


class TestPairs:
    """The agency's items in JSON, and what it makes of them in NewsML-G2."""

    def test_they_are_whole(self):
        shared("corpora/dpa")
        assert len(PAIRS) == 14

    @pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
    @pytest.mark.parametrize("name", SAME)
    def test_both_say_the_same(self, path, name):
        one, other = both(path)
        if (path.stem, name) in OWN:
            assert one[name] != other[name], "this difference is gone: strike it from the list"
        else:
            assert one[name] == other[name]

    def test_all_of_the_agencys_items_are_read(self):
        paths = sorted((SHARED / "corpora/dpa/input").glob("*.json"))
        assert len(paths) == 15
        for path in paths:
            raw = path.read_bytes()
            (item,) = parse(raw, "", ARRIVAL).items
            assert item.guid == json.loads(raw)["urn"]
            assert item.headline

    def test_no_private_number_is_in_a_text(self):
        for path in PAIRS:
            for item in both(path):
                for number in ("+49 151", "sokolow.andrej", "0171 5578772"):
                    assert number not in item["text"] + item["standfirst"]


def both(path):
    """Read an item in both formats; the spot where a subject stood is each format's own."""
    raw = path.read_bytes()
    (one,) = newsmlg2.read(raw, ARRIVAL).items
    source = path.parents[1] / "input" / f"{path.stem}.json"
    (other,) = dpa.read(source.read_bytes(), ARRIVAL).items
    return flat(one), flat(other)


def flat(item):
    said = {name: getattr(item, name) for name in SAME}
    said["subjects"] = [(one.code, one.name) for one in item.subjects]
    # Spaces between elements are the XML's, which is indented.
    said["body"] = "".join(said["body"].split())
    return said


def item(**words):
    made = {
        "format": "digitalwires@0.9.1",
        "urn": "urn:newsml:wire.example:20240502:1",
        "version": 1,
        "version_created": "2024-05-02T10:10:00+02:00",
        "headline": "Island ferry back in service",
    }
    return made | words


class TestDocuments:
    """One item, a list, or one on each line."""

    ONE = json.dumps(item(urn="urn:1")).encode()
    TWO = json.dumps(item(urn="urn:2")).encode()

    @pytest.mark.parametrize(
        "raw",
        [b"[" + ONE + b"," + TWO + b"]", ONE + b"\n" + TWO, b'{"items": [%b, %b]}' % (ONE, TWO)],
        ids=["list", "lines", "wrapped"],
    )
    def test_several_items_are_read_in_order(self, raw):
        document = parse(raw, "", ARRIVAL)
        assert document.format == "dpa"
        assert [one.guid for one in document.items] == ["urn:1", "urn:2"]
        assert [json.loads(one.raw)["urn"] for one in sources(raw, "dpa", ARRIVAL).rejected] == [
            "urn:1",
            "urn:2",
        ]

    @pytest.mark.parametrize("bad", [b"{}", b'"a word"', b"7", b"null", b'{"urn": ""}'])
    def test_r13_one_bad_item_does_not_cost_its_neighbours(self, bad):
        document = dpa.read(b"[" + self.ONE + b"," + bad + b"," + self.TWO + b"]", ARRIVAL)
        assert [one.guid for one in document.items] == ["urn:1", "urn:2"]
        assert [(one.position, one.raw) for one in document.rejected] == [(1, bad)]

    def test_an_item_alone_without_an_id_makes_the_document_unreadable(self):
        with pytest.raises(Unreadable, match="no urn"):
            dpa.read(b'{"format": "digitalwires@0.9.1"}', ARRIVAL)

    def test_no_kind_of_value_breaks_the_reader(self):
        names = {name for path in SAMPLES for name in json.loads(path.read_text())} - {"urn"}
        odd = (None, True, 7, -1.5, "", "x", [], [[]], [None, 1], {}, {"a": {}}, [{"type": {}}])
        for name in sorted(names):
            for value in odd:
                (found,) = dpa.read(json.dumps(item(**{name: value})).encode(), ARRIVAL).items
                assert found.guid == "urn:newsml:wire.example:20240502:1", (name, value)

    @pytest.mark.parametrize(
        "value", [{}, [], "x", 7, {"geometry": 7}, {"geometry": {"coordinates": ["a", "b"]}}]
    )
    def test_a_place_of_any_shape_is_read(self, value):
        poi = {"type": "dnltype:poi", "name": "Elm Island", "geojson": value}
        (found,) = dpa.read(json.dumps(item(categories=[poi])).encode(), ARRIVAL).items
        assert [(one.name, one.latitude) for one in found.places] == [("Elm Island", None)]


class TestSection:
    """The section around a text says nothing, wherever it stands."""

    WORDS = "<p>The ferry is back.</p><p>It sails.</p>"

    def body(self, html):
        (one,) = parse(json.dumps(item(article_html=html)).encode(), "dpa", ARRIVAL).items
        return one.body, one.text

    @pytest.mark.parametrize(
        "html",
        [
            '<section class="main">{}</section>',
            "<section>{}</section>",
            '<section class="main"><section>{}</section></section>',
            '<section class="main">{}',
        ],
    )
    def test_a_text_reads_as_without_it(self, html):
        assert self.body(html.format(self.WORDS)) == self.body(self.WORDS)

    @pytest.mark.parametrize("name", ["section", "SECTION"])
    def test_what_follows_a_section_is_no_part_of_it(self, name):
        html = f"<section><p>One</{name}>Two<{name}>Three</section>"
        assert self.body(html)[1] == "One\n\nTwoThree"
