"""What a document asks of those who poll it reaches the channel's schedule."""

from datetime import UTC, datetime, timedelta

import pytest

from harness.agency import reply
from wireroom.intake import channels, pipeline
from wireroom.intake.collect.poll import poll

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
ITEM = (
    "<item><guid isPermaLink='false'>urn:1</guid><title>Ferries return</title>"
    "<description>Words.</description><pubDate>Thu, 02 May 2024 11:00:00 GMT</pubDate></item>"
)

pytestmark = pytest.mark.django_db(transaction=True)


def rss(hints):
    return (
        '<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>'
        f"<description>A</description>{hints}{ITEM}</channel></rss>"
    )


@pytest.mark.parametrize(
    ("hints", "minutes"),
    [
        ("", 1),
        ("<ttl>20</ttl>", 20),
        ("<ttl>1440</ttl>", 60),
        ("<skipHours><hour>13</hour></skipHours>", 60),
        ("<skipHours><hour>4</hour></skipHours>", 1),
        ("<skipDays><day>Thursday</day></skipDays>", 60),
    ],
    ids=["nothing", "ttl", "ttl of a day", "skipHours", "other hours", "skipDays"],
)
def test_what_a_real_document_asks_of_pollers_is_heeded_at_the_next_poll(hints, minutes, agency):
    agency.answers["/feed"] = reply(200, rss(hints))
    one = channels.add(agency.url("/feed"), provider="ANI", format="rss")
    poll([one], now=NOON)
    assert pipeline.run(now=NOON) == 1
    one.refresh_from_db()
    agency.answers["/feed"] = reply(304)
    late = NOON + timedelta(hours=1)
    poll([one], now=late)
    one.refresh_from_db()
    wait = one.next_at - late
    assert timedelta(0) <= wait - timedelta(minutes=minutes) < timedelta(seconds=30)
