"""Documents that are broken in a place: what is whole in them is read, and nothing else."""

import json
from datetime import UTC, datetime

import pytest

from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import CANCELED
from wireroom.formats.read import glance, parse
from wireroom.formats.sources import read as read_again

#: The beginning of a JSON Feed with three items.
FEED = '{{"version": "https://jsonfeed.org/version/1.1", "items": [{0}, {1},{2}]'
ARRIVAL = Arrival(received=datetime(2024, 5, 2, 12, tzinfo=UTC))


def rss(*items, end="</channel></rss>"):
    head = '<rss version="2.0"><channel><title>Harbour</title><link>https://example.org/</link>'
    return "".join((head, *items, end))


def item(number, title="Ferry", text="It sails."):
    return (
        f"<item><guid>urn:{number}</guid><title>{title}</title>"
        f"<description>{text}</description></item>"
    )


def ninjs(number, **words):
    return json.dumps({"uri": f"urn:{number}", "headline": "Ferry"} | words, ensure_ascii=False)


def read(raw, **words):
    raw = raw.encode() if isinstance(raw, str) else raw
    return parse(raw, "", Arrival(received=ARRIVAL.received, **words))


def headlines(document):
    return [one.headline for one in document.items]


class TestOneBadByte:
    """P09: it garbles no other text."""

    def test_in_xml_the_other_items_keep_their_letters(self):
        raw = rss(item(1, "Café Łódź"), item(2, "Caf#")).encode().replace(b"#", b"\xe9")
        document = read(raw)
        assert headlines(document) == ["Café Łódź", "Café"]
        assert "Windows-1252" in str(document.hints.notes)

    def test_a_document_of_them_is_in_windows_1252_as_a_whole(self):
        raw = rss(item(1, "Café", "é " * 70_000)).encode("cp1252")
        assert headlines(read(raw)) == ["Café"]

    @pytest.mark.parametrize("charset", ["", "utf-8"])
    def test_in_json_it_costs_nothing_and_is_noted(self, charset):
        raw = f"[{ninjs(1, headline='Łódź')}, {ninjs(2, headline='Caf#')}]".encode()
        document = read(raw.replace(b"#", b"\xe9"), charset=charset)
        assert headlines(document) == ["Łódź", "Café"]
        assert "Windows-1252" in str(document.items[0].notes)

    def test_json_in_the_charset_of_its_transport_is_read(self):
        raw = ninjs(1, headline="Łódź").encode("iso8859-2")
        assert headlines(read(raw, charset="iso-8859-2")) == ["Łódź"]

    def test_a_charset_that_json_does_not_have_is_not_believed(self):
        assert headlines(read(ninjs(1, headline="Łódź"), charset="iso-8859-1")) == ["Łódź"]

    @pytest.mark.parametrize("bad", [b"\xe9", b"\x00", b"\x01", b"\n"])
    def test_a_kill_with_one_is_obeyed(self, bad):
        raw = ninjs(1, pubstatus="canceled", ednote="Off#").encode().replace(b"#", bad)
        (killed,) = read(raw).items
        assert killed.pubstatus == CANCELED
        assert killed.notes
        assert glance(raw)

    def test_in_json_feed_a_control_character_is_dropped_and_noted(self):
        raw = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}]})
        raw = raw.replace('"id"', '"title": "Fe#rry", "id"').replace("#", "\x02")
        (one,) = read(raw).items
        assert one.headline == "Ferry"
        assert "control characters dropped" in one.notes


