"""Markup that agencies' plain words hold stays words, on every surface and in every form."""

import json
from datetime import UTC, datetime
from html import escape

import pytest
from lxml import etree, html

from harness.cases import each
from publish.conftest import keep_pictures
from wireroom.formats.document import Arrival
from wireroom.formats.item import Countries, Link, Picture, Place, Rights, Subject
from wireroom.formats.read import parse
from wireroom.publish.surfaces import SURFACES
from wireroom.wire.models import Provider, Story
from wireroom.wire.receive import receive

RUN = "window.ran=1"
VECTORS = {
    "A32 elements": f"<script>{RUN}</script><img src=x onerror={RUN}><svg/onload={RUN}>",
    "A32 an end of an attribute": f"""x" onmouseover="{RUN}" autofocus onfocus='{RUN}' x='""",
    "A32 an end of a script": f"</script></title></textarea></style><script>{RUN}</script>",
    "A32 an end of a section": f"]]>--><![CDATA[<script>{RUN}</script>",
    "A32 escaped once": f"&lt;script&gt;{RUN}&lt;/script&gt;&quot; onfocus=&quot;{RUN}",
    "A32 a template": "{{ 7 * 191 }}{% include '/etc/passwd' %}${7*191}#{7*191}<%= 7*191 %>",
    "A32 an address": f"javascript:{RUN}//http://x.example/",
}
#: Elements of which no page has any.
NEVER = ("script", "iframe", "object", "embed", "style", "video")
#: Elements of RSS whose text is markup; that of all others is plain.
MARKED_UP = ("description", "{http://purl.org/rss/1.0/modules/content/}encoded")


@pytest.fixture(scope="module", autouse=True)
def _loop():
    """Let the database be laid out and put back while the browser's loop runs in this thread."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


def item_of(vector):
    """Give all that an item says, with markup in each plain field."""
    return {
        "headline": f"Town {vector}",
        "standfirst": f"Standfirst {vector}",
        "byline": f"By {vector}",
        "creditline": f"Credit {vector}",
        "dateline": f"TOWN {vector}",
        "located": f"Town {vector}",
        "keywords": (vector[:90],),
        "subjects": (Subject(code="sector:transport", name=vector),),
        "places": (Place(name=vector),),
        "countries": Countries(primary="IN", mentioned=("IN",)),
        "rights": Rights(holder=vector, notice=f"Notice {vector}", terms=f"Terms {vector}"),
        "links": (Link(rel="canonical", href="https://ani.example/1", title=vector),),
        "pictures": (
            Picture(
                href="https://ani.example/1.png",
                caption=f"Caption {vector}",
                alt=f"Alt {vector}",
                credit=f"Picture {vector}",
                rights=Rights(notice=f"Picture notice {vector}"),
            ),
        ),
    }


def answers(client, story):
    """Ask for every address at which a story can be seen, but its picture."""
    for surface in SURFACES:
        for path in surface.addresses(story) if surface.name != "picture" else ():
            answer = client.get(path, follow=True)
            assert answer.status_code == 200, path
            yield path, answer


def harmless(markup, where):
    """Hold HTML to having no element and no attribute that runs."""
    page = html.document_fromstring(f"<div>{markup}</div>")
    for name in NEVER:
        assert not page.xpath(f"//body//{name}"), where
    for element in page.iter(etree.Element):
        assert not [name for name in element.attrib if name.startswith("on")], where
        assert element.get("src", "/").startswith(("/", "http")), where
        for name in ("href", "action", "src"):
            assert "javascript:" not in element.get(name, "").lower()[:20], where


@pytest.mark.parametrize(
    "markup",
    [
        VECTORS["A32 elements"],
        VECTORS["A32 an end of a script"],
        f"""<p title="{VECTORS["A32 an end of an attribute"]}"'>x</p>""",
        f"<a href='{VECTORS['A32 an address']}'>x</a>",
        "<img src=x>",
    ],
)
def test_what_would_run_is_seen(markup):
    with pytest.raises(AssertionError):
        harmless(markup, "here")


@pytest.mark.parametrize("vector", each(VECTORS))
def test_markup_in_plain_fields_runs_nowhere(client, wire, vector, record_property):
    Provider.objects.update(
        name=f"Agency {vector}"[:100], tag=f"Tag {vector}"[:60], full_feed=True, use_pictures=True
    )
    story = wire.send(**item_of(vector))
    keep_pictures(story)
    asked = 0
    for path, answer in answers(client, story):
        asked += 1
        said, kind = answer.text, answer.headers["Content-Type"]
        assert "1337" not in said, path
        assert "root:x:" not in said, path
        if "json" in kind:
            for one in json.loads(said)["items"]:
                harmless(one.get("content_html", ""), path)
        elif "xml" in kind:
            for element in etree.fromstring(said.encode()).iter(etree.Element):
                assert etree.QName(element).localname not in NEVER, path
                if element.tag in MARKED_UP or element.get("type") == "html":
                    harmless(element.text or "", path)
        else:
            harmless(said, path)
    record_property("saw", f"{asked} addresses")
    assert asked > 20


@pytest.mark.cases("A32")
def test_a32_markup_in_plain_fields_runs_in_no_browser(client, wire, page):
    """Without our headers, which alone would stop it."""
    pages = {}
    for number, vector in enumerate(VECTORS.values()):
        story = wire.send(f"urn:{number}", **item_of(vector))
        keep_pictures(story)
        pages |= {
            path.partition("?")[0]: answer.text
            for path, answer in answers(client, story)
            if "html" in answer.headers["Content-Type"]
        }
    assert len(pages) > 2 * len(VECTORS)
    for path, said in pages.items():
        page.set_content(said)
        page.evaluate(
            """() => document.querySelectorAll('*').forEach(element => {
                for (const name of ['mouseover', 'focus', 'click', 'load', 'error'])
                    element.dispatchEvent(new Event(name));
            })"""
        )
        assert page.evaluate("window.ran") is None, path


FEED = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>{0}</title><link>https://a.example/
</link><description>{0}</description><copyright>{0}</copyright><item>
<guid isPermaLink="false">urn:1</guid><title>Town {0}</title><dc:creator>{0}</dc:creator>
<author>{0}</author><category domain="{0}">{0}</category><source url="https://a.example/">{0}
</source><dc:rights>{0}</dc:rights><description>Words. {0}</description>
<pubDate>Fri, 23 Dec 2022 14:00:00 GMT</pubDate><media:content medium="image"
 url="https://a.example/1.jpg"><media:title>{0}</media:title><media:description>{0}
</media:description><media:credit>{0}</media:credit><media:copyright>{0}</media:copyright>
</media:content></item></channel></rss>"""


@pytest.mark.parametrize("vector", each(VECTORS))
@pytest.mark.parametrize("times", [1, 2])
def test_markup_in_a_feed_runs_nowhere_however_often_it_was_escaped(client, wire, vector, times):
    for _ in range(times):
        vector = escape(vector)
    arrival = Arrival(received=datetime(2022, 12, 23, 14, 20, tzinfo=UTC))
    items = parse(FEED.format(vector).encode(), "", arrival).items
    Provider.objects.update(full_feed=True)
    receive(items, provider=wire.provider, now=wire.clock.moment)
    story = Story.objects.get(guid="urn:1")
    keep_pictures(story)
    for path, answer in answers(client, story):
        if "html" in answer.headers["Content-Type"]:
            harmless(answer.text, path)
