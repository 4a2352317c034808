"""The moments that bound an item's use, and its times, as documents in XML write them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Final

from wireroom.formats.item import UNKNOWN, Moment

from .dates import Read, moment

#: Midnight as NITF's own text writes it, without the T.
_BARE: Final = re.compile(r"\s*(\d{8})(\d{6})((?:[+-]\d{4}|Z)?)\s*")
#: A year that only says "never".
NEVER: Final = "9999"
#: A provider's clock may be so much ahead; beyond it the version is numbered by ours.
AHEAD: Final = timedelta(minutes=10)
_HOUR: Final = timedelta(hours=1)
#: Hours by which zones differ, at most: from UTC-12 to UTC+14. A time may stand in any zone
#: and say that it stands in any other.
_ZONES: Final = 26


def read_bound(
    said: str,
    zone: tzinfo,
    where: str,
    notes: list[str],
    *,
    read: Callable[[str, tzinfo], Read] = moment,
) -> Moment:
    """Read a moment that bounds use; one that cannot be read is ``unknown``."""
    bare = _BARE.fullmatch(said[:40])
    found = read(f"{bare[1]}T{bare[2]}{bare[3]}" if bare else said, zone)
    if found.note or not found.at:
        notes.append(f"{where}: {found.note or 'nothing that can be read'}")
    return found.at or UNKNOWN


def read_time(said: str, zone: tzinfo, where: str, notes: list[str]) -> datetime | None:
    """Read a time; None where there is none that can be read."""
    found = read_bound(said, zone, where, notes) if said.strip() else None
    return found if isinstance(found, datetime) else None


def latest(moments: list[Moment], notes: list[str]) -> Moment:
    """Give the latest of several embargoes; one that is unknown is later than any."""
    if len(set(moments)) > 1:
        notes.append("two embargoes disagree: the later one, or unknown, counts")
    known = [one for one in moments if isinstance(one, datetime)]
    return UNKNOWN if len(known) < len(moments) else max(known, default=None)


def earliest(moments: list[Moment]) -> Moment:
    """Give the earliest of several expiries; one that is unknown may be earlier than any."""
    known = [one for one in moments if isinstance(one, datetime)]
    return UNKNOWN if len(known) < len(moments) else min(known, default=None)


def counted(made: datetime, received: datetime, notes: list[str]) -> int:
    """Number a version by its time, or by ours where that lies ahead."""
    if made > received + AHEAD:
        notes.append("its time lies ahead: the version counts from the receipt")
        made = received
    return max(int(made.timestamp()), 0)


def by_hours(after: timedelta) -> bool:
    """Say whether a time stands whole hours, and hardly anything else, after another."""
    hours = round(after / _HOUR)
    return 0 < hours <= _ZONES and abs(after - hours * _HOUR) < AHEAD
