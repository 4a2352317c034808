"""Our own copies of agencies' pictures, fetched through the guarded way out."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from wireroom.formats.errors import Unreadable
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.http import Door, Request
from wireroom.wire.models import Picture, PictureState
from wireroom.wire.pictures import path_of

from .reading import look

log = logging.getLogger("wireroom.intake")

#: Bytes.
HEAVIEST = 20_000_000
#: Seconds for one whole picture.
DEADLINE = 30.0
TRIES = 5
BATCH = 16
RESULT = ("state", "reason", "next_at", "tries", "sha256", "mime", "width", "height")


def waiting(now: datetime) -> QuerySet[Picture]:
    """Choose the pictures of which a copy is due."""
    return Picture.objects.filter(
        state=PictureState.WAITING, used=True, next_at__lte=now, story__killed_at=None
    )


def copy(*, now: datetime) -> int:
    """Fetch and keep a few pictures that wait; say how many were tried."""
    due = list(waiting(now).order_by("next_at")[:BATCH])
    if due:
        asyncio.run(_fetch(due, now))
        Picture.objects.bulk_update(due, RESULT)
    return len(due)


async def _fetch(due: Sequence[Picture], now: datetime) -> None:
    async with Door(allow=settings.FETCH_ALLOW) as door:
        await asyncio.gather(*(_fetch_one(door, picture, now) for picture in due))


async def _fetch_one(door: Door, picture: Picture, now: datetime) -> None:
    """Fetch one picture; what goes wrong is written on its row."""
    picture.tries += 1
    try:
        answer = await door.fetch(Request(url=picture.href, cap=HEAVIEST, deadline=DEADLINE))
        if answer.status == HTTPStatus.OK:
            await asyncio.to_thread(keep, picture, answer.body)
        else:
            _later(picture, f"the server answered {answer.status}", now)
    except (Refused, Unreadable) as error:
        picture.state, picture.reason = PictureState.REFUSED, str(error)
    except Failed as error:
        _later(picture, str(error), now)


def keep(picture: Picture, raw: bytes) -> None:
    """Keep the bytes as our copy.

    The file is whole before it has its name: a copy is there, or it is not. Raises Unreadable
    for bytes that are no picture we keep.
    """
    seen = look(raw)
    raw = raw if seen.kept is None else seen.kept
    picture.mime, picture.width, picture.height = seen.mime, seen.width, seen.height
    picture.sha256 = sha256(raw).hexdigest()
    path = path_of(picture)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        half = Path(f"{path}.{picture.pk}.half")
        half.write_bytes(raw)
        half.replace(path)
    picture.state, picture.reason = PictureState.KEPT, ""


def _later(picture: Picture, reason: str, now: datetime) -> None:
    """Try again after a while, and give up in the end."""
    picture.reason = reason
    if picture.tries >= TRIES:
        picture.state = PictureState.REFUSED
    picture.next_at = now + timedelta(seconds=30 * 2**picture.tries)
