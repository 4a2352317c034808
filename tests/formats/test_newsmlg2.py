"""NewsML-G2: samples that say what they are, the IPTC's own documents, messages, and costs."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formats.terms import wrong
from formats.test_feed_samples import arrival, said_of
from harness.absent import SHARED, shared
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.newsmlg2 import read
from wireroom.formats.read import format_of, parse
from wireroom.formats.sources import read as sources

ARRIVAL = Arrival(received=datetime(2026, 5, 2, 12, tzinfo=UTC))
SAMPLES = sorted((Path(__file__).parent / "samples" / "newsmlg2").glob("*.xml"))
SUITE = SHARED / "corpora/newsml-g2"
MUST_PASS = sorted(SUITE.glob("unit/*/should_pass/*.xml"))
MUST_FAIL = sorted(SUITE.glob("unit/*/should_fail/*.xml"))
LISTINGS = sorted(SUITE.glob("examples/*.xml"))
#: Listings that show a part of a document, which is none by itself.
PARTS = {"LISTING_7": "groupSet", "LISTING_8": "groupSet", "LISTING_9": "groupSet"} | {
    "LISTING_25": "contentSet",
    "LISTING_28": "contentMeta",
}
#: What the desk is told of documents that must fail.
NOTED = {
    "digitalSourceType_catalogItem": "a catalogItem is no story",
    "2.29_affiliation_org_org": "neither headline nor text",
    "2.29_retiring_scheme_schememeta": "a knowledgeItem is no story",
    "2.29_retiring_scheme_scheme": "a catalog holds no news",
    "CR00218_too_many_nested_related": "its text is not inside",
    "xsany-on-hasinstrument": "neither headline nor text",
    "001_incomplete_file": "it has no itemMeta",
    "002_newsitem_with_no_catalog": "it names no catalog",
    "CR00215_hasInstrument_on_concept": "a conceptItem is no story",
    "CR00212_02_residrefformaturi_badly_formatted": "residrefformaturi is no address: '%'",
}
GUID = re.compile(rb"""\sguid\s*=\s*["']\s*([^"'>]+?)\s*["']""")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_what_it_says(path):
    raw = path.read_bytes()
    assert format_of(raw) == "newsml-g2"
    assert not wrong(path, parse(raw, "", arrival(said_of(path))))


def test_the_samples_are_there():
    assert len(SAMPLES) >= 60


class TestCorpus:
    """The IPTC's own documents: its unit tests, and the listings of its guide."""

    def test_it_is_whole(self):
        shared("corpora/newsml-g2")
        assert (len(MUST_PASS), len(MUST_FAIL), len(LISTINGS)) == (151, 10, 32)

    @pytest.mark.parametrize("path", MUST_PASS, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
    def test_what_must_pass_is_read(self, path):
        raw = path.read_bytes()
        document = read(raw, ARRIVAL)
        assert not document.rejected
        if b"<catalog" in raw and not GUID.search(raw):
            assert "a catalog holds no news" in document.hints.notes
            return
        assert {item.guid for item in document.items} <= {
            found.decode() for found in GUID.findall(raw)
        }
        assert document.items

    @pytest.mark.parametrize("path", MUST_FAIL, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
    def test_what_must_fail_gives_a_note(self, path, record_property):
        document = read(path.read_bytes(), ARRIVAL)
        notes = [*document.hints.notes, *(note for one in document.items for note in one.notes)]
        record_property("notes", notes)
        assert any(NOTED[path.stem] in note for note in notes), notes

    @pytest.mark.parametrize("path", LISTINGS, ids=lambda path: path.stem)
    def test_a_listing_is_read_or_is_only_a_part(self, path):
        part = PARTS.get("_".join(path.stem.split("_")[:2]))
        if part:
            with pytest.raises(Unreadable, match=f"not NewsML-G2: its root is {part}"):
                read(path.read_bytes(), ARRIVAL)
            return
        document = read(path.read_bytes(), ARRIVAL)
        assert document.items
        # One listing abridges a message, its package has no guid.
        abridged = ["it has no guid"] if path.stem.startswith("LISTING_24_") else []
        assert [one.reason for one in document.rejected] == abridged


def item(guid, about="", meta="", content="", more=""):
    return (
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="1"{more}>'
        f'<itemMeta><itemClass qcode="ninat:text"/>'
        f"<versionCreated>2024-05-02T08:10:00Z</versionCreated>{meta}</itemMeta>"
        f"<contentMeta><headline>About {guid}</headline>{about}</contentMeta>"
        f"{content}</newsItem>"
    )


def message(*items):
    return (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header>'
        f"<sent>2024-05-02T08:15:00Z</sent></header><itemSet>{''.join(items)}</itemSet>"
        "</newsMessage>"
    ).encode()


class TestMessages:
    """Many items in one message, each by itself."""

    def test_each_item_is_read_in_order_and_knows_when_it_was_sent(self):
        document = parse(message(item("N1"), item("N2")), "", ARRIVAL)
        assert document.format == "newsml-g2"
        assert [one.guid for one in document.items] == ["N1", "N2"]
        assert {one.sent for one in document.items} == {datetime(2024, 5, 2, 8, 15, tzinfo=UTC)}

    def test_r13_one_bad_item_does_not_cost_its_neighbours(self):
        document = read(message(item("N1"), item(""), "<other/>", item("N2")), ARRIVAL)
        assert [one.guid for one in document.items] == ["N1", "N2"]
        assert [(one.position, one.reason) for one in document.rejected] == [
            (1, "it has no guid"),
            (2, "no item of NewsML-G2: other"),
        ]
        assert document.rejected[0].raw == item("").encode()

    def test_an_item_alone_without_a_guid_makes_the_document_unreadable(self):
        with pytest.raises(Unreadable, match="no guid"):
            read(item("").encode(), ARRIVAL)

    def test_a_message_without_items_is_unreadable(self):
        with pytest.raises(Unreadable, match="without items"):
            read(message(), ARRIVAL)

    def test_what_is_not_well_formed_is_unreadable_and_no_feed(self):
        with pytest.raises(Unreadable, match="not well-formed"):
            parse(message(item("N1"))[:-20], "newsml-g2", ARRIVAL)

    def test_the_bytes_of_each_item_are_found_again(self):
        document = sources(message(item("N1"), item("N2")), "newsml-g2", ARRIVAL)
        assert [one.raw for one in document.rejected] == [item("N1").encode(), item("N2").encode()]

    def test_the_bytes_of_an_only_item_are_the_documents(self):
        raw = item("N1").encode()
        assert [one.raw for one in sources(raw, "newsml-g2", ARRIVAL).rejected] == [raw]

    def test_a_catalog_of_another_standard_is_none_of_ours(self):
        with pytest.raises(Unreadable, match="its root is catalog"):
            read(b'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"/>', ARRIVAL)


class TestCosts:
    """What one document costs grows with its size, not faster."""

    @pytest.mark.parametrize(
        "about",
        [
            '<subject literal="x" type="cpnat:geoArea"/>' * 20_000,
            '<subject qcode="medtop:04000000"/>' * 20_000,
            "<headline>x</headline>" * 20_000,
            f"<headline>{'<a/>' * 50_000}</headline>",
            f"<by>{'<br/>x' * 50_000}</by>",
            f"<description>{'&lt;p&gt;' * 50_000}</description>",
            '<keyword>a</keyword><altId>urn:x</altId><infoSource qcode="a:b"/>' * 8_000,
        ],
        ids=["literals", "topics", "headlines", "empty", "breaks", "escaped", "many"],
    )
    def test_much_of_one_thing_is_read_in_time(self, about):
        facts = '<assert literal="x"><name>A</name><broader literal="x"/></assert>' * 5_000
        many = f'<assert literal="x">{"<name>A</name>" * 20_000}</assert>'
        raw = item("N1", about=about, content=facts + many).encode()
        start = time.process_time()
        (found,) = read(raw, ARRIVAL).items
        assert found.guid == "N1"
        assert time.process_time() - start < 2

    def test_a_chain_of_broader_places_ends(self):
        facts = "".join(
            f'<assert qcode="x:{n}"><broader qcode="x:{(n + 1) % 500}"/></assert>'
            for n in range(500)
        )
        about = '<subject qcode="x:0" type="cpnat:geoArea"><name>Elm Island</name></subject>'
        (found,) = read(item("N1", about=about, content=facts).encode(), ARRIVAL).items
        assert [(one.name, one.country) for one in found.places] == [("Elm Island", "")]

    def test_a_text_of_paragraphs_beyond_count_is_read_in_time(self):
        body = "<p>x</p>" * 100_000
        content = (
            '<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>'
            f"{body}</body></html></inlineXML></contentSet>"
        )
        start = time.process_time()
        (found,) = read(item("N1", content=content).encode(), ARRIVAL).items
        assert found.text.startswith("x")
        assert time.process_time() - start < 4
