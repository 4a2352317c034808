"""Documents that come as ``.gz``, with nobody saying so."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone

from harness.agency import Agency, reply
from wireroom.intake import channels, work
from wireroom.intake.collect import folder
from wireroom.intake.models import Delivery

FEED = b"<rss version='2.0'><channel><item><guid>urn:afn:one</guid></item></channel></rss>"

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_packed_feed_is_read_as_what_is_in_it(settings):
    with Agency() as agency:
        settings.FETCH_ALLOW = frozenset({agency.place})
        agency.answers["/feed.xml.gz"] = reply(
            200, gzip.compress(FEED), Content_Type="application/gzip"
        )
        work.poll_once([channels.add(agency.url("/feed.xml.gz"), provider="AFN")])
    assert bytes(Delivery.objects.get().raw) == FEED


def test_a_packed_file_of_a_hot_folder_is_read_as_what_is_in_it(tmp_path):
    path = tmp_path / "feed.xml.gz"
    path.write_bytes(gzip.compress(FEED))
    channel = channels.add(tmp_path.as_uri(), provider="AFN")
    folder.look(channel, now=timezone.now() + timedelta(minutes=1))
    assert bytes(Delivery.objects.get().raw) == FEED
    assert (tmp_path / "done/feed.xml.gz").exists()


def test_a_packed_document_that_is_broken_is_kept_as_it_came():
    packed = gzip.compress(FEED)[:-9]
    provider = channels.provider_named("AFN")
    work.put_in([("feed.xml.gz", packed)], provider=provider, format="")
    assert bytes(Delivery.objects.get().raw) == packed
