"""``receive`` and ``poll`` say what came of it, and wait for their own work alone."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from harness.agency import Agency, reply
from wireroom.intake import channels
from wireroom.intake.inbox import put_down
from wireroom.intake.models import Channel, Delivery, Kept
from wireroom.wire.models import Provider, Story

FEED = b"""<rss version='2.0'><channel><item><guid>urn:afn:%d</guid><title>Ferries run</title>
<description>Ferries ran again on Tuesday.</description></item></channel></rss>"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agency(settings):
    """A web server that channels may be polled from."""
    with Agency() as server:
        settings.FETCH_ALLOW = frozenset({server.place})
        yield server


@pytest.fixture
def channel(agency):
    """Add a channel of the agency, which answers so."""

    def add(path, answer):
        agency.answers[path] = answer
        return channels.add(agency.url(path), provider="AFN")

    return add


@pytest.fixture
def stuck():
    """A delivery of somebody else's, which another process has and does not end."""
    now = timezone.now()
    delivery = Delivery(
        provider=Provider.objects.create(slug="gale", name="Gale", tag="Gale"),
        kept=Kept(raw=FEED % 9),
        sha256="0",
        received_at=now,
        leased_until=now + timedelta(hours=1),
    )
    return put_down([delivery])[0]


@pytest.fixture
def document(tmp_path):
    """A document with one item."""
    path = tmp_path / "one.xml"
    path.write_bytes(FEED % 1)
    return str(path)


def test_receiving_does_not_wait_for_what_others_have(command, document, stuck):
    said = command("receive", document, "--provider", "AFN", "--timeout", "20", "--json")
    assert (said.status, said.json[0]["state"]) == (0, "done")
    stuck.refresh_from_db()
    assert stuck.state == "waiting"


def test_receiving_that_is_not_settled_in_time_says_so(command, document):
    said = command("receive", document, "--provider", "AFN", "--timeout", "-1", "--json")
    assert (said.status, said.json[0]["state"]) == (1, "waiting")
    assert "1 deliveries or pictures are still waiting" in said.err


def test_receiving_waits_for_the_pictures_of_its_own_stories(command, agency, tmp_path):
    path = tmp_path / "one.json"
    picture = {"renditions": {"o": {"href": agency.url("/harbour.png"), "mimetype": "image/png"}}}
    item = {"uri": "urn:afn:one", "type": "text", "headline": "Ferries run", "version": "1"}
    item |= {"body_text": "Ferries ran again.", "associations": {"main": picture}}
    item["associations"]["main"]["type"] = "picture"
    path.write_text(json.dumps(item))
    agency.answers["/harbour.png"] = reply(404)
    assert command("receive", str(path), "--provider", "AFN").status == 0
    assert [picture.tries for picture in Story.objects.get().pictures.all()] == [1]


def test_polling_does_not_wait_for_what_others_have(command, channel, stuck):
    channel("/feed", reply(200, FEED % 1))
    said = command("poll", "--once", "--timeout", "20", "--json")
    assert (said.status, said.json["fetched"]) == (0, 1)
    assert Story.objects.count() == 1


def test_polling_that_is_not_settled_in_time_says_so(command, channel):
    channel("/feed", reply(200, FEED % 1))
    said = command("poll", "--once", "--timeout", "-1")
    assert said.status == 1
    assert "still waiting" in said.err


def test_polling_says_of_each_channel_what_came_and_why_not(command, channel, agency, tmp_path):
    good = channel("/feed", reply(200, FEED % 1))
    gone = channel("/gone", reply(404))
    inside = channels.add("http://127.0.0.1:9/x", provider="AFN")
    folder = channels.add((tmp_path / "nowhere").as_uri(), provider="AFN")
    said = command("poll", "--once", "--json")
    rows = {row.pop("channel"): row for row in said.json["channels"]}
    assert rows[good.pk] == {"url": good.url, "outcome": "fetched", "reason": ""}
    assert rows[gone.pk] == {
        "url": gone.url,
        "outcome": "failed",
        "reason": "the server answered 404",
    }
    assert (rows[inside.pk]["outcome"], "port 9" in rows[inside.pk]["reason"]) == ("failed", True)
    assert rows[folder.pk]["outcome"] == "failed"
    assert (said.json["fetched"], said.json["failed"]) == (1, 3)
    for bad in (gone, inside, folder):
        assert f"Channel {bad.pk}, {bad.url}: {rows[bad.pk]['reason']}.\n" in said.err
    assert said.status == 0  # nobody asked for these alone, and the round had its news
    again = command("poll", "--once", str(good.pk), "--json")
    assert [row["outcome"] for row in again.json["channels"]] == ["unchanged"]
    assert (again.status, again.err) == (0, "1 channels: 0 fetched, 1 unchanged, 0 failed.\n")


@pytest.mark.parametrize("named", [True, False])
def test_a_channel_that_was_asked_for_and_failed_is_status_1(command, channel, named):
    gone = channel("/gone", reply(404))
    if named:
        channel("/feed", reply(200, FEED % 1))
        said = command("poll", "--once", gone.url, "--json")
    else:
        said = command("poll", "--once", "--json")
    assert (said.status, said.json["failed"]) == (1, 1)
    assert "the server answered 404" in said.err


def test_a_paused_channel_that_is_asked_for_says_that_it_is_paused(command, channel, agency):
    one = channel("/feed", reply(200, FEED % 1))
    Channel.objects.update(paused=True, paused_because="gone (410)")
    said = command("poll", "--once", one.url)
    assert said.status == 1
    assert "it is paused (gone (410))" in said.err
    assert agency.asked == []


def test_one_unknown_name_among_others_asks_nobody(command, channel, agency):
    one = channel("/feed", reply(200, FEED % 1))
    said = command("poll", "--once", str(one.pk), "nobody")
    assert said.status == 1
    assert "no channel nobody" in said.err
    assert agency.asked == []
