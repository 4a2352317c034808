"""A channel tried: what would be made of its newest items; nothing is stored.

find       the feed, from its own address or its site's
| parse      in the sandbox
| enrich     each item
| rule       on each as on a new story, in memory alone
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from wireroom.enrich.item import Defaults, enrich
from wireroom.formats.document import Arrival, Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import UNKNOWN, Item
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.http import Answer, Door, Request
from wireroom.wire.arrived import arrived
from wireroom.wire.models import Provider
from wireroom.wire.take import Step, Take

from .autodiscovery import named_by, usual
from .collect.answer import PAGE, charset_of, told_by
from .collect.ask import HEAVIEST
from .numbering import sorted_out
from .reading import parse

#: Items that are shown.
NEWEST = 20
#: Seconds for one place.
PATIENCE = 8.0
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Trial:
    """A feed that was found, or none, and all places that were tried with what they said."""

    #: The format that a person names; empty when it is to be told from the bytes.
    format: str = ""
    tried: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    document: Document | None = None
    #: Other feeds that the site's page names.
    others: list[str] = field(default_factory=list)


def find(
    address: str,
    *,
    format: str = "",  # noqa: A002 (the word of the trade)
    now: datetime,
) -> Trial:
    """Find the feed of an address, which is its own or its site's.

    A document is read as the format that is named, as its channel would, else as its bytes tell.
    """
    return asyncio.run(_find(address, Trial(format=format), now))


async def _find(address: str, trial: Trial, now: datetime) -> Trial:
    async with Door(allow=settings.FETCH_ALLOW) as door:
        answer = await _try(door, trial, address, now)
        if trial.document or answer is None:
            return trial
        is_page = bool(PAGE.match(answer.body[:4000]))
        if answer.body and not is_page:
            return trial  # a document that cannot be read is what was meant
        named = named_by(answer.body, answer.url)
        for feed in named:
            await _try(door, trial, feed, now)
            if trial.document:
                trial.others = [one for one in named if one != feed]
                return trial
        for feed in usual(answer.url):
            if feed not in named and feed != address:
                await _try(door, trial, feed, now)
            if trial.document:
                break
    return trial


async def _try(door: Door, trial: Trial, url: str, now: datetime) -> Answer | None:
    """Ask one place and read what comes; None when no answer did."""
    try:
        answer = await door.fetch(Request(url=url, cap=HEAVIEST, deadline=PATIENCE))
    except (Failed, Refused) as error:
        trial.tried.append((url, str(error)))
        return None
    wrong = told_by(answer, whole=True, now=now).wrong
    if not wrong:
        arrival = Arrival(received=now, address=answer.url, charset=charset_of(answer))
        try:
            trial.document = parse(answer.body, trial.format, arrival)
            trial.url = url
        except Unreadable as error:
            wrong = f"it cannot be read: {error}"
    trial.tried.append((url, wrong or "a document"))
    return answer


def made_of(document: Document, *, now: datetime) -> list[dict[str, Any]]:
    """Say what would be made of the newest items, under the default contract of an agency."""
    found = sorted_out(document)
    good = sorted((item for _, item in found.good), key=_made, reverse=True)[:NEWEST]
    take = Take(provider=Provider(), held={}, kept={}, now=now)
    rows = [_row(*_taken(take, enrich(item, defaults=Defaults()), now), now) for item in good]
    return rows + [
        _blank(guid=bad.name, ruling="quarantined", because=[bad.reason])
        for _, bad in found.bad[:NEWEST]
    ]


def _taken(take: Take, item: Item, now: datetime) -> tuple[Item, Step]:
    came = arrived(item, now)
    step = take.in_(came)
    for act in item.acts_on:
        take.act(act, came)
    return came.item, step


def _row(item: Item, step: Step, now: datetime) -> dict[str, Any]:
    """Say of one item what its story would be, and what would keep it from readers."""
    story = step.page.story if step.page else None
    holds = story.holds.split() if story else []
    waits = isinstance(item.embargo, datetime) and item.embargo > now
    sectors = (one.code for one in item.subjects if one.code.startswith("sector:"))
    return _blank(
        guid=item.guid,
        headline=item.headline,
        country=item.countries.primary,
        sector=next(sectors, "").removeprefix("sector:") or None,
        picture=next((one.href for one in item.pictures), None),
        embargo=item.embargo.isoformat() if isinstance(item.embargo, datetime) else item.embargo,
        ruling=str(step.ruling.what),
        held=sorted({*holds, *(["embargo"] if waits or item.embargo == UNKNOWN else [])}),
        because=list(_reasons(item.for_desk, step.reason)),
        notes=list(item.notes),
    )


def _blank(**said: Any) -> dict[str, Any]:
    names = ("guid", "headline", "country", "sector", "picture", "embargo", "ruling")
    return dict.fromkeys(names) | {"held": [], "because": [], "notes": []} | said


def _reasons(*reasons: str) -> Iterable[str]:
    return dict.fromkeys(filter(None, reasons))


def _made(item: Item) -> datetime:
    return item.version_created or LONG_AGO
