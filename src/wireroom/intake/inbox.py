"""Where bytes are put down as they came, before anybody reads them."""

from datetime import datetime
from hashlib import sha256

from wireroom.formats.read import glance
from wireroom.outbound.coding import unpacked
from wireroom.wire.models import Provider

from .models import Channel, Delivery

#: Bytes of a document that came packed.
HEAVIEST = 20_000_000


def delivery_of(
    raw: bytes,
    *,
    provider: Provider,
    now: datetime,
    channel: Channel | None = None,
    format: str = "",  # noqa: A002 (the word of the trade)
    address: str = "",
    charset: str = "",
) -> Delivery:
    """Make the row for a document that arrived; the caller stores it.

    A glance decides only how soon it is read: what seems to cancel, withhold or delete
    goes first. A document that came as ``.gz`` is kept as what is in it.
    """
    raw = unpacked(raw, cap=HEAVIEST)
    return Delivery(
        channel=channel,
        provider=provider,
        format=format,
        address=address,
        charset=charset,
        raw=raw,
        sha256=sha256(raw).hexdigest(),
        received_at=now,
        urgent=glance(raw),
    )
