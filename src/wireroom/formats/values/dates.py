"""Moments in all the forms that wires write them.

RFC 822 with its wild variants, RFC 3339, ISO basic, a date alone; see the forms in
``tests/formats/test_dates.py``. An ambiguous form is unreadable, never a guess.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, Literal

MONTHS: Final = {
    month: number
    for number, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june"),
            *("jul july", "aug august", "sep sept september", "oct october"),
            *("nov november", "dec december"),
        ),
        1,
    )
    for month in names.split()
}
#: RFC 822 section 5.1 and the names in use beside it, as minutes east of Greenwich.
ZONES: Final = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "akst": -540,
    "akdt": -480,
    "hst": -600,
    "ast": -240,
    "bst": 60,
    "west": 60,
    "cet": 60,
    "met": 60,
    "cest": 120,
    "mest": 120,
    "eet": 120,
    "eest": 180,
    "msk": 180,
    "sast": 120,
    "cat": 120,
    "wat": 60,
    "eat": 180,
    "jst": 540,
    "kst": 540,
    "sgt": 480,
    "hkt": 480,
    "ist": 330,
    "aest": 600,
    "aedt": 660,
    "nzst": 720,
}
#: Zones of one name in several countries, and whose is taken. Where the other's moment may
#: be later than ours, the zone counts as unknown, so that an embargo holds.
SHARED: Final = {"ist": "India's", "bst": "Britain's", "ast": "the Atlantic's"}
EARLIER: Final = frozenset({"ist"})
CLOCK: Final = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d+))?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?"
)
ZONE: Final = r"(?P<zone>[A-Za-z]{1,5}|(?:(?:GMT|UTC)\s*)?[+-]\d{1,2}:?\d{2}|[+-]\d{2})"
ISO: Final = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?"
    rf"(?:[Tt]?\s*{CLOCK}\s*{ZONE}?|\s*Z?)"
)
#: The hour alone, which ISO 8601 allows; and slashes, where the year stands first.
HOUR: Final = re.compile(
    rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})[Tt](?P<hour>\d{{2}})\s*{ZONE}?"
)
SLASHES: Final = re.compile(
    rf"(?P<year>\d{{4}})/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})(?:[Tt\s]\s*{CLOCK}\s*{ZONE}?)?"
)
BASIC: Final = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[Tt](?P<hour>\d{2})(?P<minute>\d{2})(?:(?P<second>\d{2})(?:[.,](?P<part>\d+))?)?"
    rf"\s*{ZONE}?)?"
)
RFC822: Final = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s*)?(?P<day>\d{1,2})(?:\s+|-)(?P<name>[A-Za-z]{3,9})\.?,?(?:\s+|-)"
    rf"(?P<year>\d{{4}}|\d{{2}})(?:,?\s+{CLOCK}(?:\s*{ZONE})?(?:\s*\([^)]*\))?)?"
)
#: Month before day: ``Jan 2, 2004 19:48:21 GMT``, and C's ``Thu Jan 1 19:48:21 2004``.
NAMED: Final = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s+)?(?P<name>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+"
    rf"(?:(?P<year>\d{{4}})(?:,?\s+{CLOCK}(?:\s*{ZONE})?)?)"
)
ASCTIME: Final = re.compile(
    r"[A-Za-z]{3},?\s+(?P<name>[A-Za-z]{3})\s+(?P<day>\d{1,2})\s+"
    rf"{CLOCK}(?:\s+{ZONE})?\s+(?P<year>\d{{4}})"
)
FORMS: Final = (RFC822, ISO, BASIC, NAMED, ASCTIME, HOUR, SLASHES)
#: The usual way of RSS, in parts that make the usual way of ISO 8601.
USUAL: Final = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{2}) ([A-Z][a-z]{2}) ((?:19|20)\d{2}) (\d{2}:\d{2}:\d{2}) "
    r"(?:([+-](?:0\d|1[0-3]))([0-5]\d)|GMT)"
)
FIRST_YEAR: Final = 2
LAST_YEAR: Final = 9998
#: Two-digit years from here on are of the last century (RFC 2822 section 4.3).
PIVOT: Final = 50
#: How far zones go from Greenwich, in minutes.
FARTHEST: Final = 14 * 60


@dataclass(frozen=True, slots=True)
class Read:
    """A moment as read: in UTC, or None when it cannot be; and what was doubtful."""

    at: datetime | None
    note: str = ""
    #: It named no zone, or one that nobody knows; empty when it named one.
    zone: Literal["", "none", "unknown"] = ""


def moment(text: str, zone: tzinfo = UTC) -> Read:
    """Read a moment; ``zone`` is for those that name none."""
    trimmed = " ".join(text[:100].split())
    return _read(trimmed, zone) if trimmed else Read(None)


def embargo(text: str, zone: tzinfo = UTC) -> Read:
    """Read a moment before which nothing may be shown: in doubt of its zone, no moment.

    Only a channel that names a zone of its own settles what a moment without one means;
    UTC is what channels have that name none.
    """
    read = moment(text, zone)
    doubtful = read.zone == "unknown" or (read.zone == "none" and str(zone) == "UTC")
    return Read(None, f"{read.note}: holds", read.zone) if doubtful else read


@lru_cache(maxsize=1024)
def _read(text: str, zone: tzinfo) -> Read:
    if (usual := USUAL.fullmatch(text)) and (at := _usual(*usual.groups("00"))):
        return Read(at)
    for form in FORMS:
        if found := form.fullmatch(text):
            try:
                return _built(found.groupdict(), text, zone)
            except (ValueError, OverflowError, KeyError):
                break
    return Read(None, f"unreadable date: {text}")


def _usual(*parts: str) -> datetime | None:
    """Put a moment together that is written in the usual way; None when there is none."""
    day, month, year, clock, hours, minutes = parts
    sign = hours if hours != "00" else "+00"
    try:
        number = MONTHS[month.lower()]
        written = f"{year}-{number:02}-{day}T{clock}{sign}:{minutes}"
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, KeyError):
        return None


def _built(part: dict[str, str | None], text: str, zone: tzinfo) -> Read:
    """Put a moment together; ValueError and KeyError mean that there is none like it."""
    year = int(part["year"] or "")
    if len(part["year"] or "") == 2:  # noqa: PLR2004 (digits)
        year += 1900 if year >= PIVOT else 2000
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Read(None, f"unreadable date: {text}")
    month = MONTHS[named.lower()] if (named := part.get("name")) else int(part["month"] or "1")
    day = datetime(year, month, int(part.get("day") or "1"), tzinfo=UTC)
    return _timed(day, part, text, zone)


def _timed(day: datetime, part: dict[str, str | None], text: str, zone: tzinfo) -> Read:
    if part.get("hour") is None:
        at = day.replace(tzinfo=zone).astimezone(UTC)
        return Read(at, f"a date without a time: {text}", "none")
    hour, minute, second = (int(part.get(name) or 0) for name in ("hour", "minute", "second"))
    if half := part.get("half"):
        hour = _of_the_day(hour, half)
    micro = int((part.get("part") or "0")[:6].ljust(6, "0"))
    later = timedelta()
    if (hour, minute, second, micro) == (24, 0, 0, 0):  # ISO 8601: the end of the day
        hour, later = 0, timedelta(days=1)
    if second == 60:  # noqa: PLR2004 (a leap second, which Python does not know)
        second, later = 59, timedelta(seconds=1)
    local = day.replace(hour=hour, minute=minute, second=second, microsecond=micro)
    named = part.get("zone")
    own = _zone(named) if named else None
    at = (local.replace(tzinfo=own or zone) + later).astimezone(UTC)
    if own is not None and named:
        return _named(at, named.lower(), text, here=zone.utcoffset(local) == own.utcoffset(local))
    unknown = f"unknown zone {named}" if named else "no zone"
    return Read(at, f"a time with {unknown}: {text}", "unknown" if named else "none")


def _named(at: datetime, named: str, text: str, *, here: bool) -> Read:
    """Note a zone that others have too, unless it is the channel's own."""
    if named not in SHARED or here:
        return Read(at)
    note = f"the zone of several countries, read as {SHARED[named]}: {text}"
    return Read(at, note, "unknown" if named in EARLIER else "")


def _of_the_day(hour: int, half: str) -> int:
    """Give the hour of the day of one before or after noon; ValueError when there is none."""
    if not 0 <= hour <= 12:  # noqa: PLR2004 (hours)
        raise ValueError(f"{hour} {half}m")
    return hour % 12 + (12 if half in "Pp" else 0)


def _zone(named: str) -> timezone | None:
    """Read a zone: ``Z``, ``EST``, ``+0200``, ``GMT+2:00``; None when nobody knows it."""
    if named.lower() in ZONES:
        return timezone(timedelta(minutes=ZONES[named.lower()]))
    digits = re.fullmatch(r"(?:[A-Za-z]{3}\s*)?([+-])(\d{1,2}):?(\d{2})?", named)
    if not digits:
        return None
    minutes = int(digits[2]) * 60 + int(digits[3] or 0)
    if minutes > FARTHEST:
        return None
    return timezone(timedelta(minutes=-minutes if digits[1] == "-" else minutes))