class TestOneBadItem:
    """F12: it goes aside alone."""

    @pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
    def test_lines_end_at_line_feeds_only(self, separator):
        raw = "\r\n".join(ninjs(n, headline=f"a{separator}b") for n in range(2))
        assert [one.guid for one in read(raw).items] == ["urn:0", "urn:1"]

    @pytest.mark.cases("P10")
    @pytest.mark.parametrize(
        "bad",
        ['{"uri": "u", "urgency": NaN}', '{"uri": "u", "uri": "v"}', f'{{"uri": {"9" * 24}}}'],
        ids=["NaN", "a name twice", "a number of 24 digits"],
    )
    @pytest.mark.parametrize("form", ["[{0}, {1},{2}]", '{{"items" :[{0},{1}, {2}]}}'])
    def test_p10_in_a_list_only_the_item_that_two_would_read_in_two_ways_is_refused(
        self, bad, form
    ):
        document = read(form.format(ninjs(1), bad, ninjs(2)))
        assert [one.guid for one in document.items] == ["urn:1", "urn:2"]
        (refused,) = document.rejected
        assert (refused.position, refused.raw) == (1, bad.encode())
        assert "digits" in refused.reason or "not JSON" in refused.reason

    @pytest.mark.cases("P10")
    @pytest.mark.parametrize(
        "bad",
        ['{"id": "u", "title": NaN}', '{"id": "u", "id": "v"}', f'{{"id": {"9" * 24}}}'],
        ids=["NaN", "a name twice", "a number of 24 digits"],
    )
    @pytest.mark.parametrize("form", [FEED + "}}", FEED + ', "hubs": [{{"url": "x"}}]}}'])
    def test_p10_in_json_feed_that_item_alone_is_refused_with_its_bytes(self, bad, form):
        one, two = ('{"id": "1", "title": "Ferry"}', '{"id": "2", "title": "Bridge"}')
        raw = form.format(one, bad, two)
        document = read(raw)
        assert document.format == "jsonfeed"
        assert [(item.guid, item.headline) for item in document.items] == [
            ("1", "Ferry"),
            ("2", "Bridge"),
        ]
        (refused,) = document.rejected
        assert refused.raw == bad.encode()
        assert "digits" in refused.reason or "not JSON" in refused.reason
        again = read_again(raw.encode(), "jsonfeed", ARRIVAL)
        assert [found.raw for found in again.rejected] == [one.encode(), two.encode()]

    @pytest.mark.parametrize(
        "raw",
        [
            FEED.format('{"id": "1"}', '{"id": "2"}', '{"id": "3"}') + ', "title": NaN}',
            FEED.format('{"id": "1"}', '{"id": "2"}', '{"id": NaN}') + ', "a": 1, "a": 2}',
            FEED.format('{"id": "1"}', '{"id": "2"}', '{"id": NaN}') + ', "items": []}',
            FEED.format('{"id": "1"}', '{"id": "2"}', '{"id": "3"') + "}",
        ],
        ids=["NaN beside the items", "a name twice", "two lists of items", "cut off"],
    )
    def test_a_json_feed_that_is_broken_outside_its_items_is_refused_whole(self, raw):
        with pytest.raises(Unreadable):
            read(raw)

    @pytest.mark.parametrize(
        "raw",
        [
            '[{"uri": "a"}, {"uri": "b"]',
            '[{"uri": "a"} {"uri": "b"}]',
            '{"items": [{"uri": "a"}], "items": [{"uri": "b"}]}',
            '[{"uri": "a"}, {"uri": "b"',
        ],
    )
    def test_items_that_cannot_be_told_apart_are_not_read(self, raw):
        with pytest.raises(Unreadable):
            read(raw)

    def test_an_empty_list_is_an_empty_document(self):
        document = read("[]")
        assert (document.format, document.items, document.rejected) == ("ninjs", (), ())


class TestUnseen:
    """What a document says of itself, and what of it was refused, is for people's eyes too."""

    MARK = "\u202e"

    @pytest.mark.parametrize(
        "raw",
        [
            rss(f"<item><title>{MARK}</title></item>").replace("Harbour", f"Ha{MARK}rbour"),
            json.dumps(
                {
                    "version": "https://jsonfeed.org/version/1.1",
                    "title": f"Ha{MARK}rbour",
                    "items": [{"title": f"Ferry{MARK}"}, {"id": "1", "content_text": "Words."}],
                }
            ),
        ],
        ids=["rss", "jsonfeed"],
    )
    def test_marks_that_turn_text_about_are_not_in_it(self, raw):
        document = read(raw)
        assert document.hints.title == "Harbour"
        (refused,) = document.rejected
        assert self.MARK not in refused.name + refused.reason

    def test_nor_are_they_in_an_address(self):
        raw = (
            f"<rss><channel><link>https://harbour.example/{self.MARK}</link><item/></channel></rss>"
        )
        assert read(raw.encode()).hints.link == "https://harbour.example/"


