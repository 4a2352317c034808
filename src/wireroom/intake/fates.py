"""Where a received item ended: exactly one of the fates."""

from datetime import datetime

from wireroom.wire import liveness
from wireroom.wire.lifecycle import What
from wireroom.wire.models import Story

from .models import Receipt

#: Rulings that are fates themselves, and what never reached a ruling.
AT_ONCE = frozenset({What.REPEAT, What.HISTORY, What.ADVISORY, "quarantined", "waiting"})


def fate_of(receipt: Receipt, story: Story | None, now: datetime) -> str:
    """Say where an item ended, as its story stands now."""
    if receipt.ruling in AT_ONCE or story is None:
        return receipt.ruling
    if story.killed_at or receipt.ruling == What.KILL:
        return "killed"
    if receipt.version < story.shown:
        return "superseded"
    if story.holds:
        return "held"
    if story.embargo and story.embargo > now:
        return "embargoed"
    return "current" if liveness.is_live(story, now) else "expired"
