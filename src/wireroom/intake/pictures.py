"""Our own copies of agencies' pictures, fetched through the guarded way out."""

import asyncio
import logging
import struct
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from PIL import Image, UnidentifiedImageError

from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.http import Door, Request
from wireroom.wire.models import Picture, PictureState
from wireroom.wire.pictures import path_of

log = logging.getLogger("wireroom.intake")

#: What Pillow may try to read: told by the bytes, never by name or header.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
#: Pixels.
LARGEST = 40_000_000
#: Bytes.
HEAVIEST = 20_000_000
#: Seconds for one whole picture.
DEADLINE = 30.0
TRIES = 5
BATCH = 16
RESULT = ("state", "reason", "next_at", "tries", "sha256", "mime", "width", "height")


#: Where a camera writes where it was, in its own block and in XMP (Exif 2.3, 4.6.3).
GPS_BLOCK = 0x8825
GPS_WORDS = b"GPSLatitude"
#: Of a lossy picture written anew; JPEG keeps its own.
QUALITY = 90
#: What Pillow raises over bytes that are not what they seem.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    struct.error,
    Image.DecompressionBombWarning,
    Image.DecompressionBombError,
)


class NotAPicture(Exception):
    """The bytes are no picture we keep; the message says why."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the bytes of a picture say of themselves; sizes in pixels."""

    mime: str
    width: int
    height: int


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


def look(raw: bytes) -> Seen:
    """Tell a picture's kind and size by its bytes.

    Raises NotAPicture for what is no picture, or one of too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(raw), formats=FORMATS) as image:
                width, height = image.size
                if width * height > LARGEST:
                    raise NotAPicture(f"{width} by {height} pixels are too many")
                image.verify()
                return Seen(Image.MIME[image.format or ""], width, height)
    except UnidentifiedImageError as error:
        raise NotAPicture("the bytes are no picture of a kind we keep") from error
    except BROKEN as error:
        raise NotAPicture(f"the picture cannot be read: {error}") from error


def without_place(raw: bytes) -> bytes:
    """Take out where a picture was taken; bytes that do not say are given back as they are.

    Raises NotAPicture for a picture that cannot be written anew.
    """
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            marks = image.getexif()
            if GPS_BLOCK not in marks and GPS_WORDS not in raw:
                return raw
            del marks[GPS_BLOCK]
            out = BytesIO()
            image.save(
                out,
                image.format,
                exif=marks,
                icc_profile=image.info.get("icc_profile"),
                quality="keep" if image.format == "JPEG" else QUALITY,
                save_all=getattr(image, "n_frames", 1) > 1,
            )
            return out.getvalue()
    except BROKEN as error:
        raise NotAPicture(f"the picture cannot be read: {error}") from error


async def _fetch(due: Sequence[Picture], now: datetime) -> None:
    async with Door(allow=settings.FETCH_ALLOW) as door:
        await asyncio.gather(*(_fetch_one(door, picture, now) for picture in due))


async def _fetch_one(door: Door, picture: Picture, now: datetime) -> None:
    """Fetch one picture; what goes wrong is written on its row."""
    picture.tries += 1
    try:
        answer = await door.fetch(Request(url=picture.href, cap=HEAVIEST, deadline=DEADLINE))
        if answer.status == HTTPStatus.OK:
            keep(picture, answer.body)
        else:
            _later(picture, f"the server answered {answer.status}", now)
    except (Refused, NotAPicture) as error:
        picture.state, picture.reason = PictureState.REFUSED, str(error)
    except Failed as error:
        _later(picture, str(error), now)


def keep(picture: Picture, raw: bytes) -> None:
    """Keep the bytes as our copy.

    The file is whole before it has its name: a copy is there, or it is not.
    """
    seen = look(raw)
    raw = without_place(raw)
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
