"""Documents that are broken in a place: what is whole in them is read, and nothing else."""

import json
from datetime import UTC, datetime

import pytest

from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import CANCELED
from wireroom.formats.read import glance, parse

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
