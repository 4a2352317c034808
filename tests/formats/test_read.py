"""Formats told from the bytes, hostile documents refused, and the first look at what came."""

import codecs
import json
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import CANCELED, USABLE, WITHHELD
from wireroom.formats.read import format_of, glance, parse
from wireroom.formats.syntax.jsons import load

ARRIVAL = Arrival(received=datetime(2024, 5, 2, 12, tzinfo=UTC))
NINJS = Path(__file__).parent / "samples" / "ninjs"
RSS = (
    '<rss version="2.0"><channel><title>Harbour</title><link>https://example.org/</link>'
    "<item><guid>urn:1</guid><title>Ferry \u2013 sails</title></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:f</id><title>Harbour</title>'
    "<updated>2024-05-02T08:00:00Z</updated><entry><id>urn:1</id><title>Ferry \u2013 sails</title>"
    "<updated>2024-05-02T08:00:00Z</updated></entry></feed>"
)
JSONFEED = (
    '{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour",'
    ' "items": [{"id": "urn:1", "title": "Ferry \u2013 sails", "content_text": "x"}]}'
)
ITEM = '{"uri": "urn:1", "headline": "Ferry \u2013 sails"}'
FORMATS = {"rss": RSS, "atom": ATOM, "jsonfeed": JSONFEED, "ninjs": ITEM}
SPELLINGS = {
    "plain": lambda text: text.encode(),
    "after white space": lambda text: b"\r\n\t  " + text.encode(),
    "BOM": lambda text: codecs.BOM_UTF8 + text.encode(),
    "UTF-16 LE with BOM": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "UTF-16 BE with BOM": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
}
XML_SPELLINGS = {
    "declared": lambda text: b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode(),
    "declared in small letters": lambda text: (
        b"<?xml version='1.0' encoding='utf-8' ?>" + text.encode()
    ),
    "comment and instruction": lambda text: (
        b'<!-- <html> -->\n<?xml-stylesheet href="x"?>' + text.encode()
    ),
    "P09 UTF-16 without BOM": lambda text: ('<?xml version="1.0"?>' + text).encode("utf-16-le"),
    "P09 Windows-1252 as declared": lambda text: (
        '<?xml version="1.0" encoding="windows-1252"?>' + text
    ).encode("cp1252"),
    "P09 Windows-1252 that claims to be UTF-8": lambda text: text.encode("cp1252"),
}
CASES = [
    *product(FORMATS, SPELLINGS.items()),
    *product(("rss", "atom"), XML_SPELLINGS.items()),
]


@pytest.mark.parametrize(
    ("name", "spelling"), CASES, ids=[f"{name}, {spelling[0]}" for name, spelling in CASES]
)
def test_a_format_is_told_from_the_bytes_and_read(name, spelling):
    raw = spelling[1](FORMATS[name])
    assert format_of(raw) == name
    document = parse(raw, "", ARRIVAL)
    assert document.format == name
    assert [(one.guid, one.headline) for one in document.items] == [("urn:1", "Ferry \u2013 sails")]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b'<rdf:RDF xmlns:rdf="x"/>', "rss"),
        (b'<RDF xmlns="x"/>', "rss"),
        (b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"/>', "atom"),
        (b'<entry xmlns="http://www.w3.org/2005/Atom"/>', "atom"),
        (b'<at:deleted-entry xmlns:at="x"/>', "atom"),
        (b'<!DOCTYPE rss [<!ENTITY a "<html>">]><rss/>', "rss"),
        (b"Warning: out of tea\n<rss version='2.0'/>", "rss"),
        (b'{"items": [], "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', "jsonfeed"),
        (b'[{"URI": "urn:1"}]', "ninjs"),
        (b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"/>', "newsml-g2"),
        (b'<catalog xmlns="http://iptc.org/std/nar/2006-10-01/"/>', "newsml-g2"),
        (b"<nitf/>", "nitf"),
        (b'<NewsML Version="1.2"/>', "newsml1"),
        (b'{"api_version": "2.2", "data": {"item": {"uri": "x"}}}', "ap"),
        (b'{"format": "digitalwires@1", "urn": "x"}', "dpa"),
        (b"\x01hwe0417 4 pl 61  hw 0093\r\n", "iptc7901"),
        (b"\x16\x16\x01a0417\r\n", "anpa"),
        (b"Received: by example.org\r\nSubject: x\r\n\r\nx", "mail"),
    ],
)
def test_each_format_is_known_by_name(raw, name):
    assert format_of(raw) == name


