"""Servers that send the new entries alone (RFC 3229, ``A-IM: feed`` and 226 IM Used)."""

from datetime import UTC, datetime, timedelta

import pytest

from harness.agency import reply
from wireroom.intake import channels, pipeline
from wireroom.intake.collect.poll import Polled, poll
from wireroom.intake.models import Delivery
from wireroom.wire import liveness
from wireroom.wire.models import Story

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db(transaction=True)


class Paper:
    """A feed that knows of each ETag which entries are new since then."""

    def __init__(self):
        self.entries = []

    def add(self, *titles):
        self.entries = [*titles, *self.entries]

    def __call__(self, asked):
        etag = f'"{len(self.entries)}"'
        knows = asked.headers.get("if-none-match")
        if knows == etag:
            return reply(304, ETag=etag)
        if knows and asked.headers.get("a-im") == "feed":
            new = self.entries[: len(self.entries) - int(knows.strip('"'))]
            return reply(226, rss(new), IM="feed", ETag=etag)
        return reply(200, rss(self.entries), ETag=etag)


def rss(titles):
    items = "".join(
        f"<item><guid isPermaLink='false'>urn:{title}</guid><title>{title}</title>"
        "<description>Words enough for a story.</description>"
        "<pubDate>Thu, 02 May 2024 11:00:00 GMT</pubDate></item>"
        for title in titles
    )
    return (
        '<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>'
        f"<description>A</description>{items}</channel></rss>"
    )


@pytest.fixture
def paper(agency):
    made = agency.answers["/feed"] = Paper()
    made.add("Ferries return")
    return made


def polled(one, now):
    """Poll a channel and take in what came; give the channel as it then is."""
    one.refresh_from_db()
    result = poll([one], now=now)
    pipeline.run(now=now)
    one.refresh_from_db()
    return result


def live(now):
    return set(Story.objects.filter(liveness.live(now)).values_list("headline", flat=True))


def test_new_entries_alone_are_asked_for_only_beside_the_etag_they_are_new_to(agency, paper):
    one = channels.add(agency.url("/feed"), provider="ANI")
    for hours in (0, 1, 25):
        polled(one, NOON + hours * HOUR)
    asked = [(each.headers.get("a-im"), each.headers.get("if-none-match")) for each in agency.asked]
    assert asked == [(None, None), ("feed", '"1"'), (None, None)]


def test_a_server_without_etags_is_never_asked_for_new_entries_alone(agency):
    agency.answers["/feed"] = reply(200, rss(["A"]), Last_Modified="Thu, 02 May 2024 11:00:00 GMT")
    one = channels.add(agency.url("/feed"), provider="ANI")
    polled(one, NOON)
    polled(one, NOON + HOUR)
    assert "if-modified-since" in agency.asked[1].headers
    assert "a-im" not in agency.asked[1].headers


def test_what_an_answer_of_new_entries_lacks_stays_live(agency, paper):
    one = channels.add(agency.url("/feed"), provider="ANI")
    polled(one, NOON)
    paper.add("Bridge closes")
    assert polled(one, NOON + HOUR) == Polled(fetched=1)
    assert polled(one, NOON + 2 * HOUR) == Polled(unchanged=1)
    assert live(NOON + 2 * HOUR) == {"Ferries return", "Bridge closes"}
    whole, new = Delivery.objects.order_by("pk")
    assert (whole.partial, new.partial) == (False, True)
    assert (whole.items, new.items) == (1, 1)
    assert one.validators == {agency.url("/feed"): ['"2"', ""]}


def test_an_answer_of_new_entries_without_an_etag_takes_none_away(agency, paper):
    one = channels.add(agency.url("/feed"), provider="ANI")
    polled(one, NOON)
    agency.answers["/feed"] = reply(226, rss(["Bridge closes"]), IM="feed")
    polled(one, NOON + HOUR)
    assert one.validators == {agency.url("/feed"): ['"1"', ""]}
    agency.answers["/feed"] = paper
    assert polled(one, NOON + 2 * HOUR) == Polled(unchanged=1)


@pytest.mark.parametrize("done", ["vcdiff", "feed, gzip", "range"])
def test_a_change_of_another_kind_is_no_document_and_the_next_whole_one_makes_up_for_it(
    done, agency, paper
):
    one = channels.add(agency.url("/feed"), provider="ANI")
    polled(one, NOON)
    agency.answers["/feed"] = reply(226, rss(["Bridge closes"]), IM=done, ETag='"9"')
    assert polled(one, NOON + HOUR) == Polled(failed=1)
    assert "not asked for" in one.last_status
    assert one.validators == {agency.url("/feed"): ['"1"', ""]}
    paper.add("Mill opens")
    agency.answers["/feed"] = paper
    polled(one, NOON + 26 * HOUR)
    assert live(NOON + 26 * HOUR) == {"Ferries return", "Mill opens"}


@pytest.mark.parametrize("headers", [{}, {"IM": "Feed"}, {"IM": "feed;x=1"}])
def test_new_entries_are_taken_however_the_server_words_it(headers, agency, paper):
    one = channels.add(agency.url("/feed"), provider="ANI")
    polled(one, NOON)
    agency.answers["/feed"] = reply(226, rss(["Bridge closes"]), **headers)
    assert polled(one, NOON + HOUR) == Polled(fetched=1)
    assert Story.objects.count() == 2
