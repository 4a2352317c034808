"""What the front page chooses from the newest stories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wireroom.vocab.sectors import SECTORS, Sector
from wireroom.wire.models import Story

from .cards import Card, cards

#: Stories looked at.
LOOKED_AT = 200
#: A lead is at most this much older than the newest story.
LEAD_WITHIN = timedelta(hours=24)
SECOND = 4
LATEST = 10
BLOCKS = 6
IN_BLOCK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The front page: each story at most once above, and again where it belongs."""

    lead: Card | None
    second: list[Card]
    latest: list[Card]
    blocks: list[tuple[Sector, list[Card]]]


def front(now: datetime) -> Front:
    """Choose what the front page shows."""
    newest = Story.objects.live(now).select_related("provider").latest(LOOKED_AT)
    found = cards(newest, now)
    lead = lead_of(found)
    rest = [card for card in found if card is not lead]
    return Front(
        lead=lead,
        second=_best(rest[: 5 * SECOND])[:SECOND],
        latest=found[:LATEST],
        blocks=_blocks(found),
    )


def lead_of(found: Sequence[Card]) -> Card | None:
    """Choose the lead: of the last day the most urgent, with a picture, the newest."""
    if not found:
        return None
    oldest = found[0].story.listed_at - LEAD_WITHIN
    return _best([card for card in found if card.story.listed_at >= oldest])[0]


def _best(found: Sequence[Card]) -> list[Card]:
    """Sort by urgency, then by having a picture; cards come newest first and stay so."""
    return sorted(found, key=lambda card: (card.story.urgency, card.photo is None))


def _blocks(found: Sequence[Card]) -> list[tuple[Sector, list[Card]]]:
    """Take the newest stories of the sectors that have most of them."""
    of = {sector.slug: [c for c in found if c.story.sector == sector.slug] for sector in SECTORS}
    busiest = sorted(SECTORS, key=lambda sector: -len(of[sector.slug]))[:BLOCKS]
    return [(s, of[s.slug][:IN_BLOCK]) for s in SECTORS if s in busiest and of[s.slug]]
