"""Stories that lists brought under new ids, looked for among those that were there before.

Their deliveries are done by then: readers wait for nothing of this.
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from wireroom.wire import reissues
from wireroom.wire.lifecycle import What

from .models import Delivery, DeliveryState, Receipt

#: Documents that are looked at in a row.
ROW = 10


def look(*, now: datetime) -> int:
    """Look at what the last documents brought; say how many there were."""
    count = 0
    if not waiting().exists():  # without a lock: the answer is mostly no
        return count
    while count < ROW and _look(now):
        count += 1
    return count


def waiting() -> QuerySet[Delivery]:
    """Choose the documents to look at: of their channels the newest are taken in."""
    newer = _whole().filter(
        channel=OuterRef("channel"), state=DeliveryState.WAITING, pk__gt=OuterRef("pk")
    )
    left = Delivery.objects.filter(~Exists(newer), unlooked=True, state=DeliveryState.DONE)
    return left.select_related("provider").order_by("pk")


@transaction.atomic
def _look(now: datetime) -> bool:
    """Look at one document, which nobody else does meanwhile; say whether there was one.

    Done twice it comes to the same: what has a signature is not looked at again.
    """
    skip = connection.features.has_select_for_update_skip_locked
    delivery = waiting().select_for_update(skip_locked=skip, no_key=True, of=("self",)).first()
    if delivery is None:
        return False
    receipts = Receipt.objects.filter(delivery=delivery, ruling=What.NEW, story__signature=None)
    stories = receipts.values_list("story", flat=True)
    reissues.look(stories, provider=delivery.provider, listed=_listed(delivery), now=now)
    Delivery.objects.filter(pk=delivery.pk).update(unlooked=False)
    return True


def _whole() -> QuerySet[Delivery]:
    """Choose documents that are the whole list of their time: no pages of older items, no parts."""
    return Delivery.objects.filter(counts_from=None, partial=False)


def _listed(delivery: Delivery) -> set[int] | None:
    """Name the stories of the newest list of a channel; None where more may be listed."""
    if delivery.counts_from or delivery.partial:
        return None
    done = _whole().filter(channel=delivery.channel_id, state=DeliveryState.DONE)
    newest = done.order_by("-pk").values("pk")[:1]
    receipts = Receipt.objects.filter(delivery=newest, story__isnull=False)
    return set(receipts.values_list("story", flat=True))
