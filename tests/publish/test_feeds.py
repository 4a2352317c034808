"""Lists as RSS, Atom and JSON Feed, by the rules that validators have."""

import json
import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.utils.http import http_date
from lxml import etree

from publish.conftest import BODY, FILED, keep_pictures
from wireroom.formats.item import Picture, Rights
from wireroom.publish.feeds.feed import NOTICES
from wireroom.publish.feeds.xml import add
from wireroom.wire.models import Change, Provider

HOUR = timedelta(hours=1)
SITE = "https://news.example"
LISTS = ("/index", "/news", "/sector/transport", "/edition/global", "/country/us", "/agency/ani")
KINDS = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
}


@pytest.fixture
def stories(wire, clock):
    """Three stories, one with everything, and one killed."""
    picture = Picture(
        href="https://ani.example/1.png",
        caption="A chimney & smoke",
        credit="Bo <Li>",
        rights=Rights(terms="One use only"),
    )
    told = wire.send(
        "urn:told",
        headline="Coal & <steam> end",
        byline="Asha Rao",
        creditline="Asian News / Courier",
        rights=Rights(holder="ANI", terms="Not for resale."),
        ednote="EDS: lawyers",
        slugline="COAL-TAKE2",
        notes=("odd date",),
        pictures=(picture,),
    )
    keep_pictures(told)
    wire.send("urn:plain", standfirst="", byline="")
    gone = wire.send("urn:gone", headline="Wrongly told")
    clock.set(FILED + HOUR)
    wire.kill("urn:gone")
    return told, gone


def rss(client, path="/index"):
    """Read an RSS feed's channel."""
    return etree.fromstring(client.get(f"{path}.rss").content).find("channel")


def atom(client, path="/index"):
    """Read an Atom feed."""
    return etree.fromstring(client.get(f"{path}.atom").content)


def of(items, story):
    """Find a story's item in a JSON feed."""
    return next(item for item in items if item["id"] == f"{SITE}/s/{story.pk}")