class TestCutOff:
    """A30: half an entry never passes for the whole of it."""

    def test_of_the_last_entry_nothing_is_taken_and_its_bytes_are_kept(self):
        half = item(2, text="It sails at noon.")[:-30]
        document = read(rss(item(1), half, end=""))
        assert [one.guid for one in document.items] == ["urn:1"]
        (refused,) = document.rejected
        assert refused.name == "urn:2"
        assert refused.raw == half.encode()
        assert "cut off" in refused.reason

    def test_an_entry_whose_end_stands_only_in_its_text_is_cut_off_too(self):
        half = "<item><guid>urn:2</guid><title>x</title><description><![CDATA[ </item></rss> "
        assert [one.guid for one in read(rss(item(1), half, end="")).items] == ["urn:1"]

    def test_entries_before_the_cut_are_whole(self):
        document = read(rss(item(1), item(2), end="<ite"))
        assert [one.guid for one in document.items] == ["urn:1", "urn:2"]
        assert document.rejected == ()

    def test_a_feed_that_is_broken_but_not_cut_keeps_its_last_entry(self):
        document = read(rss(item(1), item(2, "Fish & chips")))
        assert headlines(document) == ["Ferry", "Fish & chips"]

    def test_atom_is_cut_off_in_the_same_way(self):
        whole = (
            '<feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><title>x</title><entry><id>a</id>'
            "<title>A</title></entry><entry><id>b</id><title>B</title><content>Half of"
        )
        document = read(whole)
        assert [one.guid for one in document.items] == ["a"]
        assert [one.name for one in document.rejected] == ["b"]

    @pytest.mark.parametrize(
        "raw",
        [
            pytest.param(rss(end=""), id="before its first item"),
            pytest.param(rss(item(1)[:-30], end=""), id="in its first item"),
            pytest.param(
                rss("<b>" * 200_000, item(1), "</b>" * 200_000), id="P04 out of a reader's reach"
            ),
            pytest.param(rss(f"<b><b>{item(1)}</b></b>"), id="where items do not stand"),
        ],
    )
    def test_a_document_that_holds_items_is_never_done_with_none(self, raw):
        with pytest.raises(Unreadable):
            read(raw)

    @pytest.mark.parametrize(
        "inside", ["", "<!-- <item></item> -->", "<description><![CDATA[<item>]]></description>"]
    )
    def test_a_feed_without_items_is_an_empty_document(self, inside):
        assert read(rss(inside)).items == ()


class TestTombstones:
    """L06: they are obeyed wherever they stand."""

    STONE = '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="urn:9"/>'

    @pytest.mark.parametrize("title", ["Ferry", "Fish & chips"], ids=["well-formed", "not"])
    def test_in_rss_they_are_obeyed_whether_it_is_well_formed_or_not(self, title):
        raw = rss(self.STONE, item(1, title))
        assert {one.guid: one.pubstatus for one in read(raw).items}["urn:9"] == CANCELED

    def test_in_rdf_they_are_obeyed_beside_the_items(self):
        raw = (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            f'xmlns="http://purl.org/rss/1.0/"><channel/>{self.STONE}</rdf:RDF>'
        )
        assert [one.guid for one in read(raw).items] == ["urn:9"]


class TestSources:
    """R13: the bytes of an item are found again when it has to go aside."""

    LIST = f"[{ninjs(1)},\n {ninjs(2, version='7')}]"
    JSONFEED = (
        '{"version": "https://jsonfeed.org/version/1.1", "items": '
        '[{"id": "urn:1", "title": "x"}, {"id": "urn:2", "title":  "y"}]}'
    )
    CASES = {
        "RSS": (rss(item(1), item(2)), item(2)),
        "a broken feed": (rss(item(1), item(2, "Fish & chips")), item(2, "Fish & chips")),
        "a list": (LIST, ninjs(2, version="7")),
        "lines": (f"{ninjs(1)}\n{ninjs(2)}\n", ninjs(2)),
        "JSON Feed": (JSONFEED, '{"id": "urn:2", "title":  "y"}'),
        "one ninjs": (ninjs(2), ninjs(2)),
        "a neighbour that is refused": (f'[{{"uri": NaN}}, {ninjs(2)}]', ninjs(2)),
    }

    @pytest.mark.parametrize(("raw", "own"), CASES.values(), ids=CASES)
    def test_they_are_the_items_own(self, raw, own):
        document = read(raw)
        found = read_again(raw.encode(), "", ARRIVAL).rejected
        assert [one.name for one in found] == [one.guid for one in document.items]
        assert found[-1].name == "urn:2"
        assert found[-1].raw == own.encode()

    def test_of_two_items_with_one_id_they_are_those_of_the_one_that_is_taken(self):
        dated = [
            item(1, f"Take {n}").replace(
                "</item>", f"<pubDate>2024-05-02T0{n}:00:00Z</pubDate></item>"
            )
            for n in (1, 2)
        ]
        (found,) = read_again(rss(*dated).encode(), "", ARRIVAL).rejected
        assert found.raw == dated[1].encode()

    def test_a_tombstone_has_those_of_the_document(self):
        raw = rss(TestTombstones.STONE).encode()
        (found,) = read_again(raw, "", ARRIVAL).rejected
        assert found.raw == raw
