"""NewsML-G2 2.35 out: valid, silent about what is for the desk, the same item when read back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from lxml import etree

from formats.items import RICH, SAID, SECRET, WORD, items, said
from harness.absent import shared
from wireroom.formats.document import Arrival
from wireroom.formats.item import CANCELED, UNKNOWN, Countries, Item, Picture, Place, Rights
from wireroom.formats.newsmlg2.documents import read
from wireroom.formats.newsmlg2.write import NAMESPACE, written
from wireroom.formats.outgoing import outgoing

NOW = datetime(2099, 5, 2, 12, tzinfo=UTC)
ARRIVAL = Arrival(received=datetime(2099, 5, 2, 12, 1, tzinfo=UTC))
#: What NewsML-G2 says otherwise; see ``newsmlg2/write.py``.
UNSAID = {"expires", "subjects", "keywords", "pictures", "links", "places", "countries", "body"}
FERRY = Item(
    guid="urn:harbour:ferry",
    version=3,
    headline="Island ferry back in service",
    body="<p>The ferry sailed again.</p>",
    text="The ferry sailed again.",
    creditline="Harbour Wire",
    version_created=datetime(2024, 5, 2, 8, tzinfo=UTC),
    ednote=SECRET,
    slugline=SECRET,
)
#: A body that begins with what a field says is read without it; so the fields here begin apart.
APART = {
    "headline": SAID.map("Headline {}".format),
    "standfirst": SAID.map("Summary {}".format),
    "dateline": WORD.map("PORT {} -".format),
}


@pytest.fixture(scope="module")
def schema():
    """The IPTC's schema."""
    name = "corpora/newsml-g2/NewsML-G2_2.35-spec-All-Power.xsd"
    return etree.XMLSchema(etree.parse(shared(name)))


def back(item, **given_):
    return read(written(item, now=NOW, **given_), ARRIVAL).items


def texts(raw, name):
    return ["".join(one.itertext()) for one in etree.fromstring(raw).iter(f"{{{NAMESPACE}}}{name}")]


@given(item=items(RICH))
def test_what_is_written_is_valid(schema, item):
    root = etree.fromstring(written(item, now=NOW))
    schema.assertValid(root)
    for one in root.iter(f"{{{NAMESPACE}}}newsItem"):  # what a message holds, it checks laxly
        schema.assertValid(etree.fromstring(etree.tostring(one)))


@given(item=items(**APART))
def test_what_is_written_reads_back_to_the_same_item(item):
    found, *pictures = back(item)
    left = replace(outgoing(item), sent=NOW)
    assert said(found, *UNSAID) == said(left, *UNSAID)
    assert found.body == left.body
    assert found.expires == (None if left.expires == UNKNOWN else left.expires)
    assert {one.code for one in left.subjects} <= {one.code for one in found.subjects}
    assert found.keywords == left.keywords
    assert found.places == left.places
    assert [(one.href, one.title) for one in found.links] == [
        (one.href, one.title) for one in left.links
    ]
    assert found.pictures == tuple(replace(one, role="highRes") for one in left.pictures)
    assert [one.kind for one in pictures] == ["picture"] * len(left.pictures)


@given(item=items(RICH, **APART))
def test_any_body_keeps_its_words(item):
    assert squeezed(back(item)[0].text) == squeezed(outgoing(item).text)


@given(item=items())
def test_r69_nothing_for_the_desk_goes_out(item):
    assert SECRET not in written(item, now=NOW).decode()


@given(item=items())
def test_r70_credit_goes_out_with_every_item_and_picture(item):
    said = texts(written(item, now=NOW), "creditline")
    assert len(said) == 1 + len(outgoing(item).pictures)
    assert all(said)


def test_a_kill_says_who_and_that_it_is_over_and_no_more(schema):
    killed = replace(FERRY, version=4, pubstatus=CANCELED, rights=Rights(notice="© Harbour Wire"))
    root = etree.fromstring(written(killed, now=NOW))
    (item,) = root.iter(f"{{{NAMESPACE}}}newsItem")
    schema.assertValid(item)
    assert [etree.QName(one).localname for one in item.iter()] == [
        *("newsItem", "catalogRef", "rightsInfo", "copyrightNotice"),
        *("itemMeta", "itemClass", "provider", "name", "versionCreated", "pubStatus"),
        *("contentMeta", "urgency", "creditline"),
    ]
    (found,) = back(killed)
    assert (found.guid, found.version, found.pubstatus) == ("urn:harbour:ferry", 4, CANCELED)


def test_an_embargo_without_an_end_goes_out_as_one():
    raw = written(replace(FERRY, embargo=UNKNOWN), now=NOW)
    assert b"<embargoed/>" in raw
    assert read(raw, ARRIVAL).items[0].embargo == UNKNOWN


def test_a_picture_goes_out_as_an_item_that_is_one():
    photo = Picture(
        href="https://wire.example/1.jpg",
        mime="image/jpeg",
        caption="The ferry",
        alt="A boat",
        credit="Ada Pilot",
        role="highRes",
        guid="urn:harbour:photo",
        version=2,
        rights=Rights(holder="Harbour Wire"),
    )
    item = replace(
        FERRY,
        guid="urn:harbour:photo",
        version=2,
        kind="picture",
        body="",
        text="",
        creditline="Ada Pilot",
        pictures=(photo,),
        rights=Rights(holder="Harbour Wire"),
    )
    (found,) = back(item)
    assert (found.kind, found.headline) == ("picture", FERRY.headline)
    assert found.pictures == (photo,)


def test_the_house_gives_a_story_under_its_own_address_and_name():
    raw = written(FERRY, now=NOW, provider="House", uri="https://house.example/s/12")
    (found,) = read(raw, ARRIVAL).items
    assert found.guid == "https://house.example/s/12"
    assert found.aliases == ("urn:harbour:ferry",)
    assert texts(raw, "provider") == ["House"]


def test_a_country_of_a_place_is_told_by_its_code():
    item = replace(FERRY, places=(Place(name="Port Elm", country="NZ"),))
    (found,) = back(item)
    assert found.places == item.places
    assert found.countries == Countries(mentioned=("NZ",))


def squeezed(text):
    """Give words without spaces, and without the sign for a sign lost, which never goes out."""
    return "".join(text.replace("\ufffd", "").split())
