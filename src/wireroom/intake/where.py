"""Where a received item is, and how it came there."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Q

from wireroom.wire import liveness
from wireroom.wire.models import Alias, Provider, Story, Version

from .channels import shown
from .fates import fate_of
from .models import LONGEST_NAME, Delivery, DeliveryState, Receipt

#: A story's id, and its path: of the page, or of the same in plain text.
ID = re.compile(r"([0-9]{1,18})")
PATH = re.compile(r"/?(?:lite/)?s/([0-9]{1,18})(?:/|$)")
#: Documents, none of whose items has a receipt, that are searched for an item's id.
LOOKED_INTO = 1_000
#: Signs of the shortest id looked for in bytes; less would be found anywhere.
SHORTEST = 6
#: What stands whole between quotes, tags, brackets or white space, and is no name of a value.
WHOLE = rb"""(?<![^\s>"'\[])%s(?![^\s<"'\]])(?!["']\s*:)"""


def find(what: str) -> list[Story]:
    """Find stories by guid or alias, else by id, path or address on this site.

    One that was merged is found as the story that has its versions.
    """
    agencies = Provider.objects.values("pk")  # so that the index, which begins with it, serves
    found = set(Story.objects.filter(provider__in=agencies, guid=what).values_list("pk", flat=True))
    aliases = Alias.objects.filter(provider__in=agencies, guid=what)
    found.update(aliases.values_list("story", flat=True))
    if not found and (named := ID.fullmatch(what) or PATH.match(_path_of(what))):
        found.add(int(named[1]))
    found.update(Story.objects.filter(merged__in=found).values_list("pk", flat=True))
    stories = Story.objects.filter(pk__in=found, merged_into=None)
    return list(stories.select_related("provider").order_by("pk"))


def _path_of(what: str) -> str:
    """Take the path of an address on this site; a path is its own, anything else is none."""
    if "://" not in what:
        return what
    try:
        parts = urlsplit(what)
    except ValueError:
        return ""
    here = urlsplit(settings.SITE)
    own = (parts.scheme, parts.netloc.lower()) == (here.scheme, here.netloc.lower())
    return parts.path if own else ""


def strays(what: str) -> list[Receipt]:
    """Find received items that never became a story, by guid."""
    found = Receipt.objects.filter(guid=what[:LONGEST_NAME], story=None)
    return list(found.select_related("delivery__provider", "delivery__channel").order_by("pk"))


def tell(story: Story, *, now: datetime) -> dict[str, Any]:
    """Tell a story's whole way: what came, what it did, where it stands."""
    versions = list(story.versions.select_related("author").order_by("number"))
    aliases = sorted(story.aliases.values_list("guid", flat=True))
    receipts = Receipt.objects.filter(
        Q(story=story)
        | Q(story__merged_into=story)
        | Q(story=None, guid__in=[story.guid, *aliases], delivery__provider=story.provider)
    )
    public = story.published_at or liveness.is_public(story, now)
    return {
        "guid": story.guid,
        "aliases": aliases,
        "provider": story.provider.slug,
        "standing": standing(story, now),
        "held_because": held_because(story, now),
        "address": f"/s/{story.pk}/{story.slug}" if public else None,
        "id": story.pk,
        "merged": [f"/s/{one}" for one in story.merged.order_by("pk").values_list("pk", flat=True)],
        "headline": story.headline,
        "version": story.shown,
        "deliveries": _deliveries(
            receipts.select_related("delivery__channel", "story").order_by("pk"), story, now
        ),
        "versions": [_version(version) for version in versions],
        "outputs": [],
    }


def tell_strays(receipts: list[Receipt], *, now: datetime) -> dict[str, Any]:
    """Tell the way of an item that never became a story, as far as it went."""
    first, last = receipts[0], receipts[-1]
    return _storyless(
        first.guid,
        first.delivery.provider.slug,
        last.ruling,
        _deliveries(receipts, None, now),
    )


def tell_unread(what: str) -> dict[str, Any] | None:
    """Tell of an item in a document that waits, or of which nothing could be read.

    Nobody knows its guid yet: it is looked for in the bytes of the newest such documents.
    """
    found = list(_naming(what))
    if not found:
        return None
    deliveries = [_arrived(one, str(one.state), one.reason) for one in found]
    return _storyless(what, found[0].provider.slug, str(found[-1].state), deliveries)


def _naming(what: str) -> Iterator[Delivery]:
    """Find the unread documents that name an item, the oldest first.

    A bare word or a tag names nothing: it is in everybody's text.
    """
    if len(what) < SHORTEST or what.isalpha() or what.startswith("<"):
        return
    states = (DeliveryState.WAITING, DeliveryState.QUARANTINED)
    unread = Delivery.objects.filter(state__in=states)
    newest = unread.select_related("channel", "provider", "kept").order_by("-pk")[:LOOKED_INTO]
    spelt = {re.escape(one.encode()) for one in (what, escape(what), what.replace("/", "\\/"))}
    whole = re.compile(WHOLE % (b"(?:" + b"|".join(sorted(spelt)) + b")"))
    for delivery in sorted(
        newest.select_related("channel", "provider", "kept"), key=lambda one: one.pk
    ):
        if whole.search(delivery.raw):
            yield delivery


def _storyless(
    guid: str, provider: str, standing: str, deliveries: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "guid": guid,
        "aliases": [],
        "provider": provider,
        "standing": standing,
        "held_because": [],
        "address": None,
        "id": None,
        "merged": [],
        "headline": "",
        "version": 0,
        "deliveries": deliveries,
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
        _arrived(
            receipt.delivery,
            fate_of(receipt, story if receipt.story_id else None, now),
            receipt.reason,
        )
        for receipt in receipts
    ]


def _arrived(delivery: Delivery, fate: str, reason: str) -> dict[str, Any]:
    return {
        "at": delivery.received_at.isoformat(),
        "channel": shown(str(delivery.channel or "")),
        "fate": fate,
        "reason": reason,
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": version.received_at.isoformat(),
        "ruling": version.ruling,
        "author": version.author.get_username() if version.author else None,
    }
