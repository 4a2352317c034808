"""Notices where readers saw a story, and how the database finds them."""

import pytest
from django.db import connection

from wireroom.formats.item import Countries
from wireroom.publish import notices
from wireroom.wire.models import Listing, Story

US, IN = (Countries(primary=code, mentioned=(code,)) for code in ("US", "IN"))
INDEXES = ("story_killed", "story_held", "story_due")


@pytest.fixture
def moved(wire):
    """A story that stood in the list of the United States and then in India's."""
    wire.send(version=1, countries=US)
    return wire.send(version=2, headline="Moved", countries=IN)


def test_list_that_a_story_left_shows_it_no_more(client, moved):
    assert f"/s/{moved.pk}" not in client.get("/country/us.json").content.decode()
    assert f"/s/{moved.pk}" not in client.get("/country/us.atom").content.decode()
    assert f"/s/{moved.pk}" in client.get("/country/in.json").content.decode()


def test_list_that_a_story_left_tells_of_its_end(client, wire, moved):
    wire.send(version=3, pubstatus="canceled")
    for place in ("us", "in"):
        assert "deleted-entry" in client.get(f"/country/{place}.atom").content.decode()
    assert "deleted-entry" not in client.get("/country/np.atom").content.decode()


def test_story_that_comes_back_to_a_list_stands_there(client, wire, moved):
    wire.send(version=3, headline="Back", countries=US)
    assert f"/s/{moved.pk}" in client.get("/country/us.json").content.decode()
    assert not Listing.objects.filter(key="country:us", left=True).exists()


def test_list_that_a_story_left_before_anybody_saw_it_keeps_no_trace(client, wire):
    wire.provider.publish_at_once = False
    wire.provider.save()
    wire.send(version=1, countries=US)
    wire.send(version=2, headline="Moved", countries=IN)
    assert not Listing.objects.filter(left=True).exists()


@pytest.mark.parametrize("place", range(3), ids=INDEXES)
def test_what_is_gone_is_found_by_an_index(db, clock, place):
    """No page and no feed reads all stories to find the few that went."""
    way = notices.ways(clock.moment)[place]
    assert way.model is Story
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # it reads whole tables while they are small
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert INDEXES[place] in way.explain()
