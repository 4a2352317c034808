"""The AP Media API: samples that say what they are, pages of feeds, and what is broken."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formats.plain_samples import walk
from wireroom.formats.ap import read
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import USABLE
from wireroom.formats.read import glance, parse
from wireroom.formats.sources import read as sources
from wireroom.formats.told import format_of

ARRIVAL = Arrival(
    received=datetime(2024, 5, 2, 12, tzinfo=UTC), address="https://api.example/content/feed"
)
SAMPLES = sorted((Path(__file__).parent / "samples" / "ap").glob("*.json"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_what_it_says(path):
    sample = json.loads(path.read_text())
    raw = json.dumps(sample["document"]).encode()
    assert format_of(raw) == "ap"
    (item,) = read(raw, ARRIVAL).items
    assert sample["description"]
    assert sample["expect"]
    for name, expected in sample["expect"].items():
        if name == "notes" and expected:
            assert set(expected) <= set(item.notes)
        else:
            assert walk(item, name) == expected, name


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_takes_a_story_back_is_read_first(path):
    raw = json.dumps(json.loads(path.read_text())["document"]).encode()
    (item,) = read(raw, ARRIVAL).items
    assert glance(raw) or item.pubstatus == USABLE


def test_the_samples_are_there():
    assert len(SAMPLES) >= 65


def item(guid="f3", **words):
    made = {
        "altids": {"itemid": guid},
        "headline": f"About {guid}",
        "signals": ["newscontent"],
        "type": "text",
        "versioncreated": "2024-05-02T08:00:00Z",
    }
    return {"meta": {"products": [1]}, "item": made | words}


def page(*items, **words):
    return json.dumps({"api_version": "2.2", "data": {"items": list(items), **words}}).encode()


class TestFeed:
    """A page of a feed, and where it goes on."""

    def test_each_item_is_read_in_order(self):
        document = parse(page(item("f3"), item("f4")), "", ARRIVAL)
        assert document.format == "ap"
        assert [one.guid for one in document.items] == ["f3", "f4"]
        assert not document.is_list

    @pytest.mark.parametrize(
        ("said", "href"),
        [
            ("https://api.example/content/feed?seq=9", "https://api.example/content/feed?seq=9"),
            ("feed?seq=9", "https://api.example/content/feed?seq=9"),
            ("https://api.example/content/feed", ""),
            ("javascript:x", ""),
            ("http://[", ""),
            ("", ""),
            (7, ""),
            (None, ""),
        ],
    )
    def test_next_page_is_where_the_feed_goes_on(self, said, href):
        assert read(page(item(), next_page=said), ARRIVAL).hints.next_href == href

    def test_page_without_items_is_no_fault(self):
        document = read(page(next_page="https://api.example/next"), ARRIVAL)
        assert (document.items, document.rejected) == ((), ())
        assert document.hints.next_href == "https://api.example/next"

    @pytest.mark.parametrize(
        ("bad", "reason"),
        [
            ({"item": {"headline": "Nameless"}}, "it has no altids.itemid"),
            ({"item": {"altids": {"itemid": " "}}}, "it has no altids.itemid"),
            ({"item": {"altids": "f5"}}, "it has no altids.itemid"),
            ({"item": None}, "no item of the AP Media API"),
            (7, "no item of the AP Media API"),
        ],
    )
    def test_one_bad_item_does_not_cost_its_neighbours(self, bad, reason):
        document = read(page(item("f3"), bad, item("f4")), ARRIVAL)
        assert [one.guid for one in document.items] == ["f3", "f4"]
        (rejected,) = document.rejected
        assert rejected.position == 1
        assert reason in rejected.reason
        inner = bad["item"] if isinstance(bad, dict) else bad
        assert json.loads(rejected.raw) == inner

    def test_item_that_two_would_read_differently_does_not_cost_its_neighbours(self):
        twice = b'"About f4", "headline": "Not about f4"'
        raw = page(item("f3"), item("f4"), item("f5")).replace(b'"About f4"', twice)
        document = read(raw, ARRIVAL)
        assert [one.guid for one in document.items] == ["f3", "f5"]
        assert [one.position for one in document.rejected] == [1]
        assert b"f4" in document.rejected[0].raw
        assert b"f3" not in document.rejected[0].raw

    def test_only_item_of_a_page_that_is_bad_is_rejected_by_itself(self):
        document = read(page({"item": {}}), ARRIVAL)
        assert len(document.rejected) == 1

    def test_quarantine_finds_the_bytes_of_each_item(self):
        raw = page(item("f3"), item("f4", headline="कथा"))
        document = sources(raw, "ap", ARRIVAL)
        assert [one.name for one in document.rejected] == ["f3", "f4"]
        assert json.loads(document.rejected[1].raw)["item"]["headline"] == "कथा"
        assert b"f3" not in document.rejected[1].raw


class TestBroken:
    """What nothing can be made of says why."""

    @pytest.mark.parametrize(
        ("raw", "reason"),
        [
            (b'{"api_version": "2.2"}', "no data"),
            (b'{"api_version": "2.2", "data": []}', "no data"),
            (b"[]", "no data"),
            (b'{"api_version": "2.2", "data": {}}', "neither item nor items"),
            (b'{"api_version": "2.2", "data": {"item": {"headline": "x"}}}', "no altids.itemid"),
            (b'{"api_version": "2.2", "data": {"items": [', "not JSON"),
            (b'{"data": {"items": [{]}}', "not JSON"),
            (b'{"api_version": "2.2", "data": {"item": {"a":1,"a":2}}}', "stands twice"),
        ],
    )
    def test_unreadable(self, raw, reason):
        with pytest.raises(Unreadable, match=reason):
            read(raw, ARRIVAL)

    def test_no_kind_of_value_breaks_the_reader(self):
        names = {
            name
            for path in SAMPLES
            for name in json.loads(path.read_text())["document"]["data"]["item"]
        }
        for name in names - {"altids"}:
            for value in (None, True, 7, -1.5, "", "x", [], [[]], [None, 1], {}, {"a": {}}):
                raw = page(item(**{name: value}))
                (one,) = read(raw, ARRIVAL).items
                assert one.guid == "f3", (name, value)

    @pytest.mark.cases("P10")
    def test_p10_text_inside_that_nests_without_end_costs_nothing(self):
        deep = "<nitf>" + "<block>" * 50_000
        (one,) = read(page(item(body_nitf=deep)), ARRIVAL).items
        assert one.text == ""

    @pytest.mark.cases("P06")
    def test_p06_entities_inside_are_not_followed(self):
        bomb = '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body.content><p>&x;</p></body.content></nitf>'
        (one,) = read(page(item(body_nitf=bomb)), ARRIVAL).items
        assert "root:" not in one.body


class TestText:
    """Paragraphs are read without a tree, and say what a tree would say."""

    WORDS = (
        "<p>The ferry &amp; its <em>crew</em> are back.</p>",
        '<p>They <a href="https://wire.example/f?a=1&amp;b=2">sailed</a> for &lt;Eigg&gt;.</p>\n',
    )

    def body(self, said):
        (one,) = read(page(item(body_nitf=said)), ARRIVAL).items
        return one.body, one.text, one.notes

    @pytest.mark.parametrize(
        "around", ["{}", "<nitf><body><body.content>{}</body.content></body></nitf>"]
    )
    def test_paragraphs_say_the_same_with_and_without_a_tree(self, around):
        plain = self.body(around.format("".join(self.WORDS)))
        assert plain == self.body(around.format("".join(self.WORDS).replace("<p>", '<p id="x">')))
        assert plain[0].count("<p>") == plain[0].count("</p>") == 2
        assert plain[1] == "The ferry & its crew are back.\n\nThey sailed for <Eigg>."

    @pytest.mark.parametrize(
        "broken",
        ["<p>One <em>two</p><p>Three</em></p>", "<p>One</p><p>Two", "<p>A & B</p><p>Two</p>"],
    )
    def test_what_is_not_closed_in_order_is_told(self, broken):
        assert "body_nitf is not well-formed: read as HTML" in self.body(broken)[2]

    def test_what_xml_alone_means_otherwise_is_read_as_xml(self):
        body, text, _ = self.body("<p>One&#8217;s <![CDATA[<b>]]></p><p>Two</p>")
        assert text == "One\u2019s <b>\n\nTwo"
        assert "<b>" not in body