@pytest.mark.parametrize("form", KINDS)
@pytest.mark.parametrize("path", LISTS)
def test_each_list_is_a_feed_that_names_itself(client, stories, path, form):
    answer = client.get(f"{path}.{form}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == f"{KINDS[form]}; charset=utf-8"
    own = f"{SITE}{path}.{form}"
    if form == "json":
        assert answer.json()["feed_url"] == own
    else:
        assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')
        found = etree.fromstring(answer.content).xpath("//a:link[@rel='self']", namespaces=NAMES)
        assert [(link.get("href"), link.get("type")) for link in found] == [(own, KINDS[form])]


@pytest.mark.parametrize("form", KINDS)
def test_page_of_a_list_leads_to_its_feeds(client, stories, form):
    text = client.get("/country/us").text
    assert f'type="{KINDS[form]}" title="United States' in text
    assert f'href="/country/us.{form}"' in text


@pytest.mark.parametrize("form", KINDS)
def test_rules_69_71_no_note_slugline_or_killed_word_is_in_a_feed(client, stories, form):
    answer = client.get(f"/index.{form}")
    assert not re.search("lawyers|COAL-TAKE2|odd date|Wrongly|Kill it", answer.text)


class TestRss:
    @pytest.mark.usefixtures("stories")
    def test_rules_8_to_14_the_channel_says_what_it_must(self, client):
        channel = rss(client)
        tags = [child.tag for child in channel if child.tag != "item"]
        assert len(tags) == len(set(tags))
        assert {"title", "link", "description", "language", "lastBuildDate", "ttl"} <= set(tags)
        first = [child.tag for child in channel].index("item")
        assert all(child.tag == "item" for child in list(channel)[first:])
        assert channel.findtext("link") == f"{SITE}/"
        assert int(channel.findtext("ttl")) > 0

    @pytest.mark.usefixtures("stories")
    def test_rules_19_20_dates_are_as_mail_writes_them(self, client):
        for words in rss(client).xpath("lastBuildDate/text() | item/pubDate/text()"):
            assert re.fullmatch(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} \+0000", words)
            moment = parsedate_to_datetime(words)
            assert f"{moment:%a}" == words[:3]

    def test_rule_21_no_date_lies_before_1990(self, client, wire):
        old = FILED.replace(year=1970)
        wire.send(first_created=old, version_created=old)
        assert rss(client).findtext("item/pubDate") == "Mon, 01 Jan 1990 00:00:00 +0000"

    def test_rules_23_to_34_an_item_has_everything(self, client, stories):
        told, _ = stories
        (item,) = [i for i in rss(client).findall("item") if i.findtext("title")[:4] == "Coal"]
        url = f"{SITE}/s/{told.pk}"
        assert (item.findtext("link"), item.findtext("guid")) == (url, url)
        assert item.find("guid").get("isPermaLink") == "true"
        assert item.findtext("dc:creator", namespaces=NAMES) == "Asha Rao"
        assert item.findtext("dc:publisher", namespaces=NAMES) == "Asian News Invented"
        assert item.findtext("dc:rights", namespaces=NAMES) == (
            "Asian News / Courier. © ANI. Not for resale."
        )
        enclosure = item.find("enclosure")
        assert int(enclosure.get("length")) > 0
        assert enclosure.get("url").startswith(f"{SITE}/picture/")
        content = item.find("media:content", NAMES)
        assert content.findtext("media:description", namespaces=NAMES) == "A chimney & smoke"
        assert content.findtext("media:credit", namespaces=NAMES) == "Bo <Li>"
        assert content.findtext("media:copyright", namespaces=NAMES) == "One use only"
        assert {(c.get("domain"), c.text) for c in item.findall("category")} == {
            (f"{SITE}/sector", "Transport"),
            (f"{SITE}/country", "United States"),
            (f"{SITE}/country", "China"),
        }
        assert not item.findall("author")

    @pytest.mark.usefixtures("stories")
    def test_rule_25_signs_of_markup_in_plain_text_are_numbers(self, client):
        raw = client.get("/index.rss").text
        assert "<title>Coal &#x26; &#x3C;steam&gt; end</title>" in raw
        assert "<!DOCTYPE" not in raw

    @pytest.mark.usefixtures("stories")
    def test_text_is_whole_only_where_the_contract_says_so(self, client):
        assert not rss(client).findall(".//content:encoded", NAMES)
        Provider.objects.update(full_feed=True)
        texts = rss(client).xpath("item/content:encoded/text()", namespaces=NAMES)
        assert len(texts) == 2
        assert all(text == f"{BODY}<p>(ANI)</p>" for text in texts)

    def test_rules_26_71_a_killed_story_leaves_a_notice_with_its_id(self, client, stories):
        _, gone = stories
        item = next(i for i in rss(client) if i.findtext("guid") == f"{SITE}/s/{gone.pk}")
        assert item.findtext("title") == "Story withdrawn"
        assert {child.tag for child in item} == {"title", "link", "guid", "pubDate"}
        guids = rss(client).xpath("item/guid/text()")
        assert len(guids) == len(set(guids)) == 3


class TestAtom:
    @pytest.mark.usefixtures("stories")
    def test_rules_45_to_54_feed_and_entries_say_what_they_must(self, client):
        feed = atom(client)
        for element in (feed, *feed.findall("a:entry", NAMES)):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"a:{name}", NAMES)) == 1
            assert element.findall("a:author/a:name", NAMES)
            assert len(element.findall("a:link[@rel='alternate']", NAMES)) == 1
        tags = [etree.QName(child).localname for child in feed]
        assert tags[tags.index("entry") :] == ["entry", "entry", "deleted-entry"]
        assert b"atom:" not in client.get("/index.atom").content

    @pytest.mark.usefixtures("stories")
    def test_rule_56_moments_are_whole_and_differ_between_entries(self, client):
        told = atom(client).xpath("a:entry/a:updated/text()", namespaces=NAMES)
        assert len(set(told)) == len(told) == 2
        for words in told:
            assert datetime.fromisoformat(words).replace(microsecond=0) == FILED

    def test_rule_61_a_killed_story_leaves_a_tombstone(self, client, stories):
        _, gone = stories
        (tomb,) = atom(client).findall("at:deleted-entry", NAMES)
        assert tomb.get("ref") == f"{SITE}/s/{gone.pk}"
        assert datetime.fromisoformat(tomb.get("when")) == FILED + HOUR
        assert len(tomb) == 0
        assert tomb.get("ref") not in atom(client).xpath("a:entry/a:id/text()", namespaces=NAMES)

    @pytest.mark.usefixtures("stories")
    def test_c04_credit_and_rights_stand_in_each_entry(self, client):
        for entry in atom(client).findall("a:entry", NAMES):
            assert entry.findtext("a:rights", namespaces=NAMES)
        content = atom(client).find(".//media:content", NAMES)
        assert content.findtext("media:credit", namespaces=NAMES) == "Bo <Li>"
        assert content.findtext("media:copyright", namespaces=NAMES) == "One use only"


