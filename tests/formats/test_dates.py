"""Every form of a date in the wild, and those that are none."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from wireroom.formats.values.dates import embargo, moment

EAST = timezone(timedelta(hours=2))
#: All of them are 2 May 2024, 08:10 UTC.
SAME = (
    "Thu, 02 May 2024 08:10:00 GMT",
    "Thu, 02 May 2024 08:10 GMT",
    "Mon, 2 May 24 10:10:00 +0200",
    "2 May 2024 04:10:00 EDT",
    "  2024-05-02T10:10:00+02:00 ",
    "2024-05-02T10:10:00+0200",
    "2024-05-02t08:10:00.1234567z",
    "2024-05-02 08:10:00Z",
    "2024-05-02T08:10Z",
    "20240502T081000Z",
    "20240502T101000+0200",
    "Thu May 2 08:10:00 2024",
    "May 2, 2024 08:10:00 UTC",
    "2 May 2024 08:10 am GMT",
    "Thu, 02 May 2024 01:40 PM IST",
    "May 2, 2024 8:10 a.m.",
    "2024-05-02 8:10AM Z",
    "2024/05/02 08:10",
    "2024/5/2T10:10:00+02:00",
)
NONE = (
    "02/05/2024",
    "2024-13-01T00:00:00Z",
    "0000-00-00T00:00:00Z",
    "2O24-05-02",
    "{{ date }}",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2024-05-02T25:00:00Z",
    "2 May 2024 22:10 pm GMT",
    "2024-05-02T25Z",
    "10:00 am",
    "24/05/02",
    "soon",
)


@pytest.mark.parametrize("said", SAME)
def test_a_form_of_the_wild_is_read(said):
    assert moment(said).at.replace(microsecond=0) == datetime(2024, 5, 2, 8, 10, tzinfo=UTC)


@pytest.mark.parametrize("said", NONE)
def test_what_is_no_moment_is_not_guessed_at(said):
    read = moment(said)
    assert read.at is None
    assert "unreadable" in read.note


def test_a_date_alone_is_midnight_in_the_channels_zone_and_noted():
    read = moment("2024-05-02", EAST)
    assert read.at == datetime(2024, 5, 1, 22, tzinfo=UTC)
    assert read.note


def test_a_time_without_zone_is_in_the_channels_and_noted():
    read = moment("2024-05-02T08:10:00", EAST)
    assert read.at == datetime(2024, 5, 2, 6, 10, tzinfo=UTC)
    assert "no zone" in read.note


def test_twenty_four_hours_are_the_next_midnight():
    assert moment("2024-05-02T24:00:00Z").at == datetime(2024, 5, 3, tzinfo=UTC)


def test_nothing_is_nothing():
    assert moment("  ").at is None
    assert not moment("").note


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("2024-05-02T10Z", 10),
        ("2024-05-02T10+02", 8),
        ("2024-05-02 12:00 am", 0),
        ("2024-05-02 12:00 pm", 12),
        ("2024/05/02", 0),
    ],
)
def test_hours_alone_halves_of_the_day_and_slashes(said, hour):
    assert moment(said).at == datetime(2024, 5, 2, hour, tzinfo=UTC)


@pytest.mark.parametrize(("zone", "minutes"), [("IST", 330), ("BST", 60), ("AST", -240)])
def test_a_zone_that_several_countries_call_so_is_read_and_noted(zone, minutes):
    own = timezone(timedelta(minutes=minutes))
    read = moment(f"2 May 2024 08:10 {zone}")
    assert read.at == datetime(2024, 5, 2, 8, 10, tzinfo=own)
    assert "several countries" in read.note
    assert not moment(f"2 May 2024 08:10 {zone}", own).note


def test_an_embargo_holds_where_a_zone_may_mean_a_later_moment():
    assert embargo("2 May 2024 08:10 IST").at is None
    assert embargo("2 May 2024 08:10 IST", timezone(timedelta(minutes=330))).at
    assert embargo("2 May 2024 08:10 BST").at
