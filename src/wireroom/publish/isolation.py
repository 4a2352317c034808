"""One story that cannot be shown never takes its neighbours with it (A29)."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from wireroom.wire.models import Story

T = TypeVar("T")
log = logging.getLogger(__name__)


def each(stories: Iterable[Story], make: Callable[[Story], T | None]) -> list[T]:
    """Make one thing of each story; leave out, and log, the story of which none can be made."""
    return [made for story in stories if (made := _one(story, make)) is not None]


def _one(story: Story, make: Callable[[Story], T | None]) -> T | None:
    try:
        return make(story)
    except Exception:
        log.exception("unshowable", extra={"story": story.pk})
        return None
