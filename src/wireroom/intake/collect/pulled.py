"""What is remembered of the files of agencies' servers, and what a visit came to, written down.

A file's bytes and the memory of it are stored in one transaction: whatever dies, nothing is
delivered twice and nothing is lost.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from urllib.parse import quote_from_bytes, unquote_to_bytes

from django.db import transaction

from wireroom.intake import schedule
from wireroom.intake.inbox import delivery_of, put_down
from wireroom.intake.models import Channel, Pulled
from wireroom.outbound.remote import is_mail

from .folder import readable
from .store import Polled
from .visit import Known, Read, Visited

log = logging.getLogger("wireroom.intake")

#: Seconds between visits to a folder that sets no pace of its own, and at most after failures.
PACE, SELDOM = 30, 3600
#: A file that is gone from its server is remembered so long: a visit under way may have read it.
REMEMBERED = timedelta(minutes=10)
#: Names in one statement.
AT_ONCE = 500


def known_of(channel: int) -> dict[bytes, Known]:
    """Say what is remembered of the files of a channel."""
    rows = Pulled.objects.filter(channel=channel).values_list(
        "name", "mark", "sha256", "taken_at", "stays"
    )
    return {
        unquote_to_bytes(name): Known(mark, digest, taken_at.timestamp(), stays)
        for name, mark, digest, taken_at, stays in rows
    }


def write(channel: int, visited: Visited, *, now: datetime) -> Polled:
    """Store what a visit read, with the memory of it, and say when the next one is due."""
    with transaction.atomic():
        found = schedule.there([channel]).get(channel)
        if found is None:
            return Polled(failed=1)
        news = _remember(found, visited, now)
        put_down(
            delivery_of(
                one.raw,
                provider=found.provider,
                now=now,
                channel=found,
                format=found.format,
                address=readable(one.file.name),
            )
            for one in news
        )
        wrong = visited.wrong or "; ".join(visited.bad)
        _stand(found, visited, len(news), wrong, now)
    if wrong and not found.failures:
        log.warning("channel failed", extra={"channel": channel, "reason": wrong[:200]})
    return Polled(int(bool(news)), int(not news and not wrong), int(bool(wrong)))


def _remember(channel: Channel, visited: Visited, now: datetime) -> list[Read]:
    """Write what was read into the memory, and say what of it is news.

    The memory is read again, since two may have visited at the same time.
    """
    known = known_of(channel.pk)
    news = _news(visited.read, known, mail=is_mail(channel.url))
    Pulled.objects.bulk_create(
        (
            Pulled(
                channel=channel,
                name=quote_from_bytes(one.file.name),
                mark=one.file.mark,
                sha256=one.sha256,
                taken_at=now,
            )
            for one in visited.read
        ),
        update_conflicts=True,
        unique_fields=["channel", "name"],
        update_fields=["mark", "sha256", "taken_at", "stays"],
    )
    memory = Pulled.objects.filter(channel=channel)
    for names in _parts(visited.stay):
        memory.filter(name__in=names).update(stays=True)
    if visited.there is not None and not visited.left:
        for names in _parts(known.keys() - visited.there):
            memory.filter(name__in=names, taken_at__lt=now - REMEMBERED).delete()
    return news


def _news(read: Iterable[Read], known: Mapping[bytes, Known], *, mail: bool) -> list[Read]:
    """Say what was not stored before.

    A file has its name; a message has its bytes, since mailboxes may number theirs anew.
    """
    news = []
    held = {one.sha256 for one in known.values()} if mail else set()
    for one in read:
        before = known.get(one.file.name)
        if one.sha256 in held or (before and before.sha256 == one.sha256):
            continue
        news.append(one)
        if mail:
            held.add(one.sha256)
    return news


def _parts(names: Iterable[bytes]) -> Iterable[list[str]]:
    quoted = [quote_from_bytes(name) for name in names]
    return (quoted[at : at + AT_ONCE] for at in range(0, len(quoted), AT_ONCE))


def _stand(channel: Channel, visited: Visited, news: int, wrong: str, now: datetime) -> None:
    """Write how the channel stands; what was just stored is put away at once."""
    pace = PACE if channel.every is None else channel.every
    if visited.wrong:
        pace = max(pace, min(PACE * 2 ** min(channel.failures, 10), SELDOM))
    elif visited.read:
        pace = 0
    what = "messages" if is_mail(channel.url) else "files"
    growing = f", {visited.growing} still being written" if visited.growing else ""
    Channel.objects.filter(pk=channel.pk).update(
        leased_until=None,
        next_at=now + timedelta(seconds=pace),
        last_polled_at=now,
        last_status=(wrong or f"{news} {what}{growing}")[:200],
        failures=channel.failures + 1 if wrong else 0,
        **({"last_news_at": now} if news else {}),
    )
