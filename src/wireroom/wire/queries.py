"""What can be asked of the wire. Liveness is written here, once."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


def unended(now: datetime) -> Q:
    """No end, or one that is still to come."""
    return Q(expires=None) | Q(expires__gt=now)


class ProviderQuerySet(models.QuerySet["Provider"]):
    """Agencies."""


class StoryQuerySet(models.QuerySet["Story"]):
    """Stories, as a chain of conditions that reads as a sentence."""

    def public(self, now: datetime) -> Self:
        """Those whose address answers with the story itself."""
        return self.filter(
            Q(embargo=None) | Q(embargo__lte=now),
            unended(now) | Q(expiry_removes=False),
            killed_at=None,
            holds="",
        )

    def live(self, now: datetime) -> Self:
        """Those that readers may see in any list, feed, card or mail."""
        return self.public(now).filter(unended(now))

    def on(self, key: str) -> Self:
        """Those in one list: ``country:us``, ``sector:transport``."""
        return self.filter(listings__key=key)

    def latest(self, count: int) -> Self:
        """The newest, newest first."""
        return self.order_by("-listed_at", "-id")[:count]
