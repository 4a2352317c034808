"""The address of a story that turned out to be one with another."""

from datetime import timedelta

import pytest

from publish.conftest import FILED
from wireroom.formats.item import Item
from wireroom.wire.models import Story
from wireroom.wire.receive import receive

HOUR = timedelta(hours=1)


def send(wire, number, *aliases, at, **words):
    """Receive a document that names others of its chain."""
    given = {
        "guid": f"urn:{number}",
        "version": 1,
        "headline": f"Coal plant closes, {number}",
        "text": f"Words {number}.",
        "body": f"<p>Words {number}.</p>",
        "version_created": FILED + number * HOUR,
        "aliases": aliases,
    }
    wire.clock.set(at)
    receive([Item(**(given | words))], provider=wire.provider, now=at)


@pytest.fixture
def both(wire):
    """A story that stays, and one that was merged into it; readers saw both."""
    send(wire, 1, at=FILED + HOUR)
    send(wire, 3, "urn:2", at=FILED + 2 * HOUR)
    old = Story.objects.get(guid="urn:3")
    send(wire, 2, "urn:1", at=FILED + 3 * HOUR)
    return Story.objects.get(guid="urn:1"), old


def test_address_sends_on_once(client, both):
    stays, gone = both
    for path in (f"/s/{gone.pk}/{gone.slug}", f"/s/{gone.pk}", f"/s/{gone.pk}/anything"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, f"/s/{stays.pk}/{stays.slug}")
    assert client.get(f"/s/{stays.pk}/{stays.slug}").status_code == 200


def test_each_stands_in_lists_and_feeds_once(client, both):
    stays, gone = both
    for path in ("/", "/news", "/news.atom", "/news.json", "/agency/ani", "/search?q=coal"):
        body = client.get(path).content.decode()
        assert f"/s/{stays.pk}" in body, path
        assert f"/s/{gone.pk}" not in body, path
    assert client.get("/kills.json").json() == {"kills": []}


@pytest.mark.parametrize("named", [1, 2, 3])
def test_kill_is_told_at_both_addresses_and_leads_nowhere(client, wire, both, named):
    """L7: decided before any redirect."""
    stays, gone = both
    send(wire, named, at=FILED + 4 * HOUR, pubstatus="canceled", headline="", text="", body="")
    for one in both:
        answer = client.get(f"/s/{one.pk}/{one.slug}")
        assert answer.status_code == 410
        assert "coal" not in answer.content.decode().lower()
    told = {one["id"] for one in client.get("/kills.json").json()["kills"]}
    assert {str(one.pk) in str(told) for one in both} == {True}
    for feed in ("/news.atom", "/agency/ani.atom"):
        body = client.get(feed).content.decode()
        assert body.count("deleted-entry ref") == 2, (feed, stays, gone)


def test_hold_is_told_at_both_and_its_release_sends_on_again(client, wire, both):
    stays, gone = both
    send(wire, 3, at=FILED + 4 * HOUR, pubstatus="withheld", version_created=FILED + 4 * HOUR)
    for one in both:
        answer = client.get(f"/s/{one.pk}")
        assert answer.status_code == 410
        assert "Held by the agency" in answer.content.decode()
        assert f"/s/{one.pk}" in client.get("/news.atom").content.decode()
    send(wire, 3, at=FILED + 5 * HOUR, version_created=FILED + 5 * HOUR)
    assert client.get(f"/s/{gone.pk}").status_code == 301
    assert client.get(f"/s/{stays.pk}/{stays.slug}").status_code == 200


def test_address_that_nobody_knew_stays_unknown(client, wire):
    send(wire, 1, at=FILED + HOUR)
    send(wire, 3, "urn:2", at=FILED + 2 * HOUR, for_desk="it has no safe id")
    send(wire, 2, "urn:1", at=FILED + 3 * HOUR)
    gone = Story.objects.get(guid="urn:3")
    assert gone.merged_into is not None
    assert client.get(f"/s/{gone.pk}").status_code == 404