def test_a_format_that_does_not_exist_says_so():
    with pytest.raises(Unreadable, match="there is no format telex"):
        parse(b"<rss/>", "telex", ARRIVAL)


@pytest.mark.cases("A30")
@pytest.mark.parametrize(
    "raw",
    [
        b"<!DOCTYPE html><title>Please sign in</title>",
        b"<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>\n<HTML>",
        b"\xef\xbb\xbf\n<html><body><feed>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y">\n<html xmlns="x"/>',
        b"<!-- served in 3 ms -->\n<html>",
        b"<head><link rel=alternate>",
    ],
)
@pytest.mark.parametrize("named", ["", "rss", "atom", "jsonfeed"])
def test_a30_a_page_of_html_is_not_a_feed(raw, named):
    with pytest.raises(Unreadable, match="not a feed"):
        parse(raw, named, ARRIVAL)


@pytest.mark.parametrize(
    "raw", [b"", b" \n", b"\xef\xbb\xbf", b"hello", b"{}", b"[1]", b"<svg/>", b"\x89PNG\r\n", b"{"]
)
def test_what_is_nothing_gives_a_reason(raw):
    with pytest.raises(Unreadable) as caught:
        parse(raw, "", ARRIVAL)
    assert len(str(caught.value)) > 10


def test_a_channel_may_go_from_rss_to_atom_under_its_address():
    assert parse(ATOM.encode(), "rss", ARRIVAL).format == "atom"


