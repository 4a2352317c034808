"""Where bytes are put down as they came, before anybody reads them."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from wireroom.formats.read import glance
from wireroom.outbound.coding import unpacked
from wireroom.wire.models import Provider

from .models import Channel, Delivery, Kept

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
    told: str = "",
    partial: bool = False,
) -> Delivery:
    """Make the rows for a document that arrived, for ``put_down``.

    A glance decides only how soon it is read: what seems to cancel, withhold or delete
    goes first. A document that came as ``.gz`` is kept as what is in it. ``told`` is the
    SHA-256 of the bytes, where it is known already. Of a ``partial`` one it means nothing
    what it lacks.
    """
    came, raw = raw, unpacked(raw, cap=HEAVIEST)
    delivery = Delivery(
        channel=channel,
        provider=provider,
        format=format,
        address=address,
        charset=charset,
        sha256=told if told and raw is came else sha256(raw).hexdigest(),
        received_at=now,
        urgent=glance(raw),
        partial=partial,
    )
    delivery.kept = Kept(raw=raw)
    return delivery


def put_down(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Put deliveries down with their bytes, in the transaction of the caller."""
    stored = Delivery.objects.bulk_create(deliveries)
    Kept.objects.bulk_create(delivery.kept for delivery in stored)
    return stored
