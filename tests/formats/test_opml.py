"""Lists of channels in OPML: read as they are written in the wild, and written to be read."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from formats.items import ADDRESSES, SAID
from wireroom.formats import opml
from wireroom.formats.errors import Unreadable
from wireroom.formats.opml import Outline, read, written

SAMPLE = Path(__file__).parent / "samples" / "opml" / "two-folders.opml"
NOW = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
OUTLINES = st.lists(
    st.builds(
        Outline,
        url=ADDRESSES,
        name=SAID,
        home=ADDRESSES,
        language=st.sampled_from(["", "en", "pt-BR"]),
        folders=st.lists(SAID, max_size=3).map(tuple),
    ),
    max_size=6,
    unique_by=lambda one: one.url,
)


def test_channels_are_read_with_their_folders_and_nothing_else_is():
    outlines, notes = read(SAMPLE.read_bytes())
    assert outlines == (
        Outline(
            url="https://harbour.example/news?a=1&b=2",
            name="Harbour news",
            home="https://harbour.example/",
            language="en-nz",
            folders=("Wires", "Harbour & Sons"),
        ),
        Outline(
            url="https://harbour.example/tides", name="Tides", folders=("Wires", "Harbour & Sons")
        ),
        Outline(
            url="https://lighthouse.example/storms.atom",
            name="Storms",
            folders=("Wires", "Lighthouse"),
        ),
        Outline(url="https://loose.example/feed", name="Loose"),
    )
    assert notes == ("twice in the list: https://loose.example/feed",)


@pytest.mark.parametrize(
    "begin", ['<opml version="1.0">', '<opml version="1.1">', "<opml>", "<OPML>"]
)
def test_every_version_and_none_is_accepted(begin):
    end = begin.partition(" ")[0].rstrip(">").replace("<", "</") + ">"
    raw = f"{begin}<body><outline xmlUrl='https://a.example/feed'/></body>{end}".encode()
    assert [one.url for one in read(raw)[0]] == ["https://a.example/feed"]


@given(outlines=OUTLINES, title=SAID)
def test_what_is_written_reads_back_to_the_same_list(outlines, title):
    found, notes = read(written(outlines, title=title, now=NOW))
    assert sorted(found, key=lambda one: one.url) == sorted(outlines, key=lambda one: one.url)
    assert notes == ()


def test_a_list_is_written_as_opml_2_says():
    one = Outline(url="https://a.example/feed", name="A", folders=("Harbour",))
    root = etree.fromstring(written([one], title="Wires", now=NOW))
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "Wires"
    assert root.findtext("head/dateCreated") == "Thu, 02 May 2024 08:00:00 GMT"
    assert b"dateCreated" not in written([one], title="Wires")
    assert root.find("body/outline").attrib == {"text": "Harbour"}
    assert root.find("body/outline/outline").attrib == {
        "type": "rss",
        "text": "A",
        "title": "A",
        "xmlUrl": "https://a.example/feed",
    }


class TestHostile:
    """Lists from anywhere cost little and reach nothing."""

    @pytest.mark.cases("A12")
    def test_a12_no_entity_of_the_documents_own_is_read(self):
        declared = b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        named = b'<opml><body><outline xmlUrl="https://a.example/" text="a%sb"/></body></opml>'
        with pytest.raises(Unreadable, match="Entity 'x' not defined"):
            read(declared + named % b"&x;")
        ((one,), notes) = read(declared + named % b"")
        assert one.name == "ab"
        assert notes == ("entities of the document's own are not read",)

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"<rss/>",
            b"<opml><body><outline",
            b"{}",
            b"<opml>" + b"<outline>" * 400 + b"</outline>" * 400 + b"</opml>",
            b'<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "&d;">]><opml/>',
        ],
        ids=["empty", "a feed", "cut off", "JSON", "too deep", "entities that blow up"],
    )
    def test_what_is_no_list_is_refused(self, raw):
        with pytest.raises(Unreadable):
            read(raw)

    def test_a_list_without_end_is_cut(self):
        lines = "".join(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(opml.MOST + 10))
        outlines, notes = read(f"<opml><body>{lines}</body></opml>".encode())
        assert len(outlines) == opml.MOST
        assert notes == (f"{opml.MOST + 10} channels: the first {opml.MOST} are read",)

    @pytest.mark.parametrize(
        "url",
        ["https://a.example/" + "x" * 3_000, "https://a b.example/", "https://a\u202e.example/"],
    )
    def test_an_address_that_is_none_is_noted(self, url):
        outlines, notes = read(f'<opml><body><outline xmlUrl="{url}"/></body></opml>'.encode())
        assert outlines == ()
        assert "an address that is none" in notes[0]
        assert "\u202e" not in notes[0]

    def test_a_name_that_is_cut_ends_with_a_word(self):
        name = "x" * (opml.LONGEST_NAME - 1)
        raw = f"<opml><body><outline xmlUrl='https://a.example' text='{name} y'/></body></opml>"
        assert read(raw.encode())[0][0].name == name
