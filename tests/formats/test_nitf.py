"""NITF: samples that say what they are, chains of versions, and what one document costs."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formats.terms import wrong
from formats.test_feed_samples import arrival, said_of
from harness.absent import shared
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import UNKNOWN
from wireroom.formats.nitf import read
from wireroom.formats.read import format_of, parse
from wireroom.formats.sources import read as sources

ARRIVAL = Arrival(received=datetime(2024, 5, 2, 12, tzinfo=UTC))
SAMPLES = sorted((Path(__file__).parent / "samples" / "nitf").glob("*.xml"))


def document(docdata="", body="<p>One</p>", more=""):
    return (
        f'<nitf{more}><head><docdata><doc-id id-string="HW-1"/>{docdata}</docdata></head>'
        f"<body><body.content>{body}</body.content></body></nitf>"
    ).encode()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_what_it_says(path):
    raw = path.read_bytes()
    assert format_of(raw) == "nitf"
    assert not wrong(path, read(raw, arrival(said_of(path))))


def test_the_samples_are_there():
    assert len(SAMPLES) >= 150


class TestChains:
    """Versions of one story, by the key that they share."""

    @staticmethod
    def take(number, *, day=2, status="usable"):
        docdata = (
            f'<date.issue norm="202405{day:02}T{number:02}0000Z"/>'
            f'<du-key key="FERRY" generation="{number}"/>'
        )
        raw = document(docdata).replace(b"HW-1", f"HW-{day}-{number}".encode())
        raw = raw.replace(b"<docdata>", f'<docdata management-status="{status}">'.encode())
        return read(raw, ARRIVAL).items[0]

    def test_generations_of_a_day_share_a_guid_and_are_in_order(self):
        takes = [self.take(number) for number in (1, 2, 4)]
        assert len({one.guid for one in takes}) == 1
        assert [one.version for one in takes] == [1, 2, 4]
        assert all(one.numbered for one in takes)
        assert [one.aliases for one in takes] == [("HW-2-1",), ("HW-2-2",), ("HW-2-4",)]

    def test_a_kill_in_a_chain_names_the_chain(self):
        assert self.take(3, status="canceled").guid == self.take(1).guid

    def test_a_key_that_is_used_again_the_next_day_is_another_story(self):
        assert self.take(1, day=3).guid != self.take(1, day=2).guid


@pytest.mark.parametrize(("uno", "same"), [("FERRY", True), ("HW-1", False)])
def test_a_key_that_is_the_uno_too_names_one_story_on_every_day(uno, same):
    first, second = (
        document(f'<date.issue norm="2024050{day}"/><du-key key="FERRY" generation="{day}"/>')
        for day in (2, 3)
    )
    read_ = [
        read(one.replace(b"<nitf", f'<nitf uno="{uno}"'.encode(), 1), ARRIVAL).items[0]
        for one in (first, second)
    ]
    assert (read_[0].guid == read_[1].guid == "FERRY") is same
    assert [one.version for one in read_] == [2, 3]


class TestRefused:
    """What cannot be read, and why."""

    def test_a_document_that_nothing_names(self):
        raw = b"<nitf><body><body.content><p>One</p></body.content></body></nitf>"
        with pytest.raises(Unreadable, match="no doc-id, no du-key and no uno"):
            read(raw, ARRIVAL)

    def test_a_document_that_is_none(self):
        with pytest.raises(Unreadable, match="its root is html"):
            read(b"<html/>", ARRIVAL)

    def test_a_document_that_is_cut_off_is_no_story_and_no_feed(self):
        with pytest.raises(Unreadable, match="not well-formed"):
            parse(document()[:-20], "nitf", ARRIVAL)

    @pytest.mark.parametrize(
        "entity", ['<!ENTITY x "y">', '<!ENTITY x SYSTEM "file:///etc/passwd">']
    )
    def test_entities_of_its_own_are_not_read(self, entity):
        raw = f"<!DOCTYPE nitf [{entity}]>".encode() + document(body="<p>a &x; b</p>")
        try:
            (item,) = parse(raw, "nitf", ARRIVAL).items
        except Unreadable:
            return
        assert item.text in {"a b", "a &x; b"}


def test_an_item_keeps_the_bytes_of_its_document():
    raw = document()
    assert [one.raw for one in sources(raw, "nitf", ARRIVAL).rejected] == [raw]


def test_no_empty_element_or_attribute_breaks_the_reader():
    names = [line.split('"')[1] for line in _elements() if "name=" in line]
    for name in names:
        for said in (f"<{name}/>", f"<{name}>x</{name}>", f'<{name} norm="x" info="" key="k"/>'):
            for raw in (document(said), document(body=said)):
                (item,) = read(raw, ARRIVAL).items
                assert item.aliases in {(), ("HW-1",)}
                assert item.embargo in {None, UNKNOWN}


def _elements():
    schema = shared("corpora/nitf/nitf-3-6.xsd").read_text()
    return [line for line in schema.splitlines() if "<element name=" in line]


@pytest.mark.parametrize(
    "big",
    [
        document(body="<p>word</p>" * 100_000),
        document("<ed-msg info='x'/>" * 50_000),
        document("<key-list>" + "<keyword key='x'/>" * 100_000 + "</key-list>"),
        document(body="<p>" * 240 + "word " * 200_000 + "</p>" * 240),
        document(body="<note><body.content>" + "<p>" * 230 + "x " * 200_000 + "</p>" * 230
                 + "</body.content></note>"),
        document(body="<p>***</p>" * 50_000),
        document(body="<p>+00 555 0100</p>" * 50_000),
    ],
    ids=["paragraphs", "messages", "keywords", "depth", "a deep note", "borders", "contacts"],
)  # fmt: skip
def test_a_large_document_takes_little_time(big):
    began = time.process_time()
    read(big, ARRIVAL)
    assert time.process_time() - began < 3
