"""What an incoming item does to the story we hold: a pure ruling, no database, no clock.

The table it follows is drawn in ``docs/lifecycle.md``; each cell has a test.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from wireroom.formats.item import CANCELED, UNKNOWN, USABLE, WITHHELD, Item, Pubstatus, Signal

#: Lower than any transmission time; stands for one the provider did not give.
NEVER = datetime.min.replace(tzinfo=UTC)
#: Kinds of items that may become stories.
PUBLISHED = frozenset({"story", "package"})


class What(StrEnum):
    """What an item can do to a story."""

    NEW = "new"
    UPDATE = "update"
    CORRECTION = "correction"
    REFILE = "refile"
    REPEAT = "repeat"
    #: An older version: kept, and nothing changes.
    HISTORY = "history"
    HOLD = "hold"
    RELEASE = "release"
    KILL = "kill"
    #: For editors only: never a story.
    ADVISORY = "advisory"


#: What the agency's word for a newer text makes of it; without a word, an update.
SIGNALS: dict[Signal, What] = {
    "": What.UPDATE,
    "update": What.UPDATE,
    "correction": What.CORRECTION,
    "refile": What.REFILE,
    "repeat": What.REFILE,
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an item does, and whether a person should look at it."""

    what: What
    #: It stays without effect, and only a person can give it one.
    flagged: bool = False
    #: It says something else under an order that we held already.
    conflict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Where a version stands among the versions of its guid: the provider's own order."""

    version: int
    numbered: bool
    version_created: datetime
    sent: datetime = NEVER

    def compare(self, other: "Order") -> int:
        """Say whether this stands after (1), beside (0) or before (-1) the other.

        Numbers and times never mix: where one side has a number and the other only a
        time, both are ordered by time.
        """
        mine = (self.version_created, self.sent)
        theirs = (other.version_created, other.sent)
        if self.numbered == other.numbered:
            return _sign((self.version, *mine), (other.version, *theirs))
        return _sign(mine, theirs)

    def shares(self, other: "Order") -> bool:
        """Say whether the provider gave both the same number of its own."""
        return self.numbered and other.numbered and self.version == other.version


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """As much of a held story as a ruling needs."""

    order: Order
    digest: str
    #: When we received what the order came with; between true ties the later one wins.
    received: datetime = NEVER
    killed: bool = False
    #: Withheld by the agency; what the desk holds is ruled on as live.
    withheld: bool = False
    #: It never had words; its order is the lowest, so that any words are newer.
    empty: bool = False
    #: All it has are words that a person must see first; any others come before them.
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """As much of an item as a ruling needs."""

    order: Order
    digest: str
    pubstatus: Pubstatus
    received: datetime = NEVER
    signal: Signal = ""
    publishable: bool = True
    #: It has words that could stand where others stood.
    worded: bool = True
    #: A person must see it before readers do.
    for_desk: bool = False


def incoming(item: Item, *, order: Order, digest: str, received: datetime) -> Incoming:
    """Take from an item what a ruling needs.

    What forbids use, and whose words readers do not get at once, holds the words that came
    before until the agency sends others: nothing of them may leak. It is an embargo without
    words, and an embargo or an end of use beside words that a person must see first.
    """
    publishable, worded = item.kind in PUBLISHED, bool(item.headline)
    holds = publishable and item.pubstatus == USABLE and _holds(item, worded, received)
    return Incoming(
        order=order,
        digest=digest,
        received=received,
        pubstatus=WITHHELD if holds else item.pubstatus,
        signal=item.signal,
        publishable=publishable,
        worded=worded,
        for_desk=bool(item.for_desk),
    )


def _holds(item: Item, worded: bool, received: datetime) -> bool:  # noqa: FBT001 (what it has, not a mode)
    """Say whether a usable item forbids the words that came before it."""
    if not worded:
        return item.embargo is not None
    if not item.for_desk:
        return False  # its words come with its embargo and its end
    ended = item.expiry_removes and isinstance(item.expires, datetime) and item.expires <= received
    return (
        ended or item.embargo == UNKNOWN or (item.embargo is not None and item.embargo > received)
    )


def rule(held: Held | None, item: Incoming) -> Ruling:
    """Say what an incoming item does to the story we hold."""
    if item.pubstatus == CANCELED:  # even when unknown: the tombstone bars late versions
        return Ruling(What.REPEAT if held and held.killed else What.KILL)
    if item.pubstatus == WITHHELD:
        return _rule_withheld(held, item)
    if not item.publishable:
        return Ruling(What.ADVISORY)
    return _rule_usable(held, item) if held else Ruling(What.NEW)


def _rule_usable(held: Held, item: Incoming) -> Ruling:  # noqa: PLR0911 (a cell of the table each)
    """Rule on words for a story that we hold."""
    place, same = item.order.compare(held.order), item.digest == held.digest
    if held.killed:  # only a person restores
        return Ruling(What.HISTORY, flagged=place > 0 or (place == 0 and not same))
    if not item.worded:  # nothing that could stand in place of what is shown
        return Ruling(What.REPEAT if held.empty and same else What.HISTORY, flagged=place > 0)
    if held.asks and not item.for_desk:  # the first words for readers
        return Ruling(What.NEW)
    if place < 0 or (held.withheld and place == 0):  # a hold beats a usable of its order
        return Ruling(What.HISTORY)
    if item.for_desk and not held.asks and (held.withheld or held.empty or not same):
        return Ruling(What.HISTORY, flagged=True)  # what readers see, or will, stays
    if held.withheld:
        return Ruling(What.RELEASE)
    if same:
        return Ruling(What.REPEAT)
    if place == 0 and item.received < held.received:
        return Ruling(What.HISTORY, conflict=True)
    return Ruling(SIGNALS[item.signal], conflict=place == 0 or item.order.shares(held.order))


def _rule_withheld(held: Held | None, item: Incoming) -> Ruling:
    """Rule on an item that the agency wants back for now."""
    if held is None:
        return Ruling(What.HOLD)
    if held.killed:
        return Ruling(What.HISTORY, flagged=True)
    place = item.order.compare(held.order)
    if not held.withheld:
        return Ruling(What.HISTORY if place < 0 else What.HOLD)
    if place > 0:
        return Ruling(What.HOLD)
    repeated = place == 0 and item.digest == held.digest
    return Ruling(What.REPEAT if repeated else What.HISTORY)


def _sign(mine: tuple[object, ...], theirs: tuple[object, ...]) -> int:
    """Compare two tuples of equal shape."""
    return (mine > theirs) - (mine < theirs)
