"""Polling an agency's real web server on loopback: F92-F98, end to end."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from harness.agency import reply
from wireroom.intake import channels
from wireroom.intake.collect.poll import Polled, poll
from wireroom.intake.models import Channel, Delivery

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
#: A day, and a moment for the polls themselves.
DAY = timedelta(days=1, minutes=1)
FEED = b"<rss><channel><item><guid>%d</guid></item></channel></rss>"
LAST = "Thu, 02 May 2024 11:00:00 GMT"

pytestmark = pytest.mark.django_db(transaction=True)


def channel(agency, path="/feed", **words):
    return channels.add(agency.url(path), provider="ANI", **words)


def polled(one, now=NOON):
    """Poll a channel once, and give it as the database then has it."""
    one.refresh_from_db()
    result = poll([one], now=now)
    one.refresh_from_db()
    return result


def conditional(asked):
    return asked.headers.get("if-none-match"), asked.headers.get("if-modified-since")


def test_a_document_becomes_a_delivery_with_all_that_came_with_it(agency):
    agency.answers["/feed"] = reply(
        200, FEED % 1, Content_Type="application/rss+xml; charset=utf-8", ETag='"1"'
    )
    one = channel(agency, format="rss")
    assert polled(one) == Polled(fetched=1)
    delivery = Delivery.objects.get()
    assert bytes(delivery.raw) == FEED % 1
    assert (delivery.channel, delivery.provider) == (one, one.provider)
    assert (delivery.format, delivery.charset) == ("rss", "utf-8")
    assert delivery.address == agency.url("/feed")
    assert (one.last_status, one.failures, one.leased_until) == ("news", 0, None)
    assert one.next_at > NOON


@pytest.mark.cases("F97")
@pytest.mark.parametrize("etag", ['"1"', 'W/"a b"', "bare", '"say \\"x\\""'])
def test_f97_both_validators_are_sent_byte_for_byte(etag, agency):
    agency.answers["/feed"] = reply(200, FEED % 1, ETag=etag, Last_Modified=LAST)
    one = channel(agency)
    polled(one)
    polled(one, NOON + HOUR)
    assert conditional(agency.asked[0]) == (None, None)
    assert conditional(agency.asked[1]) == (etag, LAST)


@pytest.mark.cases("F92")
@pytest.mark.parametrize("headers", [{}, {"ETag": '"1"'}], ids=["without ETag", "with ETag"])
def test_f92_a_304_is_success_and_writes_no_delivery(headers, agency):
    agency.answers["/feed"] = reply(200, FEED % 1, ETag='"1"')
    one = channel(agency)
    polled(one)
    agency.answers["/feed"] = reply(304, **headers)
    assert polled(one, NOON + HOUR) == Polled(unchanged=1)
    polled(one, NOON + 2 * HOUR)
    assert conditional(agency.asked[2])[0] == '"1"'
    assert Delivery.objects.count() == 1
    assert one.last_status == "unchanged"


def test_the_same_bytes_are_not_read_twice(agency):
    agency.answers["/feed"] = reply(200, FEED % 1)
    one = channel(agency)
    polled(one)
    assert polled(one, NOON + HOUR) == Polled(unchanged=1)
    agency.answers["/feed"] = reply(200, FEED % 2)
    assert polled(one, NOON + 2 * HOUR) == Polled(fetched=1)
    assert Delivery.objects.count() == 2


def test_everything_is_asked_for_once_a_day(agency):
    agency.answers["/feed"] = reply(200, FEED % 1, ETag='"1"')
    one = channel(agency)
    for late in (0 * HOUR, HOUR, 23 * HOUR, DAY, DAY + HOUR):
        polled(one, NOON + late)
    assert [conditional(asked)[0] for asked in agency.asked] == [None, '"1"', '"1"', None, '"1"']


@pytest.mark.cases("F97")
def test_f97_validators_belong_to_the_address_after_redirects(agency):
    agency.answers["/feed"] = reply(302, Location="/a", ETag='"redirect"')
    agency.answers["/a"] = reply(200, FEED % 1, ETag='"a"')
    agency.answers["/b"] = reply(200, FEED % 1, ETag='"b"')
    one = channel(agency)
    polled(one)
    polled(one, NOON + HOUR)
    agency.answers["/feed"] = reply(302, Location="/b")
    polled(one, NOON + 2 * HOUR)
    asked = [(asked.path, conditional(asked)[0]) for asked in agency.asked]
    assert asked == [
        ("/feed", None),
        ("/a", None),
        ("/feed", None),
        ("/a", '"a"'),
        ("/feed", None),
        ("/b", None),
    ]


@pytest.mark.cases("F93")
@pytest.mark.parametrize("status", [301, 308])
def test_f93_a_move_for_good_is_stored_when_it_was_confirmed(status, agency):
    agency.answers["/feed"] = reply(status, Location="/new")
    agency.answers["/new"] = reply(200, FEED % 1)
    one = channel(agency)
    for hours in (0, 1, 12):
        polled(one, NOON + hours * HOUR)
        assert one.url == agency.url("/feed")
    polled(one, NOON + DAY)
    assert one.url == agency.url("/new")
    polled(one, NOON + DAY + HOUR)
    assert agency.asked[-1].path == agency.asked[-2].path == "/new"


@pytest.mark.cases("F93")
@pytest.mark.parametrize("status", [302, 303, 307])
def test_f93_another_move_is_never_stored(status, agency):
    agency.answers["/feed"] = reply(status, Location="/new")
    agency.answers["/new"] = reply(200, FEED % 1)
    one = channel(agency)
    for days in range(6):
        polled(one, NOON + days * DAY)
    assert one.url == agency.url("/feed")


@pytest.mark.cases("F93")
@pytest.mark.parametrize("location", ["/feed", "http://127.0.0.1:1/", "file:///etc/passwd"])
def test_f93_a_circle_or_a_way_inside_is_a_failure_and_never_stored(location, agency):
    agency.answers["/feed"] = reply(301, Location=location)
    one = channel(agency)
    for days in range(4):
        assert polled(one, NOON + days * DAY) == Polled(failed=1)
    assert (one.url, one.failures) == (agency.url("/feed"), 4)


@pytest.mark.cases("F93")
def test_f93_a_move_onto_another_channel_leaves_both_as_they_are(agency):
    agency.answers["/feed"] = reply(301, Location="/new")
    agency.answers["/new"] = reply(200, FEED % 1)
    one, other = channel(agency), channel(agency, "/new")
    for days in range(4):
        polled(one, NOON + days * DAY)
    other.refresh_from_db()
    assert (one.url, other.url) == (agency.url("/feed"), agency.url("/new"))


@pytest.mark.cases("F94")
def test_f94_a_goodbye_said_three_times_over_a_day_pauses_and_keeps_what_came(agency, caplog):
    agency.answers["/feed"] = reply(200, FEED % 1)
    one = channel(agency)
    polled(one)
    agency.answers["/feed"] = reply(410, "bye")
    polled(one, NOON + HOUR)
    assert (one.paused, one.last_status) == (False, "gone (410)")
    assert "channel failed" in caplog.text
    polled(one, NOON + DAY)
    assert not one.paused
    polled(one, NOON + DAY + 2 * HOUR)
    assert one.paused
    assert one.paused_because.startswith("gone (410)")
    assert Delivery.objects.count() == 1


@pytest.mark.cases("F95")
@pytest.mark.parametrize("status", [404, 500, 502])
def test_f95_failures_are_asked_ever_more_rarely(status, agency):
    agency.answers["/feed"] = reply(status, FEED % 1)
    one = channel(agency)
    waits = []
    for number in range(12):
        now = NOON + number * DAY
        polled(one, now)
        waits.append((one.next_at - now).total_seconds())
    assert 90 <= waits[0] <= 125
    assert all(later > sooner for sooner, later in pairwise(waits[:9]))
    assert max(waits) <= 86_405
    assert (one.failures, Delivery.objects.count()) == (12, 0)


@pytest.mark.cases("F95")
def test_f95_a_server_that_is_down_is_a_failure_with_its_reason(agency):
    one = channel(agency)
    agency.shutdown()
    agency.server_close()
    assert polled(one) == Polled(failed=1)
    assert one.last_status.startswith("no connection to 127.0.0.1")


@pytest.mark.cases("F96")
@pytest.mark.parametrize(
    ("status", "retry_after", "least", "most"),
    [
        (429, "1800", 1800, 1810),
        (503, "Thu, 02 May 2024 12:30:00 GMT", 1795, 1810),
        (429, "Thu, 02 May 2024 11:00:00 GMT", 90, 130),
        (429, "-7", 90, 130),
        (503, "99999999999999", 86_400, 86_405),
    ],
)
def test_f96_who_asks_for_time_gets_it(status, retry_after, least, most, agency):
    agency.answers["/feed"] = reply(status, Retry_After=retry_after)
    one = channel(agency)
    polled(one)
    assert least <= (one.next_at - NOON).total_seconds() <= most


@pytest.mark.cases("A21")
@pytest.mark.parametrize("status", [410, 429, 503])
def test_a21_what_one_channel_is_told_is_not_told_to_another_of_the_same_host(status, agency):
    """Nor does another who types nearly the same address share what was learned of it."""
    paths = ("/feed", "/feed?", "/feed#all", "/feed?x=1", "/other")
    agency.answers |= {
        "/feed": reply(status, Retry_After="86400", ETag='"poison"'),
        "/feed?x=1": reply(200, FEED % 1, ETag='"x"'),
        "/other": reply(200, FEED % 2, ETag='"other"'),
    }
    told, *same, other, last = (channel(agency, path) for path in paths)
    for hours in (0, 24, 48):
        polled(told, NOON + hours * HOUR)
    assert told.paused == (status == 410)
    assert told.failures == 3
    for one in (*same, other, last):
        one.refresh_from_db()
        assert (one.failures, one.paused, one.validators) == (0, False, {})
        assert one.next_at <= timezone.now()
    for one, number in ((other, "x"), (last, "other")):
        assert polled(one, NOON + 48 * HOUR) == Polled(fetched=1)
        assert one.validators == {one.url: [f'"{number}"', ""]}


def test_a_page_in_place_of_a_document_keeps_validators(agency):
    agency.answers["/feed"] = reply(200, FEED % 1, ETag='"1"')
    one = channel(agency)
    polled(one)
    agency.answers["/feed"] = reply(200, "<!doctype html><p>captcha", ETag='"page"')
    assert polled(one, NOON + HOUR) == Polled(failed=1)
    assert one.validators == {agency.url("/feed"): ['"1"', ""]}
    assert Delivery.objects.count() == 1


@pytest.mark.cases("F98")
def test_f98_a_host_has_two_connections_at_most_however_many_channels(agency):
    together = threading.Barrier(2)

    def slowly(_):
        together.wait(5)  # two are here at once, or nobody gets on
        return reply(200, FEED % 1)

    many = [channel(agency, f"/{number}") for number in range(12)]
    agency.answers |= {f"/{number}": slowly for number in range(12)}
    assert poll(many, now=NOON) == Polled(fetched=12)
    assert agency.most_open == 2


def test_a_channel_that_was_removed_meanwhile_takes_nothing_with_it(agency):
    agency.answers |= {"/gone": reply(200, FEED % 1), "/feed": reply(200, FEED % 2)}
    gone, stays = channel(agency, "/gone"), channel(agency)
    both = list(Channel.objects.all())
    Channel.objects.filter(pk=gone.pk).delete()
    poll(both, now=NOON)
    assert Delivery.objects.get().channel == stays
    assert not Channel.objects.filter(pk=gone.pk).exists()


def test_what_a_person_set_meanwhile_stays_set(agency):
    agency.answers["/feed"] = reply(200, FEED % 1)
    one = channel(agency)
    (before,) = Channel.objects.all()
    Channel.objects.filter(pk=one.pk).update(paused=True, paused_because="tea", every=5)
    poll([before], now=NOON)
    one.refresh_from_db()
    assert (one.paused, one.paused_because, one.every) == (True, "tea", 5)


def test_a_round_writes_schedules_in_bulk(agency, django_assert_max_num_queries):
    many = [channel(agency, f"/{number}") for number in range(40)]
    agency.answers |= {f"/{number}": reply(304) for number in range(40)}
    with django_assert_max_num_queries(20):
        assert poll(many, now=NOON) == Polled(unchanged=40)
