"""Bodies are harmless, cost little, and do not change when cleaned again."""

import json
import re
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as tree

from formats.attacks import COSTLY, VECTORS
from harness.absent import absent
from harness.cases import each
from wireroom.formats.bodies import bounds
from wireroom.formats.bodies.clean import (
    ATTRIBUTES,
    REL,
    TAGS,
    clean,
    clean_and_read,
    clean_paragraphs,
    one_pass,
)
from wireroom.formats.bodies.markup import parted, value_of
from wireroom.formats.bodies.spelling import orderly, spelled
from wireroom.formats.bodies.text import UNSEEN, escaped, paragraphs, plain, text_of
from wireroom.formats.document import Arrival
from wireroom.formats.read import parse

ARRIVAL = Arrival(received=datetime(2024, 5, 2, 12, tzinfo=UTC))
BASE = "https://wire.example/2024/05/item.html"
ROOT = Path(__file__).resolve().parents[2]
FEEDPARSER = ROOT / ".venv" / "feedparser-samples"
SCENES = {
    f"{case}, {number}": vector
    for case, vectors in VECTORS.items()
    for number, vector in enumerate(vectors)
}
NAMES = (
    "p",
    "b",
    "i",
    "a",
    "div",
    "table",
    "tr",
    "td",
    "li",
    "ul",
    "select",
    "svg",
    "math",
    "style",
)
#: Pieces that cleaners have stumbled over, to be put together in any order.
PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in NAMES),
        *(f"</{tag}>" for tag in NAMES),
        "<a href='/x'>",
        "<a href='javascript:x' title='<b>'>",
        "<td colspan='2' rowspan='x'>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<textarea>",
        "</textarea>",
        "<template>",
        "<pre>\n\n",
        "&lt;",
        "&amp;lt;",
        "&#x202e;",
        "&nbsp;",
        "\u202e",
        "\x00",
        "\ud800",
        "&",
        "<",
        ">",
        " ",
        "\n",
        "words",
    ]
)
#: Bodies as most agencies write them, and words in them that are not as they look.
SAID = st.lists(
    st.sampled_from(
        [
            "words ",
            "&amp;",
            "&lt;p&gt;",
            "&#13;",
            "&#x26;lt;",
            "&nbsp;",
            "\xa0",
            "&",
            ">",
            '"',
            "'",
            "\n",
            "\r\n",
            "\ufdd0",
            "\U0001fffe",
            "&ampx",
            "&#0;",
            "&notin;",
            "😀",
            "<img src='/x'>",
        ]
    ),
    max_size=4,
).map("".join)
INSIDE = st.lists(
    st.one_of(
        SAID,
        st.tuples(st.sampled_from(["b", "em", "sup", "a", "span", "p", "li"]), SAID).map(
            lambda one: f"<{one[0]}>{one[1]}</{one[0]}>"
        ),
        st.tuples(
            st.sampled_from(
                [
                    "https://1.2.3.400/",
                    "https://a.0x/",
                    "https://xn--a.b/",
                    "/a?b=1&amp;c",
                    "http://x.example/&quot;",
                    "x:y",
                ]
            ),
            SAID,
        ).map(lambda one: f"<a href='{one[0]}' class='x'>{one[1]}</a>"),
        st.just("<br>"),
    ),
    max_size=4,
).map("".join)
PLAIN_BODIES = st.lists(
    st.tuples(
        st.sampled_from(["p", "p", "p", "h2", "h3", "ul", "ol", "blockquote", "div"]), INSIDE
    ),
    max_size=5,
).map(lambda blocks: "\n".join(f"<{tag}>{inside}</{tag}>" for tag, inside in blocks))


def violations(html):
    """List what stands in cleaned HTML that may not, by another parser's reading."""
    found = []
    for element in tree.fragment_fromstring(html, create_parent="div").iter():
        if element.getparent() is None:
            continue
        if not isinstance(element.tag, str) or element.tag not in TAGS:
            found.append(str(element.tag))
            continue
        for name, value in element.items():
            if name == "rel" and value == REL:
                continue
            if name not in ATTRIBUTES.get(element.tag, ()):
                found.append(f"{element.tag} {name}")
            if name in {"href", "cite"} and not re.match(r"(?:https?://[^/]|mailto:.+@)", value):
                found.append(value)
    return found + UNSEEN.findall(html)


@pytest.mark.parametrize("vector", each(SCENES))
def test_nothing_stays_that_may_not(vector):
    for markup in (vector, f"<p>before</p>{vector}<p>after</p>", f"<table><td>{vector}"):
        cleaned = clean(markup, base=BASE)
        assert not violations(cleaned), cleaned
        assert clean(cleaned, base=BASE) == cleaned


