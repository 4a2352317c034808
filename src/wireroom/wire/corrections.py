"""What the versions of a story say together: whether one corrected another."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cmp_to_key
from itertools import pairwise
from typing import NamedTuple

from wireroom.formats.item import USABLE, Item

from .lifecycle import NEVER, Order, What
from .models import Version

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
    #: It changes a part of what stood before: management or content; empty when it is whole.
    patch: str = ""
    #: The item that it was, where that is asked for; of a patch the part that it carried.
    item: Item | None = None

    @property
    def made_at(self) -> datetime:
        """Say when it was made, by the agency's clock where that is not ahead of ours."""
        return min(self.order.version_created, self.received)

    @property
    def readable(self) -> bool:
        """Say whether it has words that readers could see."""
        return self.pubstatus == USABLE and bool(self.face)


def kept_of(row: Version) -> Kept:
    """Take from a version's row what others are measured by."""
    order = Order(
        version=row.provider_version,
        numbered=row.numbered,
        version_created=row.version_created,
        sent=row.sent or NEVER,
    )
    return Kept(
        number=row.number,
        order=order,
        digest=row.digest,
        face=row.face,
        pubstatus=row.pubstatus,
        signal=row.signal,
        received=row.received_at,
        flagged=row.flagged,
        patch=row.patch,
    )


def corrections(kept: Iterable[Kept]) -> Iterator[tuple[Kept, Kept]]:
    """Find the corrections of a story, oldest first, each after the version it corrected.

    A correction is a version that the agency calls so and that readers would find other
    than the one before it in the agency's order, whatever the order in which they came.
    """
    said = sorted(filter(_readable, newest(kept)), key=cmp_to_key(in_order))
    for earlier, later in pairwise(said):
        if later.signal == CORRECTION and later.face != earlier.face:
            yield earlier, later


def corrected(kept: Iterable[Kept]) -> datetime | None:
    """Say when a story was last corrected; None when it never was."""
    return max((later.made_at for _, later in corrections(kept)), default=None)


def newest(kept: Iterable[Kept]) -> list[Kept]:
    """Leave out what a patch made of a story before what lies beneath it changed."""
    every = [*kept]
    if not any(one.patch for one in every):
        return every
    last = {(one.digest, one.order): one.number for one in every if one.patch}
    return [one for one in every if not one.patch or last[one.digest, one.order] == one.number]


def _readable(one: Kept) -> bool:
    return one.readable


def in_order(one: Kept, other: Kept) -> int:
    """Compare two versions: by the agency's order, a patch above what it is laid over.

    Under one order the one received later is the newer.
    """
    patched = bool(one.patch) - bool(other.patch)
    received = (one.received > other.received) - (one.received < other.received)
    return one.order.compare(other.order) or patched or received
