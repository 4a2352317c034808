"""What the clock does to stories: embargoes lift, and stories end.

Readers need none of this, liveness asks the time itself; the tick tells the change log,
so that those who follow it act too.
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from . import liveness
from .models import Change, Story

#: Stories a transaction takes.
BATCH = 200
TURNED = ("due_at", "published_at", "seen", "seen_face")


def tick(now: datetime) -> int:
    """Write a change for each story that the clock has turned; say how many."""
    turned = 0
    while _due(now).exists() and (count := _turn(now)):
        turned += count
    return turned


def turn(story: Story, now: datetime) -> list[Change]:
    """Take one story through all its turns up to now and say what each was.

    Also asked before anything else happens to a story, so that the log keeps their order.
    """
    changes = []
    while story.due_at is not None and story.due_at <= now:
        at = story.due_at
        story.due_at = liveness.next_turn(story, at)
        if story.holds or not story.shown:
            continue
        lifted = liveness.is_live(story, at)
        if lifted:
            seen(story, at)
        what = "lifted" if lifted else "expired"
        changes.append(Change(story=story, what=what, at=now, version=story.shown))
    return changes


def seen(story: Story, at: datetime) -> None:
    """Note that readers can see a story as it stands; other words are another version."""
    if story.published_at is None:
        story.published_at = at
    elif story.face != story.seen_face:
        story.seen += 1
    story.seen_face = story.face


def _due(now: datetime) -> QuerySet[Story]:
    return Story.objects.filter(due_at__lte=now)


@transaction.atomic
def _turn(now: datetime) -> int:
    due = _due(now).select_for_update(
        skip_locked=connection.features.has_select_for_update_skip_locked, no_key=True
    )
    stories = list(due.order_by("due_at")[:BATCH])
    changes = [change for story in stories for change in turn(story, now)]
    Story.objects.bulk_update(stories, TURNED)
    Change.objects.bulk_create(changes)
    return len(stories)
