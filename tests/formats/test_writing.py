"""What holds of every writer, whatever an item says."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from formats.items import ADDRESSES, items
from harness.absent import SHARED, shared
from harness.schema import Schema
from wireroom.formats import newsmlg2, ninjs, nitf
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import UNKNOWN, WITHHELD, Link, Picture, Place, Rights, Subject
from wireroom.formats.newsmlg2 import write as write_newsmlg2
from wireroom.formats.ninjs import write as write_ninjs
from wireroom.formats.nitf import write as write_nitf
from wireroom.formats.outgoing import outgoing

NOW = datetime(2024, 5, 2, 12, tzinfo=UTC)
WRITERS = {
    "ninjs": write_ninjs.written,
    "nitf": write_nitf.written,
    "newsml-g2": lambda item: write_newsmlg2.written(item, now=NOW),
}
#: Any signs at all: controls, halves of characters, what XML forbids.
ANY = st.text(st.characters(exclude_categories=()), max_size=20)
HREFS = st.one_of(ADDRESSES, ANY, ANY.map("https:{}".format))
WILD = items(
    ANY,
    version=st.integers(0, 10**12),
    headline=ANY,
    standfirst=ANY,
    byline=ANY,
    creditline=ANY,
    dateline=ANY,
    located=ANY,
    language=ANY,
    urgency=st.integers(1, 9),
    first_created=st.none(),
    version_created=st.none(),
    keywords=st.lists(ANY, max_size=3).map(tuple),
    aliases=st.lists(ANY, max_size=3).map(tuple),
    subjects=st.lists(st.builds(Subject, code=ANY, name=ANY), max_size=3).map(tuple),
    places=st.lists(st.builds(Place, code=ANY, name=ANY, country=ANY), max_size=3).map(tuple),
    links=st.lists(st.builds(Link, rel=ANY, href=HREFS, title=ANY, mime=ANY), max_size=3).map(
        tuple
    ),
    rights=st.builds(Rights, holder=ANY, notice=ANY, terms=ANY, territory=ANY),
    pictures=st.lists(
        st.builds(
            Picture, href=ANY, caption=ANY, credit=ANY, alt=ANY, mime=ANY, guid=ANY, role=ANY
        ),
        max_size=3,
    ).map(tuple),
)


@pytest.fixture(scope="module")
def faults():
    """What the IPTC's schemas have against documents."""
    known = Schema(
        shared("corpora/ninjs/schema/ninjs-schema_3.1.json"),
        shared("corpora/ninjs/test_suite/GeoJSON-schema.json"),
    )
    folder = shared("corpora")
    xml = {
        "nitf": etree.XMLSchema(etree.parse(folder / "nitf/nitf-3-6.xsd")),
        "newsml-g2": etree.XMLSchema(
            etree.parse(folder / "newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd")
        ),
    }

    def of(name, raw):
        if name == "ninjs":
            return known.faults(json.loads(raw))
        schema = xml[name]
        return [] if schema.validate(etree.fromstring(raw)) else list(schema.error_log)

    return of


@pytest.mark.parametrize("name", WRITERS)
@given(item=WILD)
def test_whatever_signs_an_item_has_what_is_written_is_valid(faults, name, item):
    assert faults(name, WRITERS[name](item)) == []


@pytest.mark.parametrize("name", WRITERS)
@given(item=WILD)
def test_the_same_item_is_written_in_the_same_bytes(name, item):
    assert WRITERS[name](item) == WRITERS[name](item)


def corpora():
    """Find documents of the IPTC and of an agency, with the reader of each."""
    folder = SHARED / "corpora"
    found = [(ninjs.read, path) for path in folder.glob("ninjs/test_suite/*/should_pass/*.json")]
    found += [(newsmlg2.read, path) for path in folder.glob("newsml-g2/examples/*.xml")]
    found += [(newsmlg2.read, path) for path in folder.glob("dpa/output/*.xml")]
    return sorted(found, key=lambda one: one[1])


def others():
    """Yield what is read of them; some examples are parts of documents."""
    for read, path in corpora():
        with suppress(Unreadable):
            yield from (
                (path, item) for item in read(path.read_bytes(), Arrival(received=NOW)).items
            )


def test_the_corpora_are_there():
    shared("corpora")
    assert len(corpora()) >= 200


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_read_from_others_is_written_valid_and_read_again(faults, name):
    read = {"ninjs": ninjs.read, "nitf": nitf.read, "newsml-g2": newsmlg2.read}[name]
    left = [
        (path, replace(outgoing(item), guid="https://house.example/s/1"))
        for path, item in others()
        if item.kind != "other" and not item.patch
    ]
    assert len(left) >= 150
    for path, item in left:
        raw = WRITERS[name](item)
        assert faults(name, raw) == [], path
        found = read(raw, Arrival(received=NOW)).items[0]
        if item.embargo == UNKNOWN and name == "ninjs":
            assert found.pubstatus == WITHHELD, path
            continue
        assert (found.pubstatus, found.headline) == (item.pubstatus, item.headline), path
        assert "".join(found.text.split()) == "".join(item.text.split()), path