@pytest.mark.cases("A14", "A18", "A28", "A37")
def test_no_vector_runs_in_a_browser(page, record_property):
    """Chromium loads every cleaned vector; what would run sets ``window.ran``."""
    reached = []
    page.on("request", lambda request: reached.append(request.url))
    cleaned = [clean(f"<p>x</p>{vector}", base="http://127.0.0.1/") for vector in SCENES.values()]
    for body in ("".join(cleaned), *cleaned):
        page.set_content(f"<!doctype html><title>x</title><article>{body}</article>")
        # Whatever is shown is touched: links are followed as far as their scripts.
        page.evaluate(
            """() => document.querySelectorAll('article *').forEach(element => {
                for (const name of ['click', 'mouseover', 'focus', 'toggle'])
                    element.dispatchEvent(new Event(name, {bubbles: true}));
                if (element.protocol === 'javascript:') window.ran = 1;
            })"""
        )
        assert page.evaluate("window.ran") is None, body
    record_property("saw", f"0 of {len(cleaned)} vectors ran, {len(reached)} requests")
    assert not reached


def test_the_browser_would_have_seen_them_run(page):
    """The same oracle, on vectors that were not cleaned."""
    ran = 0
    for vector in VECTORS["A14 attributes that run"]:
        page.set_content(
            f"<!doctype html><title>x</title>{vector}<img src=data:, onerror='done=1'>"
        )
        page.wait_for_function("window.done === 1")
        ran += page.evaluate("window.ran === 1")
    assert ran >= 5


