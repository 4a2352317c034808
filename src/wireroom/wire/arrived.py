"""An item as it arrives at the wire, with what is made of it once."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from textwrap import shorten

from wireroom.formats.item import USABLE, Item, Made

from . import digests
from .corrections import Kept
from .lifecycle import NEVER, Order

#: Signs of a headline made of the text.
HEADLINE = 100
#: Where a sentence ends: before a space, after a full stop or a danda.
SENTENCE = re.compile(r"(?<=[.!?।])\s")


@dataclass(frozen=True, slots=True)
class Arrived:
    """An item with what is made of it once: its order and fingerprints."""

    item: Item
    order: Order
    face: str
    digest: str
    #: When we received it.
    received: datetime
    #: The patch that this was made whole of; None for what came whole.
    patch: "Arrived | None" = None

    @property
    def came(self) -> "Arrived":
        """Say what came: the patch, where this was made whole of one."""
        return self.patch or self

    @property
    def waits(self) -> bool:
        """Say whether it is a patch beneath which there are no words yet."""
        return self.patch is not None and not self.item.headline

    @property
    def readable(self) -> str:
        """Give the face, where readers could see it; what only the desk has seen is none."""
        withheld = self.patch and self.item.pubstatus != USABLE
        return "" if withheld or self.item.for_desk or not self.item.headline else self.face

    def is_like(self, one: Kept) -> bool:
        """Say whether both have words, or lack them, under the same word of the agency."""
        worded = bool(self.item.headline) == bool(one.face)
        return worded and self.item.pubstatus == one.pubstatus

    def repeats(self, one: Kept) -> bool:
        """Say whether it is a version that is kept already, however often it was sent."""
        return (
            self.digest == one.digest
            and self.item.pubstatus == one.pubstatus
            and self.order.version == one.order.version
            # Without a time of its own it stands at its receipt, which is another each time.
            and self.item.version_created in {None, one.order.version_created}
        )


def arrived(item: Item, received: datetime) -> Arrived:
    """Make of an item, once, what several will ask: its order and its fingerprints."""
    item = item if item.patch else titled(item)
    face = digests.face(item)
    return Arrived(item, order_of(item, received), face, digests.digest(item, face), received)


def titled(item: Item) -> Item:
    """Give an item without a headline the first words it has; some have none.

    They are the first of its text or, where that is missing too, the first sentence under
    its first picture that has one.
    """
    if item.headline:
        return item
    words, because = item.standfirst or item.text, "the first words of its text"
    if not words.strip():
        captions = (SENTENCE.split(picture.caption.strip(), 1)[0] for picture in item.pictures)
        words, because = next(filter(None, captions), ""), "the words under its picture"
    if not words.strip():
        return item
    headline = shorten(words, HEADLINE, placeholder="…").strip("…") or words[:HEADLINE]
    made = Made(field="headline", because=because)
    return replace(item, headline=headline, made=(*item.made, made))


def order_of(item: Item, received: datetime) -> Order:
    """Read an item's place in the provider's order."""
    return Order(
        version=item.version,
        numbered=item.numbered,
        version_created=item.version_created or received,
        sent=item.sent or NEVER,
    )
