"""NITF 3.6 out: valid, silent about what is for the desk, and the same item when read back."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from lxml import etree

from formats.items import RICH, SECRET, items, said
from harness.absent import shared
from wireroom.formats.bodies.clean import clean
from wireroom.formats.bodies.text import text_of
from wireroom.formats.document import Arrival
from wireroom.formats.item import CANCELED, UNKNOWN, USABLE, Item, Rights
from wireroom.formats.nitf.documents import read
from wireroom.formats.nitf.write import NAMESPACE, written
from wireroom.formats.outgoing import outgoing

ARRIVAL = Arrival(received=datetime(2100, 5, 2, 12, tzinfo=UTC))
#: What NITF cannot say, or says otherwise; see ``nitf/write.py``.
UNSAID = {
    *("aliases", "links", "located", "first_created", "subjects", "keywords"),
    *("countries", "places", "pictures", "rights", "expires", "expiry_removes", "body", "text"),
    *("signal", "kind"),
}
HEAD = "<thead><tr><th>A</th></tr></thead>"
FERRY = Item(
    guid="urn:harbour:ferry",
    version=3,
    headline="Island ferry back in service",
    body="<p>The ferry sailed again.</p>",
    text="The ferry sailed again.",
    creditline="Harbour Wire",
    ednote=SECRET,
    slugline=SECRET,
)


@pytest.fixture(scope="module")
def schema():
    """The IPTC's schema."""
    return etree.XMLSchema(etree.parse(shared("corpora/nitf/nitf-3-6.xsd")))


def back(item, **given_):
    (found,) = read(written(item, **given_), ARRIVAL).items
    return found


def texts(raw, name):
    return ["".join(one.itertext()) for one in etree.fromstring(raw).iter(f"{{{NAMESPACE}}}{name}")]


@given(item=items(RICH))
def test_what_is_written_is_valid(schema, item):
    schema.assertValid(etree.fromstring(written(item)))


@given(item=items())
def test_what_is_written_reads_back_to_the_same_item(item):
    found, left = back(item), outgoing(item)
    if left.pubstatus != USABLE and left.embargo == UNKNOWN:
        left = replace(left, embargo=None)  # one status is said, the one that forbids more
    assert said(found, *UNSAID) == said(left, *UNSAID)
    assert found.body == left.body
    assert found.text == left.text
    if UNKNOWN not in {left.embargo, left.expires}:
        assert found.expires == left.expires
    if left.signal != "repeat":
        assert found.signal == left.signal
    if left.kind != "package":
        assert found.kind == left.kind
    codes = {one.code for one in left.subjects if one.code.startswith("subj:")}
    assert codes <= {one.code for one in found.subjects}
    assert set(left.keywords) <= set(found.keywords)
    assert [(p.code, p.name) for p in found.places] == [(p.code, p.name) for p in left.places]
    assert [shown(one) for one in found.pictures] == [shown(one) for one in left.pictures]
    assert found.rights.holder == left.rights.holder
    for words in (left.rights.notice, left.rights.terms):
        assert words in found.rights.terms


@given(item=items(RICH))
def test_any_body_keeps_its_words(item):
    assert squeezed(back(item).text) == squeezed(outgoing(item).text)


@given(item=items())
def test_r69_nothing_for_the_desk_goes_out(item):
    assert SECRET not in written(item).decode()


@given(item=items())
def test_r70_credit_goes_out_with_every_item_and_picture(item):
    raw = written(item)
    assert [" ".join(one.split()) for one in texts(raw, "distributor")] == [item.creditline]
    assert len(texts(raw, "media-producer")) == len(outgoing(item).pictures)
    assert all(texts(raw, "media-producer"))


def test_a_kill_says_who_and_that_it_is_over_and_no_more(schema):
    killed = replace(FERRY, version=4, pubstatus=CANCELED, rights=Rights(notice="© Harbour Wire"))
    root = etree.fromstring(written(killed))
    schema.assertValid(root)
    assert [etree.QName(one).localname for one in root.iter()] == [
        *("nitf", "head", "docdata", "doc-id", "urgency", "du-key"),
        *("body", "body.head", "rights", "distributor"),
    ]
    assert back(killed).pubstatus == CANCELED


def test_an_embargo_goes_out_as_a_date_of_release_and_never_as_one_of_expiry():
    raw = written(replace(FERRY, embargo=datetime(2024, 5, 2, 10, tzinfo=UTC)))
    assert b'<date.release norm="20240502T100000Z"/>' in raw
    assert b"date.expire" not in raw


def test_an_embargo_without_an_end_goes_out_as_embargoed():
    raw = written(replace(FERRY, embargo=UNKNOWN))
    assert b'management-status="embargoed"' in raw
    assert b"date.release" not in raw


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Loose <em>words</em><p>and a paragraph</p>",
            "<p>Loose <em>words</em></p><p>and a paragraph</p>",
        ),
        ("<h3>Tides</h3>", "<h2>Tides</h2>"),
        ("<p>CO<sub>2</sub> <strong>rises</strong></p>", "<p>CO<sub>2</sub> <em>rises</em></p>"),
        ("<div>One</div><div>Two</div>", "<p>One</p><p>Two</p>"),
        ("<ul><li>One<div>two</div>three</li></ul>", "<ul><li>One<br>two<br>three</li></ul>"),
        ("<dl><dt>Boat</dt><dd>Blue</dd></dl>", "<dl><dt>Boat</dt><dd><p>Blue</p></dd></dl>"),
        ("<blockquote>Said he</blockquote>", "<blockquote><p>Said he</p></blockquote>"),
        ('<ol start="3"><li>x</li></ol><ul></ul>', '<ol start="3"><li>x</li></ol>'),
        (
            f"<table>{HEAD}<tbody><tr><td>1</td></tr></tbody><tbody><tr><td>2</td></tr></tbody></table>",
            f"<table>{HEAD}<tbody><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table>",
        ),
        ('<p><a href="https://x.example/?a=1&amp;b=2" title="a &lt; b">x</a></p>', None),
        ("<pre>1  2\n3  4</pre>", "<pre>1  2\n3  4</pre>"),
    ],
)
def test_a_body_is_written_with_the_elements_that_nitf_has(schema, body, expected):
    body = clean(body)
    item = replace(FERRY, body=body, text=text_of(body))
    schema.assertValid(etree.fromstring(written(item)))
    assert back(item).body == (body if expected is None else clean(expected))


def test_a_body_as_deep_as_the_cleaner_allows_is_written(schema):
    body = clean("<blockquote>" * 190 + "deep" + "</blockquote>" * 190)
    item = replace(FERRY, body=body, text=text_of(body))
    assert b">deep<" in written(item)


@pytest.mark.parametrize("part", ["a<br>", "<em>a</em> ", "a<div>b</div>"])
def test_a_line_of_many_parts_is_written_in_time_that_grows_with_them_alone(part):
    body = clean(f"<table><tr><td>{part * 9_000}</td></tr></table>")
    item = replace(FERRY, body=body, text=text_of(body))
    begun = time.process_time()
    written(item)
    assert time.process_time() - begun < 1.5


def shown(picture):
    return (
        *(picture.href, picture.caption, picture.credit, picture.alt),
        *(picture.mime, picture.width, picture.height, picture.role),
    )


def squeezed(text):
    """Give words without spaces, and without the sign for a sign lost, which never goes out."""
    return "".join(text.replace("\ufffd", "").split())
