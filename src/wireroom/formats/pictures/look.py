"""What a picture is, told by its bytes: the reader of a worker with limits (``sandbox``)."""

import struct
import warnings
from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

from wireroom.formats.errors import Unreadable

from .place import without_place
from .seen import Seen

#: What Pillow may try to read: told by the bytes, never by name or header (A36).
FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
#: Pixels.
LARGEST: Final = 40_000_000
#: Pictures in one that moves.
MOST_FRAMES: Final = 1_000
#: A JPEG is unpacked at an eighth of its size: that is enough to see that it is whole.
SMALL: Final = 8
#: What Pillow raises over bytes that are not what they seem.
BROKEN: Final = (
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
    EOFError,
    struct.error,
    Image.DecompressionBombWarning,
    Image.DecompressionBombError,
)


def look(raw: bytes) -> Seen:
    """Tell a picture's kind and size by its bytes, and take out where it was taken.

    Raises Unreadable for what is no picture of a kind we keep, one that is not whole, and one
    of too many pixels or frames.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(raw), formats=FORMATS) as image:
                width, height = image.size
                if width * height > LARGEST:
                    raise Unreadable(f"{width} by {height} pixels are too many")
                if (frames := getattr(image, "n_frames", 1)) > MOST_FRAMES:
                    raise Unreadable(f"{frames} frames are too many")
                image.draft(None, (width // SMALL, height // SMALL))
                image.load()
                mime = Image.MIME[image.format or ""]
    except UnidentifiedImageError as error:
        raise Unreadable("the bytes are no picture of a kind we keep") from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unreadable("its pixels are too many") from error
    except BROKEN as error:
        raise Unreadable(f"the picture cannot be read: {error}") from error
    kept = without_place(raw)
    return Seen(mime, width, height, None if kept == raw else kept)
