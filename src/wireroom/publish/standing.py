"""What a reader gets at a story's address: the story, a notice, or nothing at all."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wireroom.wire import liveness
from wireroom.wire.merge import MERGED
from wireroom.wire.models import Change, Story

#: Reasons that are the agency's own; any other is the desk's.
AGENCY_HOLDS = frozenset({"withheld", "embargo", "empty"})


class Standing(StrEnum):
    """What an address answers with."""

    PUBLIC = "public"
    #: Readers never saw it: as any unknown address.
    UNKNOWN = "unknown"
    KILLED = "killed"
    #: By the agency, or by an embargo that came late; it may come back.
    WITHHELD = "withheld"
    #: By the desk; it may come back.
    HELD = "held"
    EXPIRED = "expired"
    #: It is one with another story, which is public.
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What readers are told of a story they can no longer read."""

    standing: Standing
    heading: str
    #: Stands before the time: ``was withdrawn on``.
    happened: str
    #: By whom, in the house's words.
    by: str
    why: str
    published_at: datetime
    at: datetime


def standing(story: Story, now: datetime) -> Standing:
    """Say what a story's address answers with.

    One that was merged and that readers saw answers as the story that it is one with.
    """
    if story.holds == MERGED and story.killed_at is None and story.merged_into:
        state = standing(story.merged_into, now) if story.published_at else Standing.UNKNOWN
        return Standing.MOVED if state is Standing.PUBLIC else state
    if liveness.is_public(story, now):
        return Standing.PUBLIC
    return _gone_by(story, now) if once_public(story, now) else Standing.UNKNOWN


def _gone_by(story: Story, now: datetime) -> Standing:
    """Say why a story that readers once saw is not public: what weighs most, first."""
    if story.killed_at is not None:
        return Standing.KILLED
    reasons = set(story.holds.split())
    if reasons & AGENCY_HOLDS or (not reasons and story.embargo and story.embargo > now):
        return Standing.WITHHELD
    return Standing.HELD if reasons else Standing.EXPIRED


def once_public(story: Story, now: datetime) -> bool:
    """Say whether readers could ever see it, also when the clock has not yet been noted."""
    if story.published_at is not None:
        return True
    return (
        story.killed_at is None
        and not story.holds
        and (story.embargo is None or story.embargo <= now)
        and (story.expires is None or (story.embargo or story.received_at) < story.expires)
    )


#: Heading, what happened, and why, by standing.
WORDS = {
    Standing.KILLED: ("Story withdrawn", "was withdrawn on", "Withdrawn by the agency"),
    Standing.WITHHELD: (
        "Story held by the agency",
        "has been held since",
        "Held by the agency; it may come back at this address",
    ),
    Standing.HELD: (
        "Story held",
        "has been held since",
        "Held by our desk; it may come back at this address",
    ),
    Standing.EXPIRED: (
        "Story no longer valid",
        "has not been valid since",
        "The agency set an end to its use",
    ),
}


def withdrawal(story: Story, state: Standing, *, change: Change | None, house: str) -> Withdrawal:
    """Say when, by whom and why, in our own words; ``change`` is the story's last one."""
    heading, happened, why = WORDS[state]
    by = f"{story.provider.name}, by agency notice"
    if state is Standing.HELD or (change is not None and change.by_id is not None):
        by = f"The desk of {house}"
    if state is Standing.KILLED and by.startswith("The desk"):
        why = "Withdrawn by our desk"
    if state is Standing.EXPIRED:
        by = story.provider.name
    at = story.killed_at or (story.expires if state is Standing.EXPIRED else None)
    return Withdrawal(
        standing=state,
        heading=heading,
        happened=happened,
        by=by,
        why=why,
        published_at=story.published_at or story.embargo or story.received_at,
        at=at or (change.at if change else story.version_created),
    )
