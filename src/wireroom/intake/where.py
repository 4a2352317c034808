"""Where a received item is, and how it came there."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wireroom.wire import liveness
from wireroom.wire.models import Alias, Provider, Story, Version

from .fates import fate_of
from .models import Receipt

#: A story's path, alone or in a whole address.
PATH = re.compile(r"(?:^|/)s/(\d{1,18})(?:/|$)")


def find(what: str) -> list[Story]:
    """Find stories by guid, alias, id, path or address."""
    agencies = Provider.objects.values("pk")  # so that the index, which begins with it, serves
    found = set(Story.objects.filter(provider__in=agencies, guid=what).values_list("pk", flat=True))
    aliases = Alias.objects.filter(provider__in=agencies, guid=what)
    found.update(aliases.values_list("story", flat=True))
    if path := PATH.search(what):
        found.add(int(path[1]))
    if re.fullmatch(r"\d{1,18}", what):
        found.add(int(what))
    return list(Story.objects.filter(pk__in=found).select_related("provider").order_by("pk"))


def strays(what: str) -> list[Receipt]:
    """Find received items that never became a story, by guid."""
    found = Receipt.objects.filter(guid=what, story=None)
    return list(found.select_related("delivery__provider", "delivery__channel").order_by("pk"))


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
        "deliveries": _deliveries(receipts, story, now),
        "versions": [_version(version) for version in versions],
        "outputs": [],
    }


def tell_strays(receipts: list[Receipt], *, now: datetime) -> dict[str, Any]:
    """Tell the way of an item that never became a story, as far as it went."""
    return {
        "guid": receipts[0].guid,
        "aliases": [],
        "provider": receipts[0].delivery.provider.slug,
        "standing": receipts[-1].ruling,
        "held_because": [],
        "address": None,
        "id": None,
        "headline": "",
        "version": 0,
        "deliveries": _deliveries(receipts, None, now),
        "versions": [],
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


def _deliveries(
    receipts: Iterable[Receipt], story: Story | None, now: datetime
) -> list[dict[str, Any]]:
    return [
        {
            "at": receipt.delivery.received_at.isoformat(),
            "channel": str(receipt.delivery.channel or ""),
            "fate": fate_of(receipt, story, now),
            "reason": receipt.reason,
        }
        for receipt in receipts
    ]


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": version.received_at.isoformat(),
        "ruling": version.ruling,
        "author": version.author.get_username() if version.author else None,
    }
