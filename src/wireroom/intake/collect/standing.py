"""What a poll's answer does to a channel, decided by values.

The table is that of HTTP polling: news quickens a channel and silence slows it; failures
make it wait, and only moves and goodbyes that were said again a day later are believed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

#: Seconds between polls of a channel that sets no pace of its own: at least, at most.
QUICKEST, SLOWEST = 60, 3600
#: Seconds: the longest wait after failures, whatever the server asks for.
DAY = 86_400
#: A move or a goodbye is believed when seen this often, over at least a day.
CONFIRMATIONS = 3
#: Addresses whose validators are kept; redirects may take turns among a few.
ADDRESSES = 4
IM_USED, NOT_MODIFIED, GONE, TOO_MANY, UNAVAILABLE = 226, 304, 410, 429, 503
FOR_GOOD = frozenset({301, 308})

NOTHING: Mapping[str, Any] = MappingProxyType({})
#: For each address its ETag and Last-Modified, verbatim.
Validators = Mapping[str, tuple[str, str]]


class Standing(NamedTuple):
    """How polling of a channel stands; the fields are the channel's.

    Thousands are made and compared in a round, which a tuple does at a fraction of the cost.
    """

    url: str
    next_at: datetime
    every: int | None = None
    interval: int = QUICKEST
    validators: Validators = NOTHING
    last_sha256: str = ""
    confirmations: Mapping[str, Any] = NOTHING
    failures: int = 0
    last_status: str = ""
    last_polled_at: datetime | None = None
    last_news_at: datetime | None = None
    last_whole_at: datetime | None = None
    paused: bool = False
    paused_because: str = ""
    #: What its documents ask of pollers: ``interval`` (s), ``skip_hours``, ``skip_days``.
    asked: Mapping[str, Any] = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one poll came to."""

    #: HTTP's; 0 when there was no answer.
    status: int
    #: The address that answered, after redirects.
    url: str = ""
    #: Where the redirects for good led that came before any other; empty when none did.
    moved: str = ""
    etag: str = ""
    modified: str = ""
    #: Of the body; empty without one.
    sha256: str = ""
    #: Why the answer is no document; empty when it is one.
    wrong: str = ""
    #: Seconds for which the answer says it is fresh.
    fresh: int = 0
    #: Seconds after which the server asks to be asked again; None when it does not say.
    retry_after: int | None = None
    #: We asked for everything, without validators.
    whole: bool = False


def asks_whole(standing: Standing, now: datetime) -> bool:
    """Say whether to ask for everything, which is done once a day and no oftener."""
    last = standing.last_whole_at
    return last is None or now - last >= timedelta(seconds=DAY)


def has_news(standing: Standing, told: Told) -> bool:
    """Say whether a poll brought a document with other bytes than the last."""
    good = told.status != NOT_MODIFIED and not told.wrong
    return good and told.sha256 != standing.last_sha256


def after(standing: Standing, told: Told, *, now: datetime, luck: float) -> Standing:
    """Say how a channel stands after a poll; ``luck``, from 0 to 1, spreads failures out."""
    changes = _failed(standing, told, now, luck) if told.wrong else _answered(standing, told, now)
    if told.whole and told.status:
        changes["last_whole_at"] = now
    return standing._replace(last_polled_at=now, **changes)


def _answered(standing: Standing, told: Told, now: datetime) -> dict[str, Any]:
    """Take in an answer that is one: its validators, its bytes, and whether it is news."""
    news = has_news(standing, told)
    interval = _learned(standing, news=news, now=now)
    changes = {
        "failures": 0,
        "last_status": "news" if news else "unchanged",
        "interval": interval,
        "validators": _validators(standing.validators, told),
        "next_at": now + timedelta(seconds=_wait(standing, told, interval, now)),
    }
    if news:
        changes |= {"last_news_at": now, "last_sha256": told.sha256}
    if told.moved or standing.confirmations:
        changes |= _moved(standing, told, now)
    return changes


