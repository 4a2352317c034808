"""Where a received item is, and how it came there."""

import re
from datetime import datetime
from typing import Any

from django.db.models import Q

from wireroom.wire import liveness
from wireroom.wire.models import Story, Version

from .fates import fate_of

#: A story's path, alone or in a whole address.
PATH = re.compile(r"(?:^|/)s/(\d+)(?:/|$)")


def find(what: str) -> list[Story]:
    """Find stories by guid, alias, id, path or address."""
    named = Q(guid=what) | Q(aliases__guid=what)
    if path := PATH.search(what):
        named |= Q(pk=int(path[1]))
    if what.isdigit():
        named |= Q(pk=int(what))
    return list(Story.objects.filter(named).select_related("provider").distinct().order_by("pk"))


def tell(story: Story, *, now: datetime) -> dict[str, Any]:
    """Tell a story's whole way: what came, what it did, where it stands."""
    versions = list(story.versions.select_related("author").order_by("number"))
    receipts = story.receipts.select_related("delivery__channel").order_by("pk")
    return {
        "guid": story.guid,
        "aliases": sorted(story.aliases.values_list("guid", flat=True)),
        "provider": story.provider.slug,
        "standing": standing(story, now),
        "held_because": held_because(story, now),
        "address": f"/s/{story.pk}/{story.slug}" if story.published_at else None,
        "id": story.pk,
        "headline": story.headline,
        "version": story.shown,
        "deliveries": [
            {
                "at": receipt.delivery.received_at.isoformat(),
                "channel": str(receipt.delivery.channel or ""),
                "fate": fate_of(receipt, story, now),
                "reason": receipt.reason,
            }
            for receipt in receipts
        ],
        "versions": [_version(version) for version in versions],
        "outputs": [],
    }


def standing(story: Story, now: datetime) -> str:
    """Say in one word whether readers may see it."""
    if story.killed_at:
        return "killed"
    if held_because(story, now):
        return "held"
    return "live" if liveness.is_live(story, now) else "expired"


def held_because(story: Story, now: datetime) -> list[str]:
    """List what keeps it from readers; an embargo counts while it lasts."""
    reasons = set(story.holds.split())
    if story.embargo and story.embargo > now:
        reasons.add("embargo")
    return sorted(reasons)


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": version.received_at.isoformat(),
        "ruling": version.ruling,
        "author": version.author.get_username() if version.author else None,
    }
