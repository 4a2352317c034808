"""Hubs that tell of a channel's news: a subscriber of WebSub.

ask        the hub of each channel that is due, for a callback of its own
| verify     the hub asks back at the callback, and says for how long
| hear       what it sends there, signed, is stored as if it had been fetched

A callback is new each time, and its address says nothing; before a lease ends, another is
asked for. Polls go on beside all that, slowly once the hub was heard.
"""

import asyncio
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least

from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.http import GOOD, Door, Request
from wireroom.outbound.targets import aim

from . import push
from .hubs import chosen
from .inbox import delivery_of, put_down
from .models import Channel, Delivery, Subscription

#: The lease that is asked for and taken where a hub names none, and the longest believed.
LEASE, LONGEST = timedelta(days=10), timedelta(days=30)
#: What is left of a lease when it is renewed, and the soonest that a hub is asked again.
LEFT, SOONEST = 0.1, timedelta(minutes=5)
#: Until a hub is asked again that refused, failed or did not ask back, and one that denied.
LATER, DENIED = timedelta(hours=1), timedelta(days=1)
#: For so long the callback before still hears.
OVERLAP = timedelta(hours=1)
#: Channels asked for at once.
BATCH = 16
DEADLINE = 20.0
#: Bytes of a hub's answer, of which nothing is read.
ANSWER = 100_000
#: As for pushes, and SHA-1, for hubs know nothing else (WebSub, section 8).
SIGNATURE = re.compile(r"(sha1|sha256|sha384|sha512)=([0-9a-fA-F]{40,128})")
SECONDS = re.compile(r"[0-9]{1,9}")


def ask(*, now: datetime) -> int:
    """Ask the hubs of a few channels that are due; say how many were looked at."""
    due = Channel.objects.filter(paused=False, subscribe_at__lte=now).order_by("subscribe_at")
    channels = list(due[:BATCH])
    if not channels:
        return 0
    Subscription.objects.filter(ends_at__lt=now - LEASE).delete()
    asking = [one for channel in channels if (one := _begun(channel, now))]
    if asking:
        for one in asyncio.run(_ask(asking)):
            Subscription.objects.filter(pk=one.pk, verified_at=None).delete()
    return len(channels)


def verify(subscription: Subscription, said: Mapping[str, str], *, now: datetime) -> bool:
    """Take in a hub's question whether we asked for a topic; say whether we did.

    Only what was asked for and not yet verified is confirmed (section 5.3).
    """
    if said.get("hub.topic") != subscription.topic:
        return False
    mine = Subscription.objects.filter(pk=subscription.pk)
    of_channel = Channel.objects.filter(pk=subscription.channel_id)
    if said.get("hub.mode") == "denied":
        mine.delete()
        of_channel.exclude(subscribe_at=None).update(subscribe_at=now + DENIED)
        return True
    if said.get("hub.mode") != "subscribe" or not said.get("hub.challenge"):
        return False
    lease = _lease(said.get("hub.lease_seconds", ""))
    with transaction.atomic():
        if not mine.filter(verified_at=None).update(verified_at=now, ends_at=now + lease):
            return False
        others = Subscription.objects.filter(channel=subscription.channel_id)
        others.exclude(pk=subscription.pk).exclude(verified_at=None).update(
            ends_at=Least(F("ends_at"), now + OVERLAP)
        )
        of_channel.update(subscribe_at=now + max(lease * (1 - LEFT), SOONEST))
    return True


def signed(signature: str, raw: bytes, subscription: Subscription) -> bool:
    """Say whether the hub signed these bytes with the secret that it was given."""
    return push.signed(signature, raw, secret=subscription.secret, form=SIGNATURE)


def hear(subscription: Subscription, raw: bytes, *, charset: str, now: datetime) -> None:
    """Store what a hub sent and signed, unless it is what the channel had last.

    Raises Crowded when too much of the channel waits.
    """
    channel = subscription.channel
    delivery = delivery_of(
        raw,
        provider=channel.provider,
        now=now,
        channel=channel,
        format=channel.format,
        address=subscription.topic,
        charset=charset[:40],
        partial=True,
    )
    newest = Delivery.objects.filter(channel=channel).order_by("-pk").values_list("sha256")
    if (delivery.sha256,) != newest.first():
        if not delivery.urgent and push.crowded(channel):
            raise push.Crowded
        with transaction.atomic():
            put_down([delivery])
    Subscription.objects.filter(pk=subscription.pk).update(heard_at=now)


def heard(now: datetime) -> set[int]:
    """Give the channels whose hub has been heard and is bound to go on."""
    living = Subscription.objects.filter(ends_at__gt=now).exclude(heard_at=None)
    return set(living.values_list("channel", flat=True))


def address_of(subscription: Subscription) -> str:
    """Write the address at which a hub is heard."""
    return f"{settings.SITE}/websub/{subscription.token}"


def may_ask(hub: str) -> bool:
    """Say whether a hub may be told a secret: https both ways, or a place that is listed.

    A secret is told over https alone (WebSub, section 5.1), and what is sent for it shows the
    callback that nobody is to guess.
    """
    try:
        target = aim(hub)
    except Refused:
        return False
    both = target.url.scheme == "https" and settings.SITE.startswith("https://")
    return both or target.place in settings.FETCH_ALLOW


def _begun(channel: Channel, now: datetime) -> Subscription | None:
    """Write down what is to be asked before it is, for a hub may ask back at once.

    Whoever moves the time on has the channel; others who saw it due leave it.
    """
    found = chosen(channel.hubs)
    later = now + LATER if found else None
    mine = Channel.objects.filter(pk=channel.pk, subscribe_at=channel.subscribe_at)
    if not mine.update(subscribe_at=later) or not found or not may_ask(found[0]):
        return None
    hub, topic = found
    Subscription.objects.filter(channel=channel, verified_at=None).delete()
    return Subscription.objects.create(
        channel=channel,
        hub=hub,
        topic=topic,
        token=secrets.token_urlsafe(32),
        secret=push.new_secret(),
        asked_at=now,
    )


async def _ask(asking: Sequence[Subscription]) -> list[Subscription]:
    """Ask hubs, all at once; give what came to nothing."""
    async with Door(allow=settings.FETCH_ALLOW) as door:
        taken = await asyncio.gather(*(_ask_one(door, one) for one in asking))
    return [one for one, good in zip(asking, taken, strict=True) if not good]


async def _ask_one(door: Door, one: Subscription) -> bool:
    form = urlencode(
        {
            "hub.callback": address_of(one),
            "hub.mode": "subscribe",
            "hub.topic": one.topic,
            "hub.lease_seconds": int(LEASE.total_seconds()),
            "hub.secret": one.secret,
        }
    )
    request = Request(url=one.hub, form=form.encode(), cap=ANSWER, deadline=DEADLINE, last=True)
    try:
        return (await door.fetch(request)).status in GOOD
    except (Failed, Refused):
        return False


def _lease(said: str) -> timedelta:
    """Read for how long a hub will tell of news; it may be shorter than was asked."""
    if not SECONDS.fullmatch(said):
        return LEASE
    return min(timedelta(seconds=int(said)), LONGEST)
