"""What the versions of a story say together: whether one corrected another."""

from collections.abc import Iterable
from datetime import datetime
from functools import cmp_to_key
from itertools import pairwise
from typing import NamedTuple

from wireroom.formats.item import USABLE

from .lifecycle import Order, What

#: The agency's signal, and what readers are told.
CORRECTION = str(What.CORRECTION)


class Kept(NamedTuple):
    """A version that is kept, as far as others are measured by it."""

    number: int
    order: Order
    digest: str
    #: Empty when it has no words.
    face: str
    pubstatus: str
    signal: str
    received: datetime
    flagged: bool

    @property
    def readable(self) -> bool:
        """Say whether it has words that readers could see."""
        return self.pubstatus == USABLE and bool(self.face)


def corrected(kept: Iterable[Kept]) -> datetime | None:
    """Say when a story was last corrected; None when it never was.

    A correction is a version that the agency calls so and that readers would find other
    than the one before it in the agency's order, whatever the order in which they came.
    """
    said = sorted(filter(_readable, kept), key=cmp_to_key(in_order))
    found = (
        min(later.order.version_created, later.received)
        for earlier, later in pairwise(said)
        if later.signal == CORRECTION and later.face != earlier.face
    )
    return max(found, default=None)


def _readable(one: Kept) -> bool:
    return one.readable


def in_order(one: Kept, other: Kept) -> int:
    """Compare two versions: by the agency's order, and under one order by receipt."""
    return one.order.compare(other.order) or (one.received > other.received) - (
        one.received < other.received
    )
