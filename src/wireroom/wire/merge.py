"""Two stories that turn out to be one: the older address stays, and has all the versions."""

from dataclasses import replace
from datetime import datetime

from . import clock
from .corrections import corrected
from .lifecycle import What
from .models import Story
from .page import AGENCY, Page, Turn
from .patches import chain, settled
from .rebuilt import keep_order, turn

#: The hold of a story whose versions another has; nothing of it is live again.
MERGED = "merged"


def older(one: Page, other: Page) -> tuple[Page, Page]:
    """Put two stories so that the one whose address is older stands first."""
    return (one, other) if _age(one.story) <= _age(other.story) else (other, one)


def merge(into: Page, gone: Page, now: datetime) -> None:
    """Give a story all that another has; what readers see is told from all their versions.

    Both must have all their versions at hand, and neither be killed. What the desk holds of
    either it holds of both.
    """
    for page in (into, gone):
        keep_order(page)
        page.changes += clock.turn(page.story, now)
        page.touched = True
    into.kept += [one._replace(number=one.number + into.story.last_number) for one in gone.kept]
    _give(into, gone)
    _give_facts(into.story, gone.story)
    _turn(into, now)
    _end(into, gone, now)


def _age(story: Story) -> tuple[datetime, bool, int]:
    return (story.received_at, story.pk is None, story.pk or 0)


def _give(into: Page, gone: Page) -> None:
    """Hand over what came of this batch, and the ids."""
    after = gone.merged_after = into.story.last_number
    gone.merged_into = into
    into.versions += [row | {"number": row["number"] + after} for row in gone.versions]
    into.aliases |= gone.aliases | {gone.story.guid}
    into.own |= gone.own | {gone.story.guid}
    if gone.story.pk is None:  # nobody ever knew its address
        into.changes += [_renumbered(one, after) for one in gone.changes if isinstance(one, Turn)]
    gone.versions, gone.aliases, gone.own, gone.shown = [], set(), set(), None


def _renumbered(change: Turn, after: int) -> Turn:
    return change._replace(version=change.version and change.version + after)


def _give_facts(story: Story, gone: Story) -> None:
    """Hand over what stays true of the story, whatever its words are."""
    seen = [one.published_at for one in (story, gone) if one.published_at]
    story.seen = story.seen + gone.seen if len(seen) > 1 else max(story.seen, gone.seen)
    story.published_at = min(seen, default=None)
    story.first_created = min(story.first_created, gone.first_created)
    story.last_number += gone.last_number
    story.patched = story.patched or gone.patched
    story.hold_for(*(set(gone.holds.split()) - AGENCY))


def _turn(page: Page, now: datetime) -> None:
    """Let the newest of all versions decide."""
    page.story.corrected = corrected(page.kept) or page.story.corrected
    will = settled(chain(page.kept))
    if will.top is None or will.held is None:
        return
    what = turn(page, will)
    moved = replace(will.top.came, order=will.held.order, received=will.held.received)
    page.move(moved, what if what != What.HISTORY else What.REPEAT)
    if what != What.HISTORY:
        page.turn_to(will.top.came, what, will.top.kept.number, now)


def _end(into: Page, gone: Page, now: datetime) -> None:
    """Let a story end whose versions another has, and write in both logs that it did."""
    story = gone.story
    into.kin[story.guid], gone.kin[into.story.guid] = gone, into
    if story.pk is None:
        return
    into.new_kin.append(gone)
    story.merged_into, story.merged_after = into.story, gone.merged_after
    story.holds, story.due_at, story.shown, story.last_number = MERGED, None, 0, 0
    into.changes.append(Turn(MERGED, now, into.story.shown, f"/s/{story.pk}"))
    gone.changes.append(Turn(MERGED, now, 0, f"/s/{into.story.pk}"))
