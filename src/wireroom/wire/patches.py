"""Patches: items that change a part of a held story; pure, no database, no clock.

What a story says is its newest whole version with the patches above it laid over it, in
the agency's order. It is told from all versions at once, so that it does not matter in
which order they came: a patch waits for what lies beneath it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cmp_to_key
from typing import Any, NamedTuple

from wireroom.formats.item import CANCELED, USABLE, WITHHELD, Item

from . import digests
from .arrived import Arrived, titled
from .corrections import Kept, in_order, newest
from .lifecycle import NEVER, Held, Incoming, Order, Ruling, What, incoming, rule

#: What the house made of a text goes when the text does.
OF_THE_TEXT = frozenset({"headline", "standfirst"})
LOWEST = Order(version=-1, numbered=True, version_created=NEVER)


class Said(NamedTuple):
    """What a version says: as it came, or made whole of a patch and what lies beneath it."""

    kept: Kept
    came: Arrived


class Settled(NamedTuple):
    """What all versions of a story come to."""

    #: The newest words, or the hold above them; None where nothing says anything.
    top: Said | None
    held: Held | None
    #: The numbers of versions that a person should look at.
    flagged: frozenset[int]


def chain(kept: Iterable[Kept]) -> list[Said]:
    """Put versions into the agency's order, and make each patch whole of what lies beneath."""
    said: list[Said] = []
    beneath: Item | None = None
    latest = datetime.min.replace(tzinfo=UTC)
    for one, item in _in_place(kept):
        latest = max(latest, one.received)
        if not one.patch:
            said.append(Said(one, Arrived(item, one.order, _face(one), one.digest, one.received)))
            beneath = _beneath(beneath, item)
            continue
        whole = laid_over(beneath, item)
        beneath = whole if beneath else None
        face = digests.face(whole)
        patch = Arrived(item, one.order, "", one.digest, one.received)
        made = Arrived(whole, one.order, face, digests.digest(whole, face), latest, patch)
        said.append(Said(one, made))
    return said


def settled(said: Iterable[Said]) -> Settled:
    """Rule on all versions of a story in the agency's order, as if they came so."""
    held: Held | None = None
    top: Said | None = None
    flagged = set()
    for one in said:
        came = one.came
        item = incoming(came.item, order=came.order, digest=came.digest, received=came.received)
        ruling = rule(_beside(held, item), item)
        if ruling.flagged:
            flagged.add(one.kept.number)
        if ruling.what == What.HISTORY:
            continue
        if ruling.what != What.REPEAT:
            top = one
        held = _holding(held, item, ruling)
    return Settled(top, held, frozenset(flagged))


def laid_over(beneath: Item | None, patch: Item) -> Item:
    """Change of what lies beneath a patch what the patch carries; without words, it waits."""
    own: dict[str, Any] = {
        "guid": patch.guid,
        "version": patch.version,
        "numbered": patch.numbered,
        "version_created": patch.version_created,
        "first_created": patch.first_created,
        "sent": patch.sent,
        "signal": patch.signal,
        "ednote": patch.ednote,
        "notes": patch.notes,
    }
    if beneath is None:
        status = ("pubstatus", "embargo", "expires", "expiry_removes", "for_desk")
        return Item(**own, **{name: getattr(patch, name) for name in status})
    own |= {name: getattr(patch, name) for name in patch.carries}
    own["for_desk"] = patch.for_desk or beneath.for_desk
    stale = {*patch.carries}
    if stale & {"body", "text"}:
        gone = OF_THE_TEXT & {one.field for one in beneath.made} - stale
        own |= dict.fromkeys(gone, "")
        stale |= gone
    own["made"] = tuple(one for one in beneath.made if one.field not in stale)
    return titled(replace(beneath, **own))


def _in_place(kept: Iterable[Kept]) -> Iterator[tuple[Kept, Item]]:
    """Put versions with their items into the agency's order; a kill is no part of it.

    Of two that came at the same moment the first is the newer, as in a document.
    """
    placed = sorted(newest(kept), key=_number, reverse=True)
    for one in sorted(placed, key=cmp_to_key(in_order)):
        if one.item is not None and one.pubstatus != CANCELED:
            yield one, one.item


def _number(one: Kept) -> int:
    return one.number


def _face(one: Kept) -> str:
    """Give the face of a version, of one that only the desk has seen too."""
    return one.face or (digests.face(one.item) if one.item else "")


def _beneath(before: Item | None, item: Item) -> Item | None:
    """Say what patches above a whole version change.

    A hold brings no words: it holds the ones before it, and their embargo stays.
    """
    if item.pubstatus == USABLE and item.headline:
        return item
    if before is None or (item.pubstatus == USABLE and item.embargo is None):
        return before
    return replace(before, pubstatus=WITHHELD, embargo=item.embargo or before.embargo)


def _beside(held: Held | None, item: Incoming) -> Held | None:
    """Put what is held beside an item; before the first words for readers, the lowest."""
    if held and (held.empty or (held.asks and not item.for_desk)):
        return replace(held, order=LOWEST)
    return held


def _holding(held: Held | None, item: Incoming, ruling: Ruling) -> Held:
    """Say what is held once a version was ruled on."""
    if held and ruling.what == What.REPEAT:
        return replace(held, order=item.order, received=max(held.received, item.received))
    hold = ruling.what == What.HOLD
    return Held(
        order=item.order,
        digest=item.digest,
        received=item.received,
        withheld=hold,
        empty=not hold and not item.worded,
        asks=not hold and item.for_desk,
    )
