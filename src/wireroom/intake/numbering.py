"""The places of a document's items among its receipts, also when it is read again.

A document that is read for the first time has its good items first, then the bad ones. Read
again by another reader it may have others, in another order: an item keeps the place of the
receipt that has its id, and the others get places that are free.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from wireroom.formats.document import Document, Rejected
from wireroom.formats.item import Item
from wireroom.wire.limits import unfit

from .models import LONGEST_NAME, Delivery, Receipt

#: Where an item ends that could not be read or stored.
QUARANTINED = "quarantined"

Numbered = tuple[int, Item]
Refused = tuple[int, Rejected]
Places = dict[str, deque[int]]


class Sorted(NamedTuple):
    """A document's items, each with its place, and how many receipts have none of them."""

    good: Sequence[Numbered]
    bad: Sequence[Refused]
    others: int = 0


def sorted_out(document: Document) -> Sorted:
    """Part a document's items into those to take in and those to quarantine, each numbered.

    Numbers count the good ones first, so that no two items of a document share one.
    """
    good: list[Numbered] = []
    bad: list[Refused] = []
    for place, item in enumerate(document.items):
        if reason := unfit(item):
            bad.append((place, Rejected(position=place, name=item.guid, reason=reason, raw=b"")))
        else:
            good.append((place, item))
    return Sorted(good, [*bad, *enumerate(document.rejected, start=len(document.items))])


def among_receipts(delivery: Delivery, found: Sorted) -> Sorted:
    """Number the items anew, beside the receipts that the delivery has already."""
    rows = list(delivery.receipts.order_by("position").values_list("position", "guid", "ruling"))
    taken = _places((place, guid) for place, guid, ruling in rows if ruling != QUARANTINED)
    refused = _places((place, guid) for place, guid, ruling in rows if ruling == QUARANTINED)
    # The bad ones choose first: a good one of the same id must not take their receipt for its own.
    bad = [(_own(refused, key_of(one.name)), one) for _, one in found.bad]
    good = [(_own(taken, item.guid, refused, key_of(item.guid)), item) for _, item in found.good]
    free = _free({place for place, _, _ in rows})
    return Sorted(
        [(next(free) if place is None else place, item) for place, item in good],
        [(next(free) if place is None else place, one) for place, one in bad],
        sum(map(len, (*taken.values(), *refused.values()))),
    )


def key_of(name: str) -> str:
    """Write a name as the receipt of a quarantined item has it."""
    return name.replace("\0", "")[:LONGEST_NAME]


def is_begun(delivery: Delivery) -> bool:
    """Say whether it may have receipts: it was read before, or a worker ended over it."""
    return delivery.items is not None or delivery.tries > 1


def quarantined(delivery: Delivery, bad: Rejected, position: int) -> Receipt:
    """Write down an item that could not be read or stored, with its bytes."""
    return Receipt(
        delivery=delivery,
        position=position,
        guid=key_of(bad.name),
        ruling=QUARANTINED,
        reason=bad.reason.replace("\0", ""),
        raw=bad.raw,
    )


def _places(rows: Iterable[tuple[int, str]]) -> Places:
    places: Places = defaultdict(deque)
    for place, guid in rows:
        places[guid].append(place)
    return places


def _own(places: Places, guid: str, others: Places | None = None, name: str = "") -> int | None:
    """Take the first place of an id; None where none is left."""
    if found := places.get(guid):
        return found.popleft()
    return _own(others, name) if others is not None else None


def _free(used: set[int]) -> Iterator[int]:
    return (place for place in count() if place not in used)
