"""Documents that an agency sends to an address of its own here, signed with a secret.

signed     HMAC over the bytes as they came, in the header that WebSub names (section 8)
| readable   what they say they are could be a document
| take       stored once, however often they are sent
| told       what became of each item, for whoever sent them
"""

import hmac
import re
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from .fates import fate_of, story_of
from .inbox import delivery_of, put_down
from .models import Channel, Delivery, DeliveryState

#: How the stored address of such a channel begins; the site itself may move.
PUSHED = "push:"
#: What a channel is called in its address.
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
#: ``sha256=…`` in hexadecimal, by the method the sender chose; SHA-1 is not among them.
SIGNATURE = re.compile(r"(sha256|sha384|sha512)=([0-9a-fA-F]{64,128})")
#: A key that a sender may name.
KEY = re.compile(r"[\x21-\x7e]{1,200}")
#: What no document of a wire is: forms, pages, pictures, sound.
NEVER = re.compile(r"(?:multipart|image|audio|video|font)/.*|text/(?:html|css|javascript)")
FORM = "application/x-www-form-urlencoded"
#: Codings of a document that is kept as what is in it.
CODINGS = frozenset({"", "identity", "gzip", "x-gzip"})
#: Documents of a channel that may wait; what seems to cancel is taken beyond them.
MOST_WAITING = 1_000


class Clash(Exception):
    """A key came a second time, with other bytes."""


class Crowded(Exception):
    """Too much of this channel waits already."""


def stored(url: str) -> str:
    """Write an address of ours for pushes as it is stored; any other is left as it is."""
    name = url.removeprefix(f"{settings.SITE}/push/")
    return PUSHED + name if is_below(url) and NAME.fullmatch(name) else url


def is_below(url: str) -> bool:
    """Say whether an address is among ours for pushes, whatever its name."""
    return url.startswith(f"{settings.SITE}/push/")


def address_of(url: str) -> str:
    """Write the stored address of a channel for pushes as senders know it."""
    return f"{settings.SITE}/push/{url.removeprefix(PUSHED)}"


def new_secret() -> str:
    """Make a secret that nobody can guess."""
    return secrets.token_urlsafe(32)


def signed(signature: str, raw: bytes, *, secret: str, form: re.Pattern[str] = SIGNATURE) -> bool:
    """Say whether a signature is that of these bytes, in a time that tells nothing."""
    if not secret or (parts := form.fullmatch(signature)) is None:
        return False
    return hmac.compare_digest(hmac.digest(secret.encode(), raw, parts[1]).hex(), parts[2].lower())


def readable(kind: str, coding: str) -> bool:
    """Say whether a document could be what its sender says it is; its format is told later."""
    kind = kind.strip().lower()
    return coding.strip().lower() in CODINGS and kind != FORM and NEVER.fullmatch(kind) is None


def take(channel: Channel, raw: bytes, *, key: str, charset: str, now: datetime) -> Delivery:
    """Store a document, or find the delivery that it became when it was first sent.

    It is known by the sender's key, without one by its bytes.
    Raises Clash when the key stands for other bytes, and Crowded when too much waits.
    """
    delivery = delivery_of(
        raw,
        provider=channel.provider,
        now=now,
        channel=channel,
        format=channel.format,
        address=address_of(channel.url),
        charset=charset[:40],
    )
    delivery.key = f"key:{key}" if key else f"sha256:{delivery.sha256}"
    if (before := _before(delivery)) is not None:
        return before
    if not delivery.urgent and crowded(channel):
        raise Crowded
    try:
        with transaction.atomic():
            return put_down([delivery])[0]
    except IntegrityError:  # it was sent twice at once
        if (before := _before(delivery)) is None:
            raise
        return before


def told(delivery: Delivery, *, now: datetime) -> dict[str, Any]:
    """Say how far a delivery is, and the fate of each item in it."""
    receipts = delivery.receipts.select_related("story__merged_into").defer("raw")
    return {
        "delivery": delivery.pk,
        "state": str(delivery.state),
        "reason": delivery.reason,
        "items": [
            {
                "guid": receipt.guid,
                "fate": fate_of(receipt, story_of(receipt), now),
                "reason": receipt.reason,
                "version": receipt.version,
            }
            for receipt in receipts.order_by("position")
        ],
    }


def _before(delivery: Delivery) -> Delivery | None:
    """Find what the same key of the same channel became."""
    found = Delivery.objects.filter(channel=delivery.channel, key=delivery.key).first()
    if found is not None and found.sha256 != delivery.sha256:
        raise Clash
    return found


def crowded(channel: Channel) -> bool:
    """Say whether too much of a channel waits."""
    waiting = Delivery.objects.filter(channel=channel, state=DeliveryState.WAITING)
    return waiting[:MOST_WAITING].count() >= MOST_WAITING
