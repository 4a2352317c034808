"""What can be asked of the wire, as chains that read as sentences."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from . import liveness

if TYPE_CHECKING:
    from .models import Story  # noqa: F401 (named by the base class)


class StoryQuerySet(models.QuerySet["Story"]):
    """Stories."""

    def public(self, now: datetime) -> Self:
        """Those whose address answers with the story itself."""
        return self.filter(liveness.public(now))

    def live(self, now: datetime) -> Self:
        """Those that readers may see in any list, feed, card or mail."""
        return self.filter(liveness.live(now))

    def on(self, key: str) -> Self:
        """Those in one list: ``country:us``, ``sector:transport``."""
        return self.filter(listings__key=key, listings__left=False)

    def ever_on(self, key: str) -> Self:
        """Those in one list now or before."""
        return self.filter(listings__key=key)

    def latest(self, count: int) -> Self:  # type: ignore[override]  # the newsroom's word
        """The newest, newest first."""
        return self.order_by("-listed_at", "-id")[:count]
