"""Whoever names an address, a person or a document, it is guarded alike: nothing goes inside."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from harness.agency import Agency, reply
from wireroom.intake import channels, pages, pictures, pipeline, trial, websub
from wireroom.intake.collect.poll import Polled, poll
from wireroom.intake.fulltext import fetch
from wireroom.intake.models import Channel, Subscription
from wireroom.wire.models import Picture, PictureState, Story

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAGE = "<!doctype html><html><head><title>Harbour</title>{}</head><body>Words.</body></html>"
ATOM = """<?xml-stylesheet href="{0}"?><feed xmlns="http://www.w3.org/2005/Atom"
 xmlns:media="http://search.yahoo.com/mrss/"><id>urn:harbour</id><title>Harbour</title>
<icon>{0}</icon><logo>{0}</logo><updated>2024-05-02T11:00:00Z</updated><generator uri="{0}">x
</generator><author><name>A</name><uri>{0}</uri></author><link rel="hub" href="{0}"/>
<link rel="self" href="{1}"/><link rel="next" href="{0}"/><link rel="prev-archive" href="{0}"/>
<link rel="alternate" href="{0}"/><entry><id>urn:harbour:1</id><title>Ferries return</title>
<updated>2024-05-02T11:00:00Z</updated><link href="{0}"/><link rel="enclosure" href="{0}"
 type="image/jpeg"/><media:content url="{0}" medium="image"/><content type="html">
&lt;p&gt;They sail.&lt;/p&gt;&lt;img src="{0}"&gt;&lt;iframe src="{0}"&gt;&lt;/iframe&gt;</content>
</entry></feed>"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agency(settings):
    """A web server that may be fetched from."""
    with Agency() as server:
        settings.FETCH_ALLOW = frozenset({server.place})
        settings.SITE = "https://news.example"
        yield server


@pytest.fixture
def inside(record_property):
    """A server that nobody may reach; it counts who does."""
    with Agency("127.0.0.2") as server:
        yield server
        record_property("saw", f"{server.connections} connections")
        assert server.connections == 0


# By a person


@pytest.mark.cases("A02")
@pytest.mark.parametrize("scheme", ["http", "https", "ftp", "ftps", "sftp", "imap", "imaps"])
@pytest.mark.parametrize("user", ["", "wire:secret@"])
def test_a02_no_way_in_leads_inside(scheme, user, inside, tried):
    for place in (inside.place, inside.host, f"localhost:{inside.port}", "[::1]", "10.0.0.1"):
        one = channels.add(f"{scheme}://{user}{place}/wire", provider="Harbour")
        assert poll([one], now=NOON) == Polled(failed=1), place
        one.refresh_from_db()
        assert re.search("not (?:fetched|connected|asked)|leads to|tells", one.last_status), place
        assert "secret" not in one.last_status
    assert not tried


@pytest.mark.cases("A02")
@pytest.mark.parametrize("field", ["name", "secret", "language", "sector", "paused_because"])
def test_a02_nothing_else_that_is_set_of_a_channel_is_an_address(field, agency, inside):
    agency.answers["/feed"] = reply(200, ATOM.format("https://wire.example/", "urn:self"))
    one = channels.add(agency.url("/feed"), provider="Harbour")
    Channel.objects.filter(pk=one.pk).update(**{field: inside.url()})
    poll(Channel.objects.all(), now=NOON)
    pipeline.run(now=NOON)
    assert agency.connections == 1


@pytest.mark.cases("A03")
def test_a03_what_is_tried_and_lies_inside_is_refused_before_anybody_is_connected_to(
    agency, inside, tried
):
    for url in (inside.url(), f"http://localhost:{inside.port}/", "http://127.0.0.2/feed"):
        found = trial.find(url, now=NOON)
        ((where, why),) = found.tried
        assert where == url
        assert re.search("not fetched|leads to", why)
    assert not tried


# By a document


@pytest.mark.cases("A09")
@pytest.mark.parametrize("full_text", [False, True])
def test_a09_nothing_that_a_feed_names_leads_inside(full_text, agency, inside):
    agency.answers["/feed"] = reply(
        200,
        ATOM.format(inside.url("/x"), agency.url("/feed")),
        Link=f"<{inside.url('/hub')}>; rel=hub, <{inside.url('/next')}>; rel=next",
    )
    poll([channels.add(agency.url("/feed"), provider="Harbour", full_text=full_text)], now=NOON)
    now = NOON
    for _ in range(10):  # whatever is tried again is due again
        pipeline.run(now=now)
        Picture.objects.update(next_at=now)
        fetch.fetch(now=now)
        pages.fetch(now=now)
        websub.ask(now=now)
        pictures.copy(now=now)
        now += HOUR
    assert Story.objects.live(now).get().headline == "Ferries return"
    assert {one.state for one in Picture.objects.all()} <= {PictureState.REFUSED}
    assert not Subscription.objects.exists()


@pytest.mark.cases("A09")
@pytest.mark.parametrize(
    "named", ["data:text/xml,<rss/>", "file:///etc/passwd", "jar:http://a.example!/", "//0x7f.2/"]
)
def test_a09_what_a_feed_names_is_of_the_web_or_nothing(named, agency, tried):
    agency.answers["/feed"] = reply(
        200, ATOM.format(named.replace("<", "&lt;"), agency.url("/feed"))
    )
    poll([channels.add(agency.url("/feed"), provider="Harbour")], now=NOON)
    pipeline.run(now=NOON)
    Picture.objects.update(next_at=NOON)
    while pages.fetch(now=NOON) + pictures.copy(now=NOON) + websub.ask(now=NOON):
        pipeline.run(now=NOON)
    assert Story.objects.live(NOON).get().headline == "Ferries return"
    assert {place[1] for place in tried} == {agency.port}


@pytest.mark.cases("A09", "A03")
@pytest.mark.parametrize("way", ["named", "redirected to"])
def test_a09_a_page_of_a_site_cannot_send_us_inside(way, agency, inside):
    feed = inside.url("/feed") if way == "named" else "/feed"
    agency.answers["/"] = reply(
        200, PAGE.format(f'<link rel="alternate" type="application/rss+xml" href="{feed}">')
    )
    agency.answers["/feed"] = reply(302, Location=inside.url("/feed"))
    found = trial.find(agency.url(), now=NOON)
    assert found.document is None
    assert any("not fetched" in why for _, why in found.tried)


# What is no feed


@pytest.mark.cases("A30")
@pytest.mark.parametrize("kind", ["text/html", "application/rss+xml", "application/activity+json"])
def test_a30_a_page_in_place_of_a_feed_is_a_failure_and_its_hub_is_not_believed(kind, agency):
    hub = f'<link rel="hub" href="{agency.url("/hub")}"><link rel="self" href="{agency.url("/")}">'
    agency.answers["/feed"] = reply(
        200,
        PAGE.format(hub),
        Content_Type=kind,
        Link=f"<{agency.url('/hub')}>; rel=hub, <{agency.url('/')}>; rel=self",
    )
    one = channels.add(agency.url("/feed"), provider="Harbour")
    assert poll([one], now=NOON) == Polled(failed=1)
    websub.ask(now=NOON)
    assert [asked.path for asked in agency.asked] == ["/feed"]
    assert not Subscription.objects.exists()