class TestGlance:
    """What cancels, withholds or deletes is never overlooked; what does not is not in a hurry."""

    @pytest.mark.parametrize("path", sorted(NINJS.glob("*.json")), ids=lambda path: path.stem)
    @pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
    @pytest.mark.parametrize("indent", [None, 2])
    def test_ninjs_is_urgent_when_its_status_is_not_usable(self, path, charset, indent):
        sample = json.loads(path.read_text())["document"]
        raw = json.dumps(sample, indent=indent).encode(charset)
        items = parse(raw, "ninjs", ARRIVAL).items
        acts = any(one.pubstatus != USABLE for one in items) or any(
            picture.pubstatus != USABLE for one in items for picture in one.pictures
        )
        assert glance(raw) or not acts

    @pytest.mark.parametrize(
        "status",
        [
            b'"canceled"',
            b'"Cancelled"',
            b'"withheld"',
            b'"stat:canceled"',
            b'"c\\u0061nceled"',
            b'"\\u0063\\u0061\\u006E\\u0063\\u0065\\u006c\\u0065\\u0064"',
            b'"http://cv.iptc.org/newscodes/pubstatusg2/canceled"',
            b'["usable"]',
            b'"unusable"',
            b'"usable, no longer"',
        ],
    )
    @pytest.mark.parametrize("name", [b"pubstatus", b"pubStatus", b"PUBSTATUS", b"pub\\u0053tatus"])
    def test_every_spelling_of_a_status_is_seen(self, name, status):
        raw = b'{"uri": "urn:1", "' + name + b'"\n :\t' + status + b"}"
        assert glance(raw)
        (item,) = parse(raw, "", ARRIVAL).items
        assert item.pubstatus in {CANCELED, WITHHELD}

    @pytest.mark.parametrize("status", [b'"usable"', b'"stat:usable"', b'""', b"null", b'"Usable"'])
    def test_what_is_usable_is_not_urgent(self, status):
        raw = b'{"uri": "urn:1", "headline": "Flights canceled, draft withheld", "pubstatus": '
        assert not glance(raw + status + b"}")
        (item,) = parse(raw + status + b"}", "", ARRIVAL).items
        assert item.pubstatus == USABLE

    @pytest.mark.parametrize("encoded", ["utf-8", "utf-16"])
    @pytest.mark.parametrize("prefix", ["at:", "gone:", ""])
    def test_a_tombstone_is_seen_among_entries(self, prefix, encoded):
        where = 'xmlns:at="http://purl.org/atompub/tombstones/1.0" '
        where += 'xmlns:gone="http://purl.org/atompub/tombstones/1.0"'
        if not prefix:
            where = 'xmlns="http://purl.org/atompub/tombstones/1.0"'
        stone = f'<{prefix}deleted-entry {where} ref="urn:9" when="2024-05-02T09:00:00Z"/>'
        raw = ATOM.replace("<entry>", stone + "<entry>").encode(encoded)
        assert glance(raw)
        items = {one.guid: one.pubstatus for one in parse(raw, "", ARRIVAL).items}
        assert items == {"urn:9": CANCELED, "urn:1": USABLE}

    def test_a_draft_is_seen(self):
        control = (
            '<a:control xmlns:a="http://www.w3.org/2007/app"><a:draft>yes</a:draft></a:control>'
        )
        raw = ATOM.replace("</entry>", control + "</entry>").encode()
        assert glance(raw)
        assert [one.pubstatus for one in parse(raw, "", ARRIVAL).items] == [WITHHELD]

    @pytest.mark.parametrize("name", FORMATS)
    def test_ordinary_documents_are_not_urgent(self, name):
        raw = FORMATS[name].replace("sails", "canceled, draft status withheld, bid deleted")
        assert not glance(raw.encode())

    @pytest.mark.parametrize(
        "raw",
        [
            b'<newsItem><itemMeta><pubStatus qcode="stat:canceled"/>',
            b'<newsItem><itemMeta><pubStatus qcode="house:paused"/>',
            b"<n:newsItem><n:itemMeta><n:pubStatus id='a' literal = 'unusable'/>",
            b"<docdata management-status='withheld'>",
            b'<docdata management-doc-idref="x" management-idref-status="canceled">',
            b'<NewsManagement><Status FormalName="Canceled"/>',
            b'<pubStatus qcode="stat:c&#97;nceled"/>',
        ],
    )
    def test_formats_to_come_are_seen_too(self, raw):
        assert glance(raw)


#: Bytes, the transport's charset, and what is meant by them.
TITLED = "<rss><channel><item><guid>urn:1</guid><title>{}</title></item></channel></rss>"
CHARSETS = {
    "UTF-16 without a mark": (
        ('<?xml version="1.0"?>' + TITLED.format("Füße")).encode("utf-16-be"), "", "Füße",
    ),
    "a header that is not the declaration": (
        b'<?xml version="1.0" encoding="iso-8859-1"?>' + TITLED.format("Füße").encode(),
        "utf-8", "Füße",
    ),
    "a declaration that is a lie": (
        b'<?xml version="1.0" encoding="utf-16"?>' + TITLED.format("Füße").encode(), "", "Füße",
    ),
    "a charset that is none": (TITLED.format("Füße").encode(), "x-user-defined", "Füße"),
    "overlong signs of markup": (
        TITLED.encode().replace(b"{}", b"a\xc0\xbcb\xe0\x80\xbc"), "", "aÀ¼bà€¼",
    ),
    "halves of signs": (TITLED.encode().replace(b"{}", b"a\xed\xa0\xbdb"), "utf-8", "aí ½b"),
    "NUL": (TITLED.encode().replace(b"{}", b"a\0b"), "", "ab"),
    "NUL inside a tag": (TITLED.replace("<title>", "<ti\0tle>").format("ab").encode(), "", "ab"),
    "signs that turn text about": (TITLED.format("a\u202eb\u2066c").encode(), "", "abc"),
}  # fmt: skip


