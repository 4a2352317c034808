"""When readers may see a story: said for the database and for a story in hand.

A story is public when it was not killed, nothing holds it, its embargo has passed, and
it has not reached an end that forbids its use. It is live when it is public and not past
any end: a public story past a milder end keeps its address and leaves every list.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from .models import Story


def public(now: datetime) -> Q:
    """Choose the stories whose address answers with the story itself."""
    return Q(
        Q(embargo=None) | Q(embargo__lte=now),
        Q(expiry_removes=False) | unended(now),
        killed_at=None,
        holds="",
    )


def unended(now: datetime) -> Q:
    """Choose the stories without an end, or with one still to come."""
    return Q(expires=None) | Q(expires__gt=now)


def live(now: datetime) -> Q:
    """Choose the stories that readers may see in any list, feed, card or mail."""
    return public(now) & unended(now)


def is_public(story: "Story", now: datetime) -> bool:
    """Say of one story what ``public`` asks of all."""
    return (
        story.killed_at is None
        and not story.holds
        and (story.embargo is None or story.embargo <= now)
        and (not story.expiry_removes or is_unended(story, now))
    )


def is_unended(story: "Story", now: datetime) -> bool:
    """Say of one story what ``unended`` asks of all."""
    return story.expires is None or story.expires > now


def is_live(story: "Story", now: datetime) -> bool:
    """Say of one story what ``live`` asks of all."""
    return is_public(story, now) and is_unended(story, now)


def next_turn(story: "Story", after: datetime) -> datetime | None:
    """Say when the clock next changes whether a story is live; None when it never will."""
    if story.killed_at is not None:
        return None
    turns = (story.embargo, story.expires)
    return min((turn for turn in turns if turn and turn > after), default=None)
