"""What answers wish of pollers in more than one line, and pages that come without their head."""

from datetime import UTC, datetime, timedelta

import pytest
from multidict import CIMultiDict

from harness.agency import Agency, reply
from wireroom.intake import channels
from wireroom.intake.collect.answer import told_by
from wireroom.intake.collect.poll import Polled, poll
from wireroom.outbound.http import Answer

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
FEED = b"<rss><channel><item><guid>1</guid></item></channel></rss>"


def fresh(*controls, **others):
    lines = [("Cache-Control", line) for line in controls]
    headers = CIMultiDict([*lines, *others.items()])
    answer = Answer(200, "https://news.example/feed", headers, FEED)
    return told_by(answer, whole=False, now=NOON).fresh


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        (("public", "max-age=600"), 600),
        (("max-age=600", "No-Cache"), 0),
        (("NO-STORE, max-age=600",), 0),
        (("MAX-AGE = 600",), 600),
        (("x-max-age=9, max-age=600",), 600),
        (("private",), 300),
        (("max-age=soon",), 300),
    ],
)
def test_freshness_is_read_from_all_lines_whatever_their_letters(lines, seconds):
    later = {"Expires": "Thu, 02 May 2024 12:05:00 GMT", "Date": "Thu, 02 May 2024 12:00:00 GMT"}
    assert fresh(*lines, **later) == seconds


@pytest.mark.parametrize(
    "page",
    [
        "<script>location.reload()</script>",
        "<head><title>Access denied</title></head>",
        "<body class=wall>Sign in",
        "<title>403</title>",
        '<meta http-equiv="refresh" content="0; url=/wall">',
        "<!-- served --><HTML><HEAD>",
    ],
)
@pytest.mark.django_db(transaction=True)
def test_a_page_without_its_head_is_no_document_and_keeps_validators(page, settings):
    with Agency() as agency:
        settings.FETCH_ALLOW = frozenset({agency.place})
        agency.answers["/feed"] = reply(200, FEED, ETag='"1"')
        one = channels.add(agency.url("/feed"), provider="ANI")
        poll([one], now=NOON)
        agency.answers["/feed"] = reply(200, page, ETag='"page"')
        one.refresh_from_db()
        assert poll([one], now=NOON + timedelta(hours=1)) == Polled(failed=1)
        one.refresh_from_db()
        assert one.validators == {agency.url("/feed"): ['"1"', ""]}
        assert one.deliveries.count() == 1


@pytest.mark.cases("F96")
@pytest.mark.parametrize("every", [None, 30, 7200])
@pytest.mark.django_db(transaction=True)
def test_f96_who_asks_for_time_gets_it_whatever_pace_a_person_set(every, settings):
    with Agency() as agency:
        settings.FETCH_ALLOW = frozenset({agency.place})
        agency.answers["/feed"] = reply(429, Retry_After="36000")
        one = channels.add(agency.url("/feed"), provider="ANI", every=every)
        poll([one], now=NOON)
        one.refresh_from_db()
        assert timedelta(0) <= one.next_at - (NOON + timedelta(hours=10)) < timedelta(seconds=60)


@pytest.mark.cases("F97")
@pytest.mark.django_db(transaction=True)
def test_f97_a_server_that_never_gave_validators_is_asked_without(settings):
    with Agency() as agency:
        settings.FETCH_ALLOW = frozenset({agency.place})
        agency.answers["/feed"] = reply(200, FEED)
        one = channels.add(agency.url("/feed"), provider="ANI")
        for hours in range(3):
            one.refresh_from_db()
            poll([one], now=NOON + timedelta(hours=hours))
        sent = {name for asked in agency.asked for name in asked.headers}
        assert not sent & {"if-none-match", "if-modified-since", "a-im"}