class TestCharsets:
    """P09: bytes that are not what they claim never become markup."""

    @pytest.mark.cases("P09")
    @pytest.mark.parametrize("charset", ["utf-7", "cp037"])
    def test_p09_ways_of_writing_that_carry_tags_past_a_filter_are_not_followed(self, charset):
        raw = RSS.replace("\u2013", "-").encode(charset)
        try:
            items = parse(raw, "", Arrival(received=ARRIVAL.received, charset=charset)).items
        except Unreadable:
            return
        assert all("<" not in one.headline for one in items)

    @pytest.mark.parametrize(("raw", "charset", "said"), CHARSETS.values(), ids=CHARSETS)
    @pytest.mark.cases("P09")
    def test_p09_what_was_meant_is_read_and_nothing_else(self, raw, charset, said):
        arrival = Arrival(received=ARRIVAL.received, charset=charset)
        (item,) = parse(raw, "", arrival).items
        assert item.headline == said

    @pytest.mark.cases("P09")
    def test_p09_signs_that_turn_text_about_are_dropped(self):
        raw = json.dumps({"uri": "u", "headline": "a\u202eb\x00c\ud800", "body_text": "\u202ex"})
        (item,) = parse(raw.encode(), "", ARRIVAL).items
        assert item.headline == "abc\ufffd"
        assert item.body == "<p>x</p>"


class TestJSON:
    """P10: what two readers would read in two ways is not read."""

    @pytest.mark.cases("P10")
    @pytest.mark.parametrize(
        "raw",
        [
            pytest.param(b'{"pubstatus": "usable", "pubstatus": "canceled"}', id="names twice"),
            pytest.param(b'{"a": {"b": 1, "b": 1}}', id="names twice inside"),
            pytest.param(b'{"a": NaN}', id="NaN"),
            pytest.param(b'{"a": -Infinity}', id="infinity"),
            pytest.param(b"[" * 100_000, id="depth, never closed"),
            pytest.param(b"[" * 100_000 + b"]" * 100_000, id="depth"),
            pytest.param(b'{"a":' * 5000 + b"1" + b"}" * 5000, id="depth of objects"),
            pytest.param(b'{"a": ' + b"9" * 5_000_000 + b"}", id="a number of 5,000,000 digits"),
            pytest.param(b'{"a": 1,}', id="a comma too many"),
            pytest.param(b"{'a': 1}", id="the wrong quotes"),
            pytest.param(b'{"a": 1} {"a": 2}', id="more than one value"),
            pytest.param(b'{"a": \x01}', id="a control character for a value"),
        ],
    )
    def test_p10_it_is_refused(self, raw):
        with pytest.raises(Unreadable):
            load(raw)

    @pytest.mark.parametrize(
        ("raw", "value"),
        [
            (b' {"a": [1, 2.5, null, true]}\n', {"a": [1, 2.5, None, True]}),
            (b'"[[[[" ', "[[[["),
            (b'{"a": "' + b"[" * 5000 + b'"}', {"a": "[" * 5000}),
            (b'"\\"[\\\\"', '"[\\'),
            (b'"\\ud83d\\ude00"', "😀"),
            (b'"\\ud83d"', "\ufffd"),
            (b'{"a": "x\x00\x08y\n"}', {"a": "xy\n"}),
            (b'["\xe9\x80", "\xc3\xa9"]', ["é€", "é"]),
        ],
    )
    def test_all_other_json_is_read(self, raw, value):
        assert load(raw) == value

    @pytest.mark.cases("P10")
    def test_p10_a_large_exponent_is_no_crash(self):
        (item,) = parse(b'{"uri": "u", "version": 1e999, "urgency": 1e999}', "", ARRIVAL).items
        assert (item.numbered, item.urgency) == (False, 5)
