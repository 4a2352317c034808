"""What a poll's answer does to a channel: F92-F97 as values, with `now` as an argument."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from wireroom.intake.collect.standing import Standing, Told, after, asks_whole, has_news

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = "https://news.example/feed"
MOVED = "https://news.example/moved"
HELD = Standing(
    url=FEED,
    next_at=NOON,
    interval=240,
    validators={FEED: ('"1"', "Thu, 02 May 2024 11:00:00 GMT")},
    last_sha256="a",
    last_news_at=NOON - HOUR,
    last_whole_at=NOON - HOUR,
)
NEWS = Told(status=200, url=FEED, etag='"2"', sha256="b")
SAME = Told(status=200, url=FEED, etag='"2"', sha256="a")
UNCHANGED = Told(status=304, url=FEED)
BROKEN = Told(status=500, url=FEED, wrong="the server answered 500")
GONE = Told(status=410, url=FEED, wrong="gone (410)")


def wait(standing, now=NOON):
    return (standing.next_at - now).total_seconds()


def polled(standing, *told, every=HOUR, luck=0.0, now=NOON):
    for one in told:
        standing = after(standing, one, now=now, luck=luck)
        now += every
    return standing


# News, and none


def test_other_bytes_are_news_and_the_same_bytes_are_not():
    assert has_news(HELD, NEWS)
    assert not has_news(HELD, SAME)
    assert not has_news(HELD, UNCHANGED)
    assert not has_news(HELD, replace(NEWS, wrong="a page came in place of a document"))


def test_news_quickens_a_channel_and_silence_slows_it():
    assert polled(HELD, NEWS).interval == 60
    assert polled(HELD, UNCHANGED).interval == 300
    assert polled(HELD, SAME).interval == 300


def test_a_learned_interval_stays_between_a_minute_and_an_hour():
    news = [replace(NEWS, sha256=str(number)) for number in range(40)]
    assert polled(HELD, *news, every=timedelta(minutes=2)).interval == 60
    silent = polled(HELD, *[UNCHANGED] * 40)
    assert silent.interval == wait(silent, silent.last_polled_at) == 3600


@pytest.mark.parametrize("told", [NEWS, UNCHANGED, replace(NEWS, fresh=9999)])
def test_a_pace_set_by_a_person_wins(told):
    held = HELD._replace(every=30, asked={"interval": 3600, "skip_hours": list(range(24))})
    assert wait(polled(held, told)) == 30


@pytest.mark.parametrize(
    ("fresh", "asked", "expected"),
    [
        (0, {}, 300),
        (600, {}, 600),
        (999_999, {}, 3600),
        (10, {}, 300),
        (0, {"interval": 900}, 900),
        (0, {"interval": 86_400}, 3600),
        (0, {"interval": 5}, 300),
        (1200, {"interval": 900}, 1200),
        (0, {"skip_hours": [12]}, 3600),
        (0, {"skip_hours": [13]}, 300),
        (0, {"skip_days": [3]}, 3600),
        (0, {"skip_days": [4]}, 300),
    ],
)
def test_what_answers_and_documents_ask_raises_the_interval_to_an_hour_at_most(
    fresh, asked, expected
):
    told = replace(UNCHANGED, fresh=fresh)
    assert wait(polled(HELD._replace(asked=asked), told)) == expected


def test_everything_is_asked_for_once_a_day_and_no_oftener():
    assert asks_whole(HELD._replace(last_whole_at=None), NOON)
    assert not asks_whole(HELD, NOON)
    assert asks_whole(HELD, NOON + 23 * HOUR)
    whole = polled(HELD, replace(NEWS, whole=True))
    assert whole.last_whole_at == NOON
    assert polled(HELD, NEWS).last_whole_at == HELD.last_whole_at


# Validators


@pytest.mark.cases("F92")
def test_f92_a_304_without_validators_keeps_them_and_one_with_replaces_them():
    assert polled(HELD, UNCHANGED).validators == HELD.validators
    newer = polled(HELD, replace(UNCHANGED, etag='W/"3"')).validators
    assert newer == {FEED: ('W/"3"', "Thu, 02 May 2024 11:00:00 GMT")}


@pytest.mark.cases("F97")
def test_f97_validators_are_kept_verbatim_for_the_address_that_gave_them():
    odd = Told(status=200, url=MOVED, etag=' unquoted "x', modified="whenever", sha256="b")
    assert polled(HELD, odd).validators == HELD.validators | {MOVED: (odd.etag, odd.modified)}


def test_an_answer_without_validators_takes_the_old_ones_away():
    assert polled(HELD, replace(NEWS, etag="")).validators == {}


def test_only_a_few_addresses_are_remembered():
    standing = HELD
    for number in range(20):
        told = Told(status=200, url=f"{FEED}/{number}", etag="x", sha256=str(number))
        standing = polled(standing, told)
    assert len(standing.validators) == 4
    assert f"{FEED}/19" in standing.validators


def test_a_page_in_place_of_a_document_is_an_error_that_keeps_what_is_known():
    page = replace(NEWS, wrong="a page came in place of a document")
    standing = polled(HELD, page)
    assert (standing.validators, standing.last_sha256) == (HELD.validators, "a")
    assert (standing.failures, standing.last_status) == (1, page.wrong)


# Moves


def moves(**words):
    return replace(UNCHANGED, url=MOVED, moved=MOVED, **words)


@pytest.mark.cases("F93")
def test_f93_a_move_is_believed_after_three_times_over_a_day():
    assert polled(HELD, moves(), moves(), every=DAY).url == FEED
    assert polled(HELD, *[moves()] * 3, every=DAY / 2).url == MOVED
    assert polled(HELD, *[moves()] * 20, every=HOUR).url == FEED
    assert polled(HELD, *[moves()] * 25, every=HOUR).url == MOVED


@pytest.mark.cases("F93")
def test_f93_a_move_is_counted_anew_when_it_was_not_said_or_went_elsewhere():
    elsewhere = replace(moves(), moved=f"{MOVED}/2")
    for other in (UNCHANGED, elsewhere):
        assert polled(HELD, moves(), moves(), other, moves(), every=DAY).url == FEED


@pytest.mark.cases("F93")
def test_f93_a_failure_between_says_nothing_of_a_move():
    assert polled(HELD, moves(), BROKEN, moves(), moves(), every=DAY).url == MOVED


@pytest.mark.cases("F93")
def test_f93_an_address_that_fails_is_never_moved_to():
    lost = replace(BROKEN, moved=MOVED)
    assert polled(HELD, *[lost] * 5, every=DAY).url == FEED


def test_a_users_name_moves_along_within_its_host():
    held = HELD._replace(url="https://me:pass@news.example/feed")
    assert polled(held, *[moves()] * 3, every=DAY).url == "https://me:pass@news.example/moved"
    away = replace(moves(), moved="https://other.example/feed")
    assert polled(held, *[away] * 3, every=DAY).url == away.moved


# Failures


@pytest.mark.cases("F94")
def test_f94_a_goodbye_is_told_at_once_and_believed_after_three_over_a_day():
    first = polled(HELD, GONE)
    assert (first.last_status, first.paused) == ("gone (410)", False)
    assert not polled(HELD, GONE, GONE, every=DAY).paused
    assert not polled(HELD, *[GONE] * 20, every=HOUR).paused
    last = polled(HELD, *[GONE] * 3, every=DAY / 2)
    assert last.paused
    assert last.paused_because.startswith("gone (410), 3 times")


@pytest.mark.cases("F94")
def test_f94_a_channel_that_comes_back_is_not_near_its_end():
    assert not polled(HELD, GONE, GONE, UNCHANGED, GONE, every=DAY).paused


@pytest.mark.cases("F95")
@pytest.mark.parametrize(
    "told", [BROKEN, replace(BROKEN, status=404), replace(BROKEN, status=0), GONE]
)
def test_f95_failures_wait_twice_as_long_each_time_up_to_a_day(told):
    standing, waits = HELD, []
    for _ in range(14):
        standing = polled(standing, told)
        waits.append(wait(standing))
    assert waits[:4] == [120, 240, 480, 960]
    assert waits[-1] == 86_400


@pytest.mark.cases("F95")
def test_f95_luck_spreads_failures_out_and_never_beyond_a_day():
    assert wait(polled(HELD, BROKEN, luck=0.0)) == 120
    assert wait(polled(HELD, BROKEN, luck=1.0)) == 90
    many = HELD._replace(failures=500)
    assert wait(polled(many, BROKEN, luck=0.5)) <= 86_400


@pytest.mark.cases("F95")
def test_f95_one_answer_ends_the_waiting():
    standing = polled(HELD, BROKEN, BROKEN, BROKEN, UNCHANGED)
    assert (standing.failures, standing.interval) == (0, 300)


@pytest.mark.cases("F96")
@pytest.mark.parametrize(
    ("status", "retry_after", "expected"),
    [
        (429, 1800, 1800),
        (503, 1800, 1800),
        (429, 0, 120),
        (429, 999_999_999, 86_400),
        (503, None, 120),
        (500, 1800, 120),
    ],
)
def test_f96_who_asks_for_time_gets_it_up_to_a_day(status, retry_after, expected):
    told = Told(status=status, url=FEED, wrong="no", retry_after=retry_after)
    assert wait(polled(HELD, told)) == expected
