"""What a feed says of itself as a channel: pace, pages, hubs."""

from typing import Final

from wireroom.formats.bodies.text import plain
from wireroom.formats.document import Hints

from .feed import Feed

PERIODS: Final = {"hourly": 3600, "daily": 86400, "weekly": 604800}
PERIODS_LONG: Final = {"monthly": 2592000, "yearly": 31536000}
DAYS: Final = {
    day: number
    for number, day in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}
#: A pace longer than this is a slip of the pen: a minute's feed said in seconds.
SLOWEST: Final = 7 * 86400


def hints(feed: Feed) -> Hints:
    """Gather them."""
    rels = {link.rel: link.href for link in reversed(feed.links)}
    next_href = feed.next_href or rels.get("next", "")
    notes = list(feed.notes)
    if next_href and next_href in {rels.get("self"), feed.link}:
        notes.append("the next page is this one: not followed")
        next_href = ""
    return Hints(
        title=plain(feed.title.value) if feed.title else "",
        link=feed.link,
        language=feed.language,
        self_href=rels.get("self", ""),
        hubs=tuple(dict.fromkeys(feed.hubs)),
        next_href=next_href,
        previous_archive=rels.get("prev-archive", ""),
        current_href=rels.get("current", ""),
        complete=feed.complete,
        archive=feed.archive,
        interval=_interval(feed),
        skip_hours=frozenset(_hours(feed)),
        skip_days=frozenset(
            DAYS[day.strip().lower()] for day in feed.skip_days if day.strip().lower() in DAYS
        ),
        ended=feed.ended,
        notes=tuple(notes),
    )


def _interval(feed: Feed) -> int | None:
    """Give the longest pause that ttl (minutes) or the syndication module asks for."""
    asked = []
    if (minutes := _whole(feed.ttl)) is not None and minutes > 0:
        asked.append(minutes * 60)
    period = PERIODS | PERIODS_LONG
    if feed.period.lower() in period or feed.frequency:
        # RSS 1.0 syndication module: daily and 1 are the defaults of the other.
        length = period.get(feed.period.lower(), period["daily"])
        asked.append(length // max(_whole(feed.frequency) or 1, 1))
    return min(max(asked), SLOWEST) if asked else None


def _hours(feed: Feed) -> set[int]:
    found = {_whole(hour) for hour in feed.skip_hours}
    return {hour % 24 for hour in found if hour is not None and 0 <= hour <= 24}  # noqa: PLR2004 (24 is 0)


def _whole(said: str) -> int | None:
    said = said.strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None  # noqa: PLR2004 (a sane number)