class TestJson:
    @pytest.mark.usefixtures("stories")
    def test_rules_62_to_68_the_feed_is_of_version_1_1(self, client):
        feed = client.get("/index.json").json()
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        ids = [item["id"] for item in feed["items"]]
        assert len(ids) == len(set(ids)) == 3
        for item in feed["items"]:
            assert item.get("content_html") or item.get("content_text")
            assert datetime.fromisoformat(item["date_published"]).tzinfo
            own = [key for key in item if key.startswith("_")]
            assert all(re.fullmatch("_[a-z][a-z_]*", key) for key in own)

    def test_c04_credit_and_rights_stand_in_each_item(self, client, stories):
        told, gone = stories
        items = client.get("/index.json").json()["items"]
        own = of(items, told)
        assert own["_wireroom"]["credit"] == "Asian News / Courier"
        assert own["_wireroom"]["rights"] == "Asian News / Courier. © ANI. Not for resale."
        assert own["_wireroom_image"]["credit"] == "Bo <Li>"
        assert own["authors"] == [{"name": "Asha Rao"}]
        for item in items:
            assert "_wireroom" in item or item["id"].endswith(f"/{gone.pk}")

    def test_killed_story_leaves_one_neutral_sentence(self, client, stories):
        _, gone = stories
        item = of(client.get("/index.json").json()["items"], gone)
        assert item == {
            "id": f"{SITE}/s/{gone.pk}",
            "url": f"{SITE}/s/{gone.pk}",
            "content_text": "This story was withdrawn.",
            "date_published": (FILED + HOUR).isoformat(timespec="seconds"),
        }


@pytest.mark.parametrize("form", KINDS)
def test_notice_is_in_the_feeds_of_its_lists_only(client, stories, form):
    _, gone = stories
    address = f"{SITE}/s/{gone.pk}"
    assert address in client.get(f"/country/us.{form}").text
    assert address not in client.get(f"/country/fr.{form}").text
    assert address not in client.get(f"/search.{form}?q=coal").text


@pytest.mark.parametrize("form", KINDS)
def test_withheld_story_has_a_notice_until_it_comes_back(client, wire, form):
    story = wire.send()
    wire.withhold()
    assert f"{SITE}/s/{story.pk}" in client.get(f"/index.{form}").text
    assert story.headline not in client.get(f"/index.{form}").text
    wire.send(version=3)
    assert story.headline in client.get(f"/index.{form}").text


def test_notices_go_after_thirty_days(client, stories, clock):
    clock.set(FILED + timedelta(days=29))
    assert len(client.get("/kills.json").json()["kills"]) == 1
    clock.set(FILED + timedelta(days=31))
    assert client.get("/kills.json").json() == {"kills": []}


