"""A channel tried by command: its feed is found, its items are told, nothing is stored."""

import time

import pytest

from harness.agency import Agency, reply
from wireroom.intake.models import Channel, Delivery
from wireroom.wire.models import Change, Provider, Story

pytestmark = pytest.mark.django_db

HEAD = "<!DOCTYPE html><html><head><title>A</title>{}</head><body>{}</body></html>"
LINK = '<link href="{}" type="application/rss+xml" rel="alternate" title="All &amp; more">'


def entry(number, more="", title="Ferries run again at Delhi pier"):
    return (
        f"<item><guid isPermaLink='false'>urn:afn:{number}</guid><title>{title} {number}</title>"
        f"<pubDate>Thu, 02 May 2024 10:{number:02}:00 +0000</pubDate>"
        f"<description>DELHI, May 2 (AFN) - India's ferries ran again.</description>{more}</item>"
    )


FEED = (
    '<rss version="2.0"><channel><title>AFN</title><link>https://a.example/</link>'
    "<description>A</description>"
    + "".join(entry(number) for number in range(30))
    + "<item></item></channel></rss>"
)


@pytest.fixture
def agency(settings):
    """An agency's site on this machine."""
    with Agency() as agency:
        settings.FETCH_ALLOW = (agency.place,)
        yield agency


@pytest.fixture(autouse=True)
def nothing_is_stored(db):
    """Whatever is tried, the database is as before."""
    yield
    assert not any(kind.objects.exists() for kind in (Channel, Delivery, Provider, Story, Change))


def test_a_feed_is_found_by_its_sites_page_and_its_newest_items_are_told(command, agency):
    agency.answers["/"] = reply(body=HEAD.format(LINK.format("wire.xml?a=1&amp;b=2"), "Words"))
    agency.answers["/wire.xml?a=1&b=2"] = reply(body=FEED)
    began = time.monotonic()
    said = command("channel", "try", agency.url(), "--json")
    assert time.monotonic() - began < 3
    told = said.json
    assert (said.status, told["url"]) == (0, agency.url("/wire.xml?a=1&b=2"))
    assert (told["format"], told["title"]) == ("rss", "AFN")
    *items, bad = told["items"]
    assert [one["guid"] for one in items] == [f"urn:afn:{n}" for n in range(29, 9, -1)]
    assert {(one["country"], one["ruling"]) for one in items} == {("IN", "new")}
    assert set(items[0]) == {
        "guid", "headline", "country", "sector", "picture", "embargo", "ruling", "held",
        "because", "notes",
    }  # fmt: skip
    assert (bad["ruling"], bool(bad["because"])) == ("quarantined", True)


def test_a_feed_is_found_at_a_usual_place(command, agency):
    agency.answers["/"] = reply(body=HEAD.format("", LINK.format("/in-the-body.xml")))
    agency.answers["/rss.xml"] = reply(body=FEED)
    said = command("channel", "try", agency.url())
    assert said.out.startswith(f"{agency.url('/rss.xml')}: rss, 21 items shown")
    assert "/in-the-body.xml" not in [asked.path for asked in agency.asked]


def test_a_link_in_a_comment_is_none(command, agency):
    agency.answers["/"] = reply(body=HEAD.format(f"<!-- {LINK.format('/old.xml')} -->", ""))
    said = command("channel", "try", agency.url())
    assert (said.status, said.out) == (1, "")
    assert "/old.xml" not in [asked.path for asked in agency.asked]


def test_what_was_tried_and_what_to_do_is_said_where_there_is_no_feed(command, agency):
    agency.answers["/"] = reply(body=HEAD.format("", ""))
    said = command("channel", "try", agency.url(), "--json")
    assert (said.status, said.out) == (1, "")
    assert f"{agency.url('/feed.xml')}: the server answered 404" in said.err
    assert "Ask the agency for the address of its feed" in said.err


def test_an_address_that_may_not_be_reached_is_said(command):
    said = command("channel", "try", "http://127.0.0.1:9/")
    assert (said.status, said.out) == (1, "")
    assert "WIREROOM_FETCH_ALLOW" in said.err


def test_what_would_be_held_or_is_for_editors_is_told_with_the_reason(command, agency):
    agency.answers["/x.json"] = reply(
        body="""[
        {"uri": "urn:afn:a", "type": "text", "headline": "Pier opens", "body_text": "It opens.",
         "versioncreated": "2024-05-02T10:00:00Z", "embargoed": "2099-05-02T10:00:00Z"},
        {"uri": "urn:afn:b", "type": "text", "headline": "Pier stays shut", "body_text": "Shut.",
         "versioncreated": "2024-05-02T09:00:00Z", "pubstatus": "withheld"},
        {"uri": "urn:afn:c", "type": "text", "headline": "Plans", "body_text": "Plans of today.",
         "versioncreated": "2024-05-02T08:00:00Z", "profile": "advisory"}]"""
    )
    first, second, third = command("channel", "try", agency.url("/x.json"), "--json").json["items"]
    assert (first["held"], first["embargo"][:4]) == (["embargo"], "2099")
    assert (second["held"], second["ruling"]) == (["withheld"], "hold")
    assert (third["ruling"], third["because"]) == ("advisory", ["advisory: for editors only"])
    words = command("channel", "try", agency.url("/x.json")).out
    assert "held, hold: Pier stays shut" in words
    assert "the agency withholds it" in words


class TestFormat:
    """Where a person names the format, bytes do not tell it."""

    ITEM = """{"uri": "urn:afn:a", "type": "text", "headline": "Pier opens", "api_version": "2",
    "body_text": "It opens.", "versioncreated": "2024-05-02T10:00:00Z"}"""

    def test_a_document_is_read_as_the_format_that_is_named(self, command, agency):
        agency.answers["/x.json"] = reply(body=self.ITEM)
        assert command("channel", "try", agency.url("/x.json")).status == 1  # told as AP's
        said = command("channel", "try", agency.url("/x.json"), "--format", "ninjs", "--json")
        (item,) = said.json["items"]
        assert (said.json["format"], item["headline"]) == ("ninjs", "Pier opens")

    def test_what_to_do_next_names_it_too(self, command, agency):
        agency.answers["/x.json"] = reply(body=self.ITEM)
        said = command("channel", "try", agency.url("/x.json"), "--format", "ninjs")
        assert said.out.rstrip().endswith(
            f"wireroom channel add {agency.url('/x.json')} --provider NAME --format ninjs"
        )

    def test_a_feed_that_a_sites_page_names_is_read_so(self, command, agency):
        agency.answers["/"] = reply(body=HEAD.format(LINK.format("/x.json"), ""))
        agency.answers["/x.json"] = reply(body=self.ITEM)
        said = command("channel", "try", agency.url(), "--format", "ninjs", "--json")
        assert (said.json["url"], said.json["format"]) == (agency.url("/x.json"), "ninjs")

    def test_what_is_in_another_format_is_said(self, command, agency):
        agency.answers["/rss.xml"] = reply(body=FEED)
        said = command("channel", "try", agency.url("/rss.xml"), "--format", "newsml-g2")
        assert (said.status, said.out) == (1, "")
        assert "it cannot be read" in said.err

    def test_a_format_that_nobody_reads_is_refused_before_anything_is_asked(self, command, agency):
        said = command("channel", "try", agency.url(), "--format", "telex")
        assert (said.status, agency.asked) == (2, [])
        assert "newsml-g2" in said.err
