"""What a list of items brought under new ids, looked at once it is taken in."""

from datetime import datetime

from wireroom.formats.document import Document
from wireroom.wire import reissues
from wireroom.wire.lifecycle import What

from .models import Delivery, Receipt


def look(delivery: Delivery, document: Document, *, now: datetime) -> None:
    """Look whether new stories of a channel's list were there before, under other ids.

    A delivery is not settled before, so that a worker that ends on the way leaves it to
    another. Done twice it comes to the same: what has a signature is not looked at again.
    """
    if not document.is_list or delivery.channel_id is None:
        return
    receipts = Receipt.objects.filter(delivery=delivery, ruling=What.NEW, story__signature=None)
    fresh = dict(receipts.values_list("guid", "story_id"))
    texts = {fresh[item.guid]: item.text for item in document.items if item.guid in fresh}
    if delivery.channel and delivery.channel.full_text:
        texts |= reissues.told(texts)  # readers may have more than the list says
    if texts:
        listed = {name for item in document.items for name in (item.guid, *item.aliases)}
        newest = listed if _is_newest(delivery) else None
        reissues.look(texts, provider=delivery.provider, listed=newest, now=now)


def _is_newest(delivery: Delivery) -> bool:
    """Say whether it is the whole newest list of its channel: no page of older items, no part."""
    if delivery.counts_from or delivery.partial:
        return False
    return not Delivery.objects.filter(channel=delivery.channel_id, pk__gt=delivery.pk).exists()