def test_a_kill_of_very_many_swells_no_feed_and_is_told_whole_in_atom(client, wire, clock):
    for number in range(NOTICES + 3):
        clock.set(FILED + timedelta(minutes=number))
        wire.send(f"urn:{number}")
        story = wire.kill(f"urn:{number}")
    newest = f"{SITE}/s/{story.pk}"
    items = client.get("/index.json").json()["items"]
    assert (len(items), items[0]["id"]) == (NOTICES, newest)
    guids = rss(client).xpath("item/guid/text()")
    assert (len(guids), guids[0]) == (NOTICES, newest)
    assert len(atom(client).findall("at:deleted-entry", NAMES)) == NOTICES + 3
    assert len(client.get("/kills.json").json()["kills"]) == NOTICES + 3


def test_kills_says_which_when_and_how(client, stories):
    _, gone = stories
    at = (FILED + HOUR).isoformat()
    assert client.get("/kills.json").json() == {
        "kills": [{"id": gone.pk, "at": at, "kind": "killed"}]
    }


@pytest.mark.parametrize("path", [f"/index.{form}" for form in KINDS] + ["/news", "/kills.json"])
@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_rule_72_the_same_state_gives_the_same_bytes_and_is_not_sent_twice(
    client, stories, path, coding
):
    headers = {"accept-encoding": coding}
    first, second = client.get(path, headers=headers), client.get(path, headers=headers)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    again = client.get(path, headers=headers | {"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", [*(f"/index.{form}" for form in KINDS), "/news", "/", "/kills.json"]
)
def test_asking_by_date_alone_never_hides_a_kill(client, stories, wire, clock, path):
    clock.set(FILED + 2 * HOUR)
    assert "Last-Modified" not in client.get(path)
    asked = {"if-modified-since": http_date((FILED + 9 * HOUR).timestamp())}
    before = client.get(path, headers=asked)
    wire.kill("urn:told")
    Change.objects.update(at=FILED)
    after = client.get(path, headers=asked)
    assert (before.status_code, after.status_code) == (200, 200)
    assert before.content != after.content
    assert b"steam" not in after.content


def test_story_keeps_its_id_over_versions(client, wire, clock):
    story = wire.send()
    clock.set(FILED + HOUR)
    wire.send(version=2, headline="Told anew", first_created=FILED)
    (item,) = client.get("/index.json").json()["items"]
    assert item["id"] == f"{SITE}/s/{story.pk}"
    assert item["date_published"] == FILED.isoformat()
    assert item["date_modified"] == (FILED + HOUR).isoformat()
    assert item["_wireroom"]["version"] == 2


def test_opml_names_every_feed(client, stories):
    outlines = etree.fromstring(client.get("/opml.xml").content)
    feeds = outlines.xpath("//outline[@type='rss']/@xmlUrl")
    assert len(feeds) == 1 + 15 + 12 + 1
    for feed in feeds:
        assert client.get(feed.removeprefix(SITE)).status_code == 200
    assert outlines.xpath("body/outline/@text") == ["News", "Sectors", "Editions", "Agencies"]
    agencies = outlines.xpath("body/outline[@text='Agencies']/outline/@title")
    assert agencies == ["Asian News Invented"]


def test_opml_is_the_same_for_the_same_feeds(client, stories, clock):
    first = client.get("/opml.xml").content
    clock.set(FILED + 9 * HOUR)
    assert client.get("/opml.xml").content == first


@pytest.mark.parametrize("sign", ["\x0b", "\x85", "\u202e", "\u2066", "\ufeff", "\ufffd", "\uffff"])
def test_feeds_write_no_sign_that_xml_forbids_or_that_shows_nothing(sign):
    item = add(etree.Element("item"), "title", f"A{sign}B", label=f"A{sign}B")
    assert (item.text, item.get("label")) == ("AB", "AB")


def test_json_is_utf8_without_escapes(client, wire):
    wire.send(headline="बारिश")
    assert "बारिश".encode() in client.get("/index.json").content
    assert json.loads(client.get("/index.json").content)