@pytest.mark.cases("A14")
def test_a14_what_feedparser_was_attacked_with_is_harmless(record_property):
    folders = [folder for folder in FEEDPARSER.rglob("sanitize") if folder.is_dir()]
    if not folders:
        absent("feedparser's samples (python tests/formats/fetch_feedparser_samples.py)")
    files = list(chain.from_iterable(folder.rglob("*.xml") for folder in folders))
    record_property("saw", f"{len(files)} files of feedparser's")
    assert len(files) == 745
    for path in files:
        for item in parse(path.read_bytes(), "", ARRIVAL).items:
            assert not violations(item.body), path.name
        said = path.read_bytes().decode("utf-8", "replace")
        for markup in (said, said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")):
            cleaned = clean(markup, base=BASE)
            assert not violations(cleaned), path.name
            assert clean(cleaned, base=BASE) == cleaned, path.name


@pytest.mark.cases("A28")
def test_a28_an_embed_leaves_its_words_and_links():
    frame, post = VECTORS["A28 embeds of others"][:2]
    assert clean(f"<p>x</p>{frame}") == "<p>x</p>"
    assert clean(post) == f'<p>x <a href="https://x.example/" rel="{REL}">y</a></p>'


@pytest.mark.cases("A37")
def test_a37_what_changes_when_it_is_read_again_is_never_allowed():
    never = {"svg", "math", "style", "noscript", "template", "select", "textarea", "title", "xmp"}
    never |= {"iframe", "object", "embed", "script", "form", "plaintext", "noembed", "noframes"}
    assert not never & TAGS
    for tag in never:
        assert f"<{tag}" not in clean(f"<p>x<{tag}><b>y</b></{tag}></p>")


@pytest.mark.cases("A37")
def test_a37_the_cleaner_was_built_with_an_ammonia_that_is_sound():
    native = next(Path(nh3.__file__).parent.glob("nh3*.so"), None)
    versions = set(
        re.findall(rb"ammonia-(\d+)\.(\d+)\.(\d+)", native.read_bytes() if native else b"")
    )
    if not versions:
        absent("the version of ammonia in nh3's wheel")
    assert all(tuple(map(int, version)) >= (4, 1, 4) for version in versions)


#: What costs the cleaner nothing.
CHEAP = {"P07 comments", "P08 quotes"}


class TestCosts:
    """P04 to P08: what would cost minutes costs a look, and its words stay."""

    @pytest.mark.parametrize("markup", each(COSTLY))
    def test_it_is_cleaned_or_only_its_words_are_kept(self, markup):
        cleaned = clean(markup)
        assert not violations(cleaned) if len(cleaned) < 100_000 else "<script" not in cleaned
        assert ("said" in cleaned) == ("said" in markup)
        assert clean(cleaned) == cleaned

    @pytest.mark.parametrize(
        "markup",
        each({name: said for name, said in COSTLY.items() if name not in CHEAP}),
    )
    def test_it_never_reaches_the_cleaner(self, markup):
        assert not bounds.within(markup)

    @pytest.mark.parametrize(
        "markup",
        [
            "<p>word<br>" * 5000,
            "<ul>" + "<li>one" * 3000 + "</ul>",
            "<table>" + "<tr><td>1<td>2" * 3000 + "</table>",
            "<div>" * 150 + "x" + "</div>" * 150,
            "<p><b>x</b> <i>y</i> <a href='https://example.org/'>z</a></p>" * 1500,
            "<p>" + " ".join(f"a{n}" for n in range(500)) + "</p>",
            "<p " + " ".join(f"a{n}=b" for n in range(64)) + ">x</p>",
            "<div><script>if (a</b) '</div>'</script><p>x</p></div>" * 500,
            f"<a href='https://example.org/{'x' * 8000}'>x</a>",
            "<p>&amp;&eacute;&#2309;</p>" * 9_000,
        ],
    )
    def test_long_ordinary_bodies_are_cleaned_as_ever(self, markup):
        assert bounds.within(markup)
        assert "<u>kept</u>" in clean(f"<p><u>kept</u></p>{markup}")

    def test_limits_are_those_of_the_house(self):
        limits = (bounds.BODY, bounds.DEPTH, bounds.ATTRIBUTES, bounds.ATTRIBUTE_BYTES)
        assert limits == (512 * 1024, 200, 64, 8 * 1024)
        assert bounds.within("<p>" + "x" * (bounds.BODY - 3))
        assert not bounds.within("<p>" + "x" * (bounds.BODY - 2))
        assert not bounds.within("<p>" + "अ" * (bounds.BODY // 3))


class TestFixpoint:
    """Cleaned once is cleaned for good."""

    @given(st.lists(PIECES, max_size=30).map("".join))
    @example("<p><select><p>")
    @example("<table><b><tr>x")
    @example("<pre>\n\n\nx</pre>")
    @example("&amp;#x202e;<b>")
    def test_markup(self, markup):
        cleaned = clean(markup, base=BASE)
        assert clean(cleaned, base=BASE) == cleaned
        assert clean(cleaned) == cleaned
        assert one_pass(cleaned, BASE) == cleaned
        assert not violations(cleaned)

    @given(PLAIN_BODIES)
    @example("<p>a&#13;b</p>")
    def test_what_the_cleaner_is_not_asked_about_it_would_leave_as_it_is(self, html):
        cleaned = clean(html, base=BASE)
        assert one_pass(cleaned, BASE) == cleaned
        assert not violations(cleaned)

    @pytest.mark.parametrize(
        ("html", "is_orderly"),
        [
            ("<p>a</p>\n<h2>b <b>c</b></h2><ul><li>d<br>e</li></ul>", True),
            ("<blockquote><p>a <a href='https://x.example/a?b&amp;c'>d</a></p></blockquote>", True),
            ("<p>a<p>b</p></p>", False),
            ("<p><b>a</p></b>", False),
            ("<p><b>a<b>b</b></b></p>", False),
            ("<p><a href='https://x.example/'>a<a href='https://x.example/'>b</a></a></p>", False),
            ("<p><a href='mailto:a@x.example'>a</a></p>", False),
            ("<p><a href='https://1.2.3.400/x'>a</a></p>", False),
            ("<p><a href='https://1.2.3.4.5/'>a</a></p>", False),
            ("<p><a href='https://a.0x/'>a</a></p>", False),
            ("<p><a href='https://xn--a/x'>a</a></p>", False),
            ("<p><a href='https://www.xn--999.com/'>a</a></p>", False),
            ("<p>a", False),
            ("</p>", False),
            ("<pre>\n\na</pre>", False),
            ("<table><tr><td>a</td></tr></table>", False),
            ("<li>a</li>", False),
            ("<p><script>a</script></p>", False),
        ],
    )
    def test_only_the_plainest_bodies_are_orderly(self, html, is_orderly):
        pieces = spelled(parted(html), BASE)
        assert orderly(pieces) is is_orderly
        assert not is_orderly or one_pass("".join(pieces), BASE) == "".join(pieces)

    @given(st.lists(PIECES, max_size=30).map("".join))
    @example("<p>a\xa0b <img src=x>c<br>d</p>\n<p>e &amp; f > g</p>")
    def test_words_read_while_cleaning_are_those_of_the_clean_body(self, html):
        body = clean(html, base=BASE)
        assert clean_and_read(html, base=BASE) == (body, text_of(body))

    @given(st.text())
    def test_any_text(self, text):
        cleaned = clean(text)
        assert clean(cleaned) == cleaned
        assert one_pass(cleaned, "") == cleaned

    @given(st.text())
    def test_paragraphs_of_any_text(self, text):
        made = paragraphs(text)
        assert clean(made) == made
        assert paragraphs(text_of(made)) == made


class TestWhatStays:
    """What an agency may say."""

    @pytest.mark.parametrize(
        ("markup", "cleaned"),
        [
            ("<p>Ferries &amp; <b>tides</b></p>", "<p>Ferries &amp; <b>tides</b></p>"),
            ("<figure><img src='/x.jpg'><figcaption>A</figcaption></figure>",
             "<figure><figcaption>A</figcaption></figure>"),
            ("<img src='https://example.org/x.jpg' alt='x'>", ""),
            ("<a href='../map?a=1&amp;b=2'>m</a>",
             f'<a href="https://wire.example/2024/map?a=1&amp;b=2" rel="{REL}">m</a>'),
            ("<a href='//example.org/x'>m</a>",
             f'<a href="https://example.org/x" rel="{REL}">m</a>'),
            ("<a href='mailto:desk@example.org'>m</a>",
             f'<a href="mailto:desk@example.org" rel="{REL}">m</a>'),
            ("<q cite='/said'>x</q>", '<q cite="https://wire.example/said">x</q>'),
            ("<td colspan=2>x", "x"),
            ("<table><tr><td colspan=2 width=9>x</table>",
             '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'),
            ("<p title=x lang=hi dir=rtl>x</p>", "<p>x</p>"),
            ("<p class=x style='color:red'>x", "<p>x</p>"),
            ("<font color=red>x</font>", "x"),
            ("a\u202eb\u2066c\x07d", "abcd"),
        ],
    )  # fmt: skip
    def test_it_stays(self, markup, cleaned):
        assert clean(markup, base=BASE) == cleaned

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("?a=1&section=world&copy=2", "?a=1&section=world&copy=2"),
            ("?a=1&amp;copy=2&timestamp=3", "?a=1&copy=2&timestamp=3"),
            ("?a=&copy;&copyx&notit;", "?a=©&copyx&notit;"),
            ("?a=&#38;b&#x26b&nbsp", "?a=&b\u026b\xa0"),
            ("?a=b&", "?a=b&"),
        ],
    )
    def test_values_of_attributes_are_read_as_browsers_read_them(self, written, read):
        assert value_of(written) == read

    def test_names_of_references_in_an_address_are_left_alone(self):
        cleaned = clean("<p><a href='https://x.example/?a=1&section=2&copy=3'>m</a></p>")
        assert 'href="https://x.example/?a=1&amp;section=2&amp;copy=3"' in cleaned

    def test_a_relative_link_without_a_base_leads_nowhere(self):
        assert clean("<a href='/x'>x</a>") == f'<a rel="{REL}">x</a>'

    def test_tags_are_text_and_tables_and_figures(self):
        assert len(TAGS) == 46  # and img, which pages have from us
        assert not TAGS & {"img", "svg", "math", "style", "noscript", "template", "select", "form"}


class TestWords:
    """Words out of markup."""

    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo lines"),
            ("<p>a<b>b</b> c</p>\n\n<p> d\n e </p>", "ab c\n\nd e"),
            ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n\n3"),
            ("<script>x</script><style>y</style>z<!-- a -->", "z"),
            ("<p title='>'>a</p>", "a"),
            ("1 &lt; 2 &amp;amp;", "1 < 2 &amp;"),
            ("", ""),
        ],
    )
    def test_paragraphs_are_parted_by_blank_lines(self, html, text):
        assert text_of(html) == text

    @pytest.mark.parametrize(
        ("markup", "line"),
        [
            ("A <i>b</i>\n c", "A b c"),
            ("Tom &amp; Ada", "Tom & Ada"),
            ("&amp;quot;Yes&amp;quot;", '"Yes"'),
            ("1 < 2 & 3", "1 < 2 & 3"),
            ("AT&T", "AT&T"),
            ("One<br>two</p><p>three", "One two three"),
            ("\u202eabc\u0000", "abc"),
        ],
    )
    def test_plain_fields_are_one_line(self, markup, line):
        assert plain(markup) == line

    def test_paragraphs_are_escaped(self):
        assert paragraphs("1 < 2\n\n<b>\n x ") == "<p>1 &lt; 2</p><p>&lt;b&gt; x</p>"
        assert json.dumps(paragraphs(" \n\n ")) == '""'


@given(
    st.lists(
        st.text(
            st.sampled_from("ab &<>;\"'é\u00ad\u202e\ufeff\ufffe\ufffd\ud800😀/p") | st.characters()
        )
    )
)
@example(["p"] * bounds.FEW)
@example(["word " * bounds.TAGS])
@example(["a < b &lt; c &amp;nbsp; </p><script>"])
def test_paragraphs_are_written_as_the_cleaner_leaves_them(parts):
    parts = [said for one in parts if (said := " ".join(one.split()))]
    html = "".join(f"<p>{escaped(one)}</p>" for one in parts)

    assert clean_paragraphs(parts) == clean_and_read(html)
