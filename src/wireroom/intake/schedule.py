"""Which channels are due, who has them, and how they stand afterwards.

The schedule is in the channels' rows: a claim is a lease that ends by itself, and what a
round found out is written back for all of its channels at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import compress
from operator import attrgetter, ne
from typing import Any, cast

from django.db import connection, connections, models, transaction
from django.db.models import Q, QuerySet

from wireroom.formats.document import Hints
from wireroom.wire.prepared import rows_of

from . import hubs
from .collect.standing import Standing
from .models import Channel

#: A claim that is not written back by then is open to others: its collector is gone. It is
#: longer than the time a channel waits behind its host and the longest transfer together.
LEASE = timedelta(seconds=60)
#: Channels a round takes.
BATCH = 2000
#: What polling may write; a person's own settings are not among it.
POLLED = (
    "next_at",
    "interval",
    "validators",
    "last_sha256",
    "confirmations",
    "failures",
    "last_status",
    "last_polled_at",
    "last_news_at",
    "last_whole_at",
)
_polled = attrgetter(*POLLED)
_STANDING = Standing._fields
#: What a claim says by itself: such channels are not paused, and their time has come.
_SAID = ("paused", "paused_because", "next_at", "last_polled_at")
_LOADED = tuple(name for name in _STANDING if name not in _SAID)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A channel to be asked, and how it stood."""

    channel: int
    before: Standing
    #: Nobody else asks it before; None: a person has it asked, whatever the schedule says.
    leased_until: datetime | None = None


def due(now: datetime) -> QuerySet[Channel]:
    """Choose the channels whose time has come and that nobody has, the longest due first."""
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return Channel.objects.filter(free, paused=False, next_at__lte=now).order_by("next_at")


def claim(*, now: datetime, limit: int = BATCH) -> list[Claimed]:
    """Lease due channels to this collector."""
    if not due(now).exists():  # asked without a lock, since the answer is mostly no
        return []
    leased_until = now + LEASE
    with transaction.atomic():
        free = due(now).select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        )
        rows = rows_of(free[:limit], "id", *_LOADED)
        Channel.objects.filter(pk__in=[pk for pk, *_ in rows]).update(leased_until=leased_until)
    return [
        Claimed(pk, Standing(next_at=now, **dict(zip(_LOADED, values, strict=True))), leased_until)
        for pk, *values in rows
    ]


def standing_of(channel: Channel) -> Standing:
    """Take from a channel's row how it stands."""
    return Standing(**{name: getattr(channel, name) for name in _STANDING})


def there(channels: Iterable[int]) -> dict[int, Channel]:
    """Lock those of some channels that still exist, for the transaction under way."""
    return (
        Channel.objects.select_for_update(of=("self",))
        .select_related("provider")
        .order_by("pk")
        .in_bulk(list(channels))
    )


def write(polled: Mapping[int, tuple[Standing, Standing]]) -> None:
    """Write what a round changed, before and after, in bulk, and end the leases."""
    changed: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, standings in polled.items():
        before, after = map(_polled, standings)
        changed[tuple(compress(POLLED, map(ne, before, after)))].append(pk)
    for names, channels in changed.items():
        _write(names, {pk: polled[pk][1] for pk in channels})


def _write(names: Sequence[str], standings: Mapping[int, Standing]) -> None:
    """Write the same columns of some channels, in one statement."""
    meta = Channel._meta  # noqa: SLF001 (Django documents it)
    columns = [cast("models.Field[Any, Any]", meta.get_field(name)) for name in names]
    quoted = [connection.ops.quote_name(str(field.column)) for field in columns]
    settings = ", ".join(["leased_until = NULL", *(f"{column} = %s" for column in quoted)])
    table = connection.ops.quote_name(meta.db_table)
    values = [_prepared(field, standings.values()) for field in columns]
    rows = list(zip(*values, standings, strict=True))
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {settings} WHERE id = %s", rows)  # noqa: S608 (names of our own columns)


def _prepared(field: "models.Field[Any, Any]", standings: Iterable[Standing]) -> list[Any]:
    """Prepare a column's values for the database; moments, which are mostly alike, once each."""
    here = connections[connection.alias]
    values = [getattr(standing, field.name) for standing in standings]
    if not isinstance(field, models.DateTimeField):
        return [field.get_db_prep_save(value, here) for value in values]
    prepared = {value: field.get_db_prep_save(value, here) for value in set(values)}
    return [prepared[value] for value in values]


def pause(channel: int, because: str) -> None:
    """Stop polling a channel, and say why."""
    Channel.objects.filter(pk=channel).update(paused=True, paused_because=because)


def move(channel: int, url: str) -> bool:
    """Give a channel its new address; say whether no other channel has it already."""
    if Channel.objects.filter(url=url).exclude(pk=channel).exists():
        return False
    Channel.objects.filter(pk=channel).update(url=url)
    return True


def release(channels: Iterable[int], *, until: datetime | None = None) -> None:
    """Give leased channels back that were not asked, to be left alone ``until`` then."""
    later = {} if until is None else {"next_at": until}
    Channel.objects.filter(pk__in=list(channels)).update(leased_until=None, **later)


def heed(channel: Channel, hints: Hints, *, address: str, now: datetime) -> None:
    """Take in what a document asks of those who poll it; one that has ended is paused.

    A hub that it names is asked to tell of news, where the document came over the web.
    """
    asked = {
        name: value
        for name, value in (
            ("interval", hints.interval),
            ("skip_hours", sorted(hints.skip_hours)),
            ("skip_days", sorted(hints.skip_days)),
        )
        if value
    }
    if asked != channel.asked:
        Channel.objects.filter(pk=channel.pk).update(asked=asked)
    if channel.url.startswith(("http://", "https://")):
        hubs.learn(channel, hubs.DOCUMENT, hubs.in_hints(hints, address), now=now)
    if hints.ended and not channel.paused:
        pause(channel.pk, "its document says that it has ended")
