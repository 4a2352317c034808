"""A story with patches: told anew from all its versions whenever one of them comes."""

from dataclasses import replace
from datetime import datetime

from .arrived import Arrived
from .corrections import Kept
from .lifecycle import SIGNALS, Ruling, What
from .page import Page, order_held
from .patches import Settled, chain, settled


def take_in(page: Page, came: Arrived, now: datetime) -> tuple[Ruling, int]:
    """Take an item of such a story in; say what it did, and which version of it it is."""
    if not page.story.patched:
        _begin(page)
    if any(_again(came, one) for one in page.kept):
        return Ruling(What.REPEAT), 0
    own = _provisional(came, page.story.last_number + 1)
    said = chain([*page.kept, own])
    will = settled(said)
    what = turn(page, will)
    ruling = Ruling(what, flagged=own.number in will.flagged or _is_unread(came))
    # The item itself first, so that it has the number that was given to it.
    for one in sorted(said, key=lambda one: one.kept is not own):
        if what != What.HISTORY and one is will.top:
            page.apply(one.came, ruling if one.kept is own else Ruling(what), now)
        elif one.kept is own:
            page.keep(one.came, replace(ruling, what=What.HISTORY))
        elif one.kept.patch and one.came.readable != one.kept.face:
            page.keep(one.came, Ruling(What.HISTORY))
    if will.top and will.held and what == What.HISTORY:  # what says nothing new moves the order
        moved = replace(will.top.came, order=will.held.order, received=will.held.received)
        page.move(moved, What.REPEAT)
    return ruling, own.number


def _begin(page: Page) -> None:
    """Mark a story whose first patch comes."""
    keep_order(page)
    page.story.patched = page.touched = True


def keep_order(page: Page) -> None:
    """Keep the order of a story as a version, where a repeat has moved it and is none."""
    story, order = page.story, order_held(page.story)
    if any(one.order == order for one in page.kept):
        return
    same = (one for one in reversed(page.kept) if one.digest == story.digest and one.item)
    if (moved := next(same, None)) and moved.item:
        face = moved.face or story.face
        repeat = Arrived(moved.item, order, face, story.digest, story.heard_at)
        page.keep(repeat, Ruling(What.REPEAT))


def _again(came: Arrived, one: Kept) -> bool:
    """Say whether an item is a version that is kept; at another place it may count anew."""
    placed = came.item.version_created is None or came.order == one.order
    return came.item.patch == one.patch and came.repeats(one) and placed


def _provisional(came: Arrived, number: int) -> Kept:
    return Kept(
        number=number,
        order=came.order,
        digest=came.digest,
        face=came.readable,
        pubstatus=came.item.pubstatus,
        signal=came.item.signal,
        received=came.received,
        flagged=False,
        patch=came.item.patch,
        item=came.item,
    )


def _is_unread(came: Arrived) -> bool:
    """Say whether an item changes words, but none of them could be read."""
    item = came.item
    return item.patch == "content" and not {"headline", "body", "text"} & {*item.carries}


def turn(page: Page, will: Settled) -> What:
    """Say what becomes of the story as it stands."""
    story, holds = page.story, page.story.holds.split()
    if will.top is None or will.held is None:
        return What.HISTORY
    told = story.digest == will.top.came.digest
    if will.held.withheld:
        return What.HISTORY if told and "withheld" in holds else What.HOLD
    if story.last_number == 0:
        return What.NEW
    if "withheld" in holds:
        return What.RELEASE
    if told:
        return What.HISTORY
    waited = page.is_empty() or page.asks()
    return What.NEW if waited else SIGNALS[will.top.came.item.signal]
