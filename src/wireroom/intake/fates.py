"""Where a received item ended: exactly one of the fates."""

from collections import Counter
from datetime import datetime

from django.db.models import Q, Sum

from wireroom.wire import liveness
from wireroom.wire.lifecycle import What
from wireroom.wire.models import Story

from .models import Delivery, DeliveryState, Receipt

#: Rulings that are fates themselves, and what never reached a ruling.
AT_ONCE = frozenset({What.REPEAT, What.HISTORY, What.ADVISORY, "quarantined", "waiting"})
#: Deliveries of which nobody can say how many items they had: each counts as one.
UNCOUNTED = {"waiting": DeliveryState.WAITING, "quarantined": DeliveryState.QUARANTINED}


def fate_of(receipt: Receipt, story: Story | None, now: datetime) -> str:
    """Say where an item ended, as its story stands now."""
    if receipt.ruling in AT_ONCE:
        return receipt.ruling
    if story is None or story.killed_at:
        return "killed"
    number, merged = number_in(receipt, story), receipt.story_id != story.pk
    # Of a story that was merged, the other's words may have been newer under a lower number.
    if number < story.shown or (merged and number > story.shown and not story.holds):
        return "superseded"
    if story.holds:
        return "held"
    if story.embargo and story.embargo > now:
        return "embargoed"
    return "current" if liveness.is_live(story, now) else "expired"


def story_of(receipt: Receipt) -> Story | None:
    """Give the story of which an item is now: where its own was merged, the one that stays."""
    return receipt.story and (receipt.story.merged_into or receipt.story)


def number_in(receipt: Receipt, story: Story) -> int:
    """Say which version of a story an item became, also where it was another story's first."""
    if receipt.story is None or receipt.story_id == story.pk or not receipt.version:
        return receipt.version
    return receipt.version + receipt.story.merged_after


def count(now: datetime) -> Counter[str]:
    """Count the items that were ever received, by their fates."""
    fates = Counter(
        fate_of(receipt, story_of(receipt), now)
        for receipt in Receipt.objects.select_related("story__merged_into").defer("raw").iterator()
    )
    for fate, state in UNCOUNTED.items():
        fates[fate] += Delivery.objects.filter(state=state).count()
    return fates


def received() -> int:
    """Say how many items were received, counted by their documents and not by their fates."""
    counted = Delivery.objects.filter(state=DeliveryState.DONE).aggregate(sum=Sum("items"))
    open_ = Q(state__in=UNCOUNTED.values())
    begun = Receipt.objects.filter(delivery__state__in=UNCOUNTED.values()).count()
    return (counted["sum"] or 0) + Delivery.objects.filter(open_).count() + begun
