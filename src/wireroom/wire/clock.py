"""What the clock does to stories: embargoes lift, and stories end.

Readers need none of this, liveness asks the time itself; the tick tells the change log,
so that those who follow it act too.
"""

from datetime import datetime

from django.db import connection, transaction

from . import liveness
from .models import Change, Story

#: Stories a transaction takes.
BATCH = 200
TURNED = ("due_at", "published_at")


def tick(now: datetime) -> int:
    """Write a change for each story that the clock has turned; say how many."""
    turned = 0
    while count := _turn(now):
        turned += count
    return turned


@transaction.atomic
def _turn(now: datetime) -> int:
    due = Story.objects.select_for_update(
        skip_locked=connection.features.has_select_for_update_skip_locked
    ).filter(due_at__lte=now)
    stories = list(due.order_by("due_at")[:BATCH])
    changes = [change for story in stories if (change := _turned(story, now))]
    Story.objects.bulk_update(stories, TURNED)
    Change.objects.bulk_create(changes)
    return len(stories)


def _turned(story: Story, now: datetime) -> Change | None:
    """Move one story on to its next turn and say what this one was."""
    lifted = story.due_at == story.embargo
    story.due_at = liveness.next_turn(story, now)
    if story.holds:
        return None
    if lifted:
        story.published_at = story.published_at or story.embargo
    return Change(
        story=story, what="lifted" if lifted else "expired", at=now, version=story.shown
    )
