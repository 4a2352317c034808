"""What an HTTP answer tells of a channel."""

from datetime import UTC, datetime

import pytest
from multidict import CIMultiDict

from wireroom.intake.collect.answer import charset_of, told_by
from wireroom.outbound.http import Answer, Hop

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
DATE = "Thu, 02 May 2024 12:00:00 GMT"
FEED = "https://news.example/feed"


def told(status=200, body=b"<rss/>", hops=(), **headers):
    named = CIMultiDict({name.replace("_", "-"): value for name, value in headers.items()})
    return told_by(Answer(status, FEED, named, body, hops), whole=False, now=NOON)


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>Are you a robot?",
        b"\xef\xbb\xbf\n<HTML lang=en>",
        b'<?xml version="1.0"?>\n<!-- x --><html xmlns="http://www.w3.org/1999/xhtml">',
        b"",
        b"  \n",
    ],
)
def test_a_page_or_nothing_is_no_document(body):
    assert told(body=body).wrong


@pytest.mark.parametrize(
    "body", [b"<rss/>", b"<!-- html --><feed/>", b'{"version": "1"}', b"<htmlish/>"]
)
def test_a_document_is_one_whatever_its_type_says(body):
    assert not told(body=body, Content_Type="text/html").wrong


@pytest.mark.parametrize(
    ("status", "wrong"),
    [
        (304, ""),
        (226, ""),
        (410, "gone (410)"),
        (404, "the server answered 404"),
        (500, "the server answered 500"),
        (206, "the server answered 206"),
    ],
)
def test_a_status_says_whether_there_is_a_document(status, wrong):
    assert told(status, b"" if status == 304 else b"<rss/>").wrong == wrong


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({"Cache_Control": "max-age=600"}, 600),
        ({"Cache_Control": 'public, Max-Age="600"'}, 600),
        ({"Cache_Control": "max-age=600", "Expires": "Thu, 02 May 2024 18:00:00 GMT"}, 600),
        ({"Cache_Control": "no-cache, max-age=600"}, 0),
        ({"Cache_Control": "max-age=" + "9" * 400}, 999_999_999),
        ({"Expires": "Thu, 02 May 2024 12:10:00 GMT", "Date": DATE}, 600),
        (
            {"Expires": "Thu, 02 May 2024 10:10:00 GMT", "Date": "Thu, 02 May 2024 10:00:00 GMT"},
            600,
        ),
        ({"Expires": "Thu, 02 May 2024 12:10:00 GMT"}, 600),
        ({"Expires": "0"}, 0),
        ({"Expires": "Mon, 01 Jan 2001 00:00:00 GMT", "Date": DATE}, 0),
        ({}, 0),
    ],
)
def test_freshness_is_told_by_max_age_or_else_by_expires_from_the_servers_clock(headers, fresh):
    assert told(**headers).fresh == fresh


@pytest.mark.cases("F96")
@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("-5", 0),
        ("Thu, 02 May 2024 12:30:00 GMT", 1800),
        ("Thu, 02 May 2024 11:30:00 GMT", 0),
        ("9" * 500, 9_999_999_999),
        ("soon", None),
        ("", None),
        ("Thu, 99 May 2024 11:30:00 GMT", None),
    ],
)
def test_f96_retry_after_is_seconds_or_a_date(value, seconds):
    assert told(503, Retry_After=value).retry_after == seconds


@pytest.mark.cases("F93")
@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301, 308), "2"), ((301, 302), "1"), ((302, 301), ""), ((303,), ""), ((307,), ""), ((), "")],
)
def test_f93_only_redirects_for_good_move_a_channel(statuses, moved):
    hops = tuple(Hop(status, str(number)) for number, status in enumerate(statuses, 1))
    assert told(hops=hops).moved == moved


def test_a_last_modified_of_the_answers_own_second_is_not_kept():
    assert told(Last_Modified=DATE, Date=DATE).modified == ""
    assert told(Last_Modified=DATE, Date=DATE, ETag='"1"').modified == DATE
    assert told(Last_Modified=DATE, Date="Thu, 02 May 2024 12:00:01 GMT").modified == DATE
    assert told(Last_Modified=DATE).modified == DATE
    assert told(Last_Modified="whenever", Date=DATE).modified == "whenever"


def test_the_transports_charset_is_told():
    for said, charset in [
        ('application/rss+xml; charset="ISO-8859-1"', "iso-8859-1"),
        ("text/xml", ""),
        ("", ""),
        (";;;", ""),
    ]:
        assert charset_of(Answer(200, FEED, {"Content-Type": said})) == charset
