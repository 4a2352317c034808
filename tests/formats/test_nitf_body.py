"""The text of NITF as HTML: what stays, what goes, and at what cost."""

import time

import pytest
from lxml import etree

from wireroom.formats.bodies.clean import clean
from wireroom.formats.nitf.body import html_of

NITF = "http://iptc.org/std/NITF/2006-10-18/"
G2 = "http://iptc.org/std/nar/2006-10-01/"

#: What stands inside body.content, and what it is in HTML.
SAME = [
    ("<p>Two <em>boats</em></p>", "<p>Two <em>boats</em></p>"),
    ("<hl2>Timetable</hl2><hr/>", "<h2>Timetable</h2><hr>"),
    (
        "<bq><block><p>We sail.</p></block><credit>The pilot</credit></bq>",
        "<blockquote><p>We sail.</p><p><cite>The pilot</cite></p></blockquote>",
    ),
    ("<p><q>We sail</q><br/>at six</p>", "<p><q>We sail</q><br>at six</p>"),
    ("<pre>Pier 1   08:10\nPier 2   09:10</pre>", "<pre>Pier 1   08:10\nPier 2   09:10</pre>"),
    (
        '<ol seqnum="3"><li>Elm</li></ol><ul><li>Oak</li></ul>',
        '<ol start="3"><li>Elm</li></ol><ul><li>Oak</li></ul>',
    ),
    ("<dl><dt>Elm</dt><dd>An island</dd></dl>", "<dl><dt>Elm</dt><dd>An island</dd></dl>"),
    (
        (
            '<table><caption>Crossings</caption><tr><th scope="col">Day</th></tr>'
            '<tr><td colspan="2" class="x">Eight</td></tr></table>'
        ),
        (
            '<table><caption>Crossings</caption><tr><th scope="col">Day</th></tr>'
            '<tr><td colspan="2">Eight</td></tr></table>'
        ),
    ),
    (
        (
            "<nitf-table><nitf-table-metadata><nitf-table-summary><p>For desks</p>"
            "</nitf-table-summary></nitf-table-metadata><table><tr><td>8</td></tr></table></nitf-table>"
        ),
        "<table><tr><td>8</td></tr></table>",
    ),
    (
        (
            '<p><person>Ada <name.family>Pilot</name.family><alt-code idsrc="x" value="y"/>'
            "</person> of "
            '<org>Elm Ferries</org> paid <money unit="NZD">40</money> on <chron norm="20240502">'
            'Thursday</chron> at <virtloc>elm.example</virtloc>, <num units="m">12</num> metres</p>'
        ),
        "<p>Ada Pilot of Elm Ferries paid 40 on Thursday at elm.example, 12 metres</p>",
    ),
    ("<p><frac><numer>1</numer><denom>2</denom></frac></p>", "<p>1/2</p>"),
    (
        "<p><frac><numer>1</numer><frac-sep>:</frac-sep><denom>2</denom></frac></p>",
        "<p>1:2</p>",
    ),
    (
        (
            "<p><postaddr><addressee><person>Ada</person></addressee><delivery.point>1 Pier"
            "</delivery.point><postcode>7</postcode></postaddr></p>"
        ),
        "<p>Ada  1 Pier 7 </p>",
    ),
    ("<p>H<sub>2</sub>O, m<sup>2</sup></p>", "<p>H<sub>2</sub>O, m<sup>2</sup></p>"),
    ("<p><object.title>The Tide</object.title></p>", "<p><cite>The Tide</cite></p>"),
    ("<block><block><p>Nested</p></block></block>", "<p>Nested</p>"),
    ("<fn><body.content><p>A footnote</p></body.content></fn>", "<p>A footnote</p>"),
    (
        '<p><a href="https://elm.example/a?b=1&amp;c=2" rel="x">more</a></p>',
        '<p><a href="https://elm.example/a?b=1&amp;c=2">more</a></p>',
    ),
    ("<p>5 &lt; 6 &amp; 7</p>", "<p>5 &lt; 6 &amp; 7</p>"),
    ("<p><b>bold</b><unknown>word</unknown></p>", "<p><b>bold</b>word</p>"),
    ("<p>a <classifier>tide</classifier></p><classifier>c</classifier>", "<p>a tide</p>"),
]
#: What is not for readers, or is no text.
APART = [
    '<note type="npa"><body.content><p>Desk: +00 555 0100</p></body.content></note>',
    '<note type="pa"><body.content><p>An advisory</p></body.content></note>',
    "<tagline>Desk: +00 555 0100</tagline>",
    '<media media-type="image"><media-reference/><media-caption>A</media-caption></media>',
    '<x:desk xmlns:x="https://maker.example/x">For desks</x:desk>',
    "<script>1</script>",
]