def _validators(held: Validators, told: Told) -> Validators:
    """Keep what an address last gave.

    A 304 that gives none takes none away, nor do new entries alone: they are new since then.
    """
    before = held.get(told.url, ("", ""))
    given = (told.etag, told.modified)
    if told.status in {IM_USED, NOT_MODIFIED}:
        given = (told.etag or before[0], told.modified or before[1])
    if given == tuple(before):
        return held
    others = {url: pair for url, pair in held.items() if url != told.url}
    kept = dict(list(others.items())[-(ADDRESSES - 1) :])
    return kept | {told.url: given} if any(given) else kept


def _learned(standing: Standing, *, news: bool, now: datetime) -> int:
    """Ask four times as often after news, down to the pace of news; a quarter less without."""
    if not news:
        return min(max(standing.interval + standing.interval // 4, QUICKEST), SLOWEST)
    last = standing.last_news_at
    silence = (now - last).total_seconds() if last else SLOWEST
    return min(max(int(min(standing.interval, silence) / 4), QUICKEST), SLOWEST)


def _wait(standing: Standing, told: Told, interval: int, now: datetime) -> int:
    """Say for how many seconds to leave a channel alone; a pace set by a person wins."""
    if standing.every is not None:
        return standing.every
    asked = standing.asked
    wait = min(max(interval, told.fresh, asked.get("interval") or 0), SLOWEST)
    if not asked:
        return wait
    then = now + timedelta(seconds=wait)
    skipped = then.hour in asked.get("skip_hours", ()) or then.weekday() in asked.get(
        "skip_days", ()
    )
    return SLOWEST if skipped else wait


def _moved(standing: Standing, told: Told, now: datetime) -> dict[str, Any]:
    """Follow a channel to a new address once the move was said often and long enough."""
    if not told.moved:
        return {"confirmations": {}}
    seen = _again(standing.confirmations, "url", told.moved, now)
    if not _believed(seen, now):
        return {"confirmations": seen}
    return {
        "url": with_user(told.moved, standing.url),
        "confirmations": {},
        "last_status": f"moved to {told.moved}"[:200],
    }


def _failed(standing: Standing, told: Told, now: datetime, luck: float) -> dict[str, Any]:
    """Leave a channel alone for longer each time; what it held and published stays."""
    failures = standing.failures + 1
    pace = max(standing.every or QUICKEST, 1)
    wait = min(pace * 2 ** min(failures, 20), DAY) * (1 - luck / 4)
    if told.retry_after is not None and told.status in {TOO_MANY, UNAVAILABLE}:
        wait = max(wait, min(told.retry_after, DAY))
    changes = {
        "failures": failures,
        "last_status": told.wrong[:200],
        "next_at": now + timedelta(seconds=wait),
    }
    if told.status == GONE:
        seen = _again(standing.confirmations, "gone", told.url, now)
        changes["confirmations"] = seen
        if _believed(seen, now):
            because = f"gone (410), {seen['times']} times since {seen['since']}"
            changes |= {"paused": True, "paused_because": because}
    return changes


def _again(seen: Mapping[str, Any], kind: str, what: str, now: datetime) -> Mapping[str, Any]:
    """Count one more time that the same was said."""
    if seen.get(kind) != what:
        return {kind: what, "times": 1, "since": now.isoformat()}
    return {**seen, "times": seen["times"] + 1}


def _believed(seen: Mapping[str, Any], now: datetime) -> bool:
    since = datetime.fromisoformat(seen["since"])
    return seen["times"] >= CONFIRMATIONS and now - since >= timedelta(seconds=DAY)


def with_user(moved: str, before: str) -> str:
    """Keep user and password of an address when it moves within its host."""
    old, new = urlsplit(before), urlsplit(moved)
    user, at, place = old.netloc.rpartition("@")
    same = at and (new.scheme, new.netloc) == (old.scheme, place)
    return new._replace(netloc=f"{user}@{new.netloc}").geturl() if same else moved