def element(inside, namespace=""):
    own = f' xmlns="{namespace}"' if namespace else ""
    return etree.fromstring(f"<body.content{own}>{inside}</body.content>")


@pytest.mark.parametrize("namespace", ["", NITF, G2], ids=["none", "NITF", "what it stands in"])
@pytest.mark.parametrize(("inside", "html"), SAME)
def test_a_text_is_written_as_html(inside, html, namespace):
    assert html_of(element(inside, namespace)) == html


@pytest.mark.parametrize("inside", APART)
def test_what_is_for_editors_stays_out_and_the_text_around_it_stays(inside):
    assert html_of(element(f"<p>One</p>{inside}<p>Two</p>")) == "<p>One</p><p>Two</p>"
    assert html_of(element(f"<p>One {inside}two</p>")) == "<p>One two</p>"


def test_xhtml_inside_keeps_its_words():
    inside = '<h:p xmlns:h="http://www.w3.org/1999/xhtml">Two <h:b>boats</h:b></h:p>'
    assert html_of(element(inside, NITF)) == "<p>Two <b>boats</b></p>"


def test_a_whole_document_gives_all_its_contents_and_no_head():
    whole = etree.fromstring(
        "<nitf><head><title>slug</title></head><body><body.head><hedline><hl1>Ferry</hl1></hedline>"
        "<note><body.content><p>For desks</p></body.content></note></body.head>"
        "<body.content><p>One</p></body.content><body.content><p>Two</p></body.content>"
        "<body.end><tagline>Ada</tagline></body.end></body></nitf>"
    )
    assert html_of(whole) == "<p>One</p><p>Two</p>"


def test_a_body_without_contents_is_taken_whole():
    whole = etree.fromstring(
        "<nitf><body><body.head><hedline><hl1>Ferry</hl1></hedline></body.head><p>One</p></body></nitf>"
    )
    assert html_of(whole) == "<p>One</p>"


def test_words_that_look_like_markup_stay_words():
    assert "<script" not in clean(html_of(element("<p>&lt;script&gt;1&lt;/script&gt;</p>")))


def test_deep_and_long_texts_are_written_in_linear_time():
    deep = "<block>" * 250 + "<p>In</p>" + "</block>" * 250
    assert html_of(element(deep)) == "<p>In</p>"
    few, many = element("<p>a</p>" * 10_000), element("<p>a</p>" * 80_000)
    times = []
    for one in (few, many):
        began = time.process_time()
        html_of(one)
        times.append(time.process_time() - began)
    assert times[1] < 24 * max(times[0], 0.01)


#: Markup that HTML has, too, and what of it a parser writes otherwise than HTML is written.
PLAIN = [
    '<p>Two <em>boats</em> &amp; a "raft" &lt;new&gt;</p>',
    "<p>One<br/>two</p><hr/><ul><li>Elm</li></ul>",
    '<p>See <a href="https://elm.example/?a=1&amp;b=2">here</a></p>',
    '<p>See <a href="https://elm.example/" rel="nofollow">here</a> rel="x"></p>',
    '<p>See <a href="">here</a> and <a>there</a></p>',
    '<p class="lead">One</p><p/>',
    "<p>One&#13;two</p>",
    "One <b>two</b> three",
    '<p xmlns:n="https://elm.example/ns"><n:b>One</n:b> <b xmlns="https://elm.example/ns">t</b></p>',
]


@pytest.mark.parametrize("namespace", ["", NITF])
@pytest.mark.parametrize("inside", PLAIN)
def test_plain_markup_is_written_as_it_would_be_among_elements_of_nitf(inside, namespace):
    assert html_of(element(inside, namespace)) == html_of(element(f"{inside}<num/>", namespace))
