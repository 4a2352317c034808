"""Where a picture was taken, taken out of its bytes; all else stays as it was.

Cameras write it into a block of their own (Exif 2.3, section 4.6.3) and programs into XMP.
Both are blanked where they stand, in whatever kind of file and however often, so that no
pixel is packed anew and the agency's credit (IPTC) stays. XMP is text here: its XML is not
parsed.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

#: How a block of Exif begins: TIFF, either way about.
_TIFF: Final = re.compile(rb"II\*\0|MM\0\*")
#: The entry that says where the block of the place is.
_GPS: Final = 0x8825
#: Bytes of an entry, and of a value by its type (TIFF 6.0, section 2).
_ENTRY: Final = 12
_SIZES: Final = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4)
#: Blocks in a row, and entries of one; cameras write a hundred.
_MOST_BLOCKS: Final = 8
_MOST_ENTRIES: Final = 512
#: The place in XMP, as an attribute and as an element.
_SAID: Final = re.compile(
    rb"""[\w.-]+:GPS\w+\s*=\s*(?:"[^"<]*"|'[^'<]*')"""
    rb"""|<([\w.-]+:GPS\w+)(?:\s[^<>]*)?(?:/>|>.{0,2000}?</\1\s*>)""",
    re.DOTALL,
)
_PNG: Final = b"\x89PNG\r\n\x1a\n"
#: Chunks of PNG whose words may be packed, and what they are called when they have the place.
_PACKED: Final = (b"zTXt", b"iTXt", b"tEXt")
_NAMED: Final = re.compile(rb"(?:Raw profile type (?:exif|xmp|APP1)|XML:com\.adobe\.xmp)\0")


def without_place(raw: bytes) -> bytes:
    """Take out where a picture was taken; bytes that do not say are given back as they are."""
    out = bytearray(raw)
    for found in _TIFF.finditer(raw):
        _blank(out, found.start())
    if b":GPS" in raw:
        for said in _SAID.finditer(raw):
            out[said.start() : said.end()] = b" " * len(said[0])
    return _whole(raw, bytes(out)) if raw.startswith(_PNG) else bytes(out)


def _blank(out: bytearray, base: int) -> None:
    """Blank the place in what may be a block of Exif that begins at ``base``."""
    order = "<" if out[base : base + 1] == b"I" else ">"
    try:
        (at,) = struct.unpack_from(f"{order}I", out, base + 4)
        for _ in range(_MOST_BLOCKS):
            if not at:
                return
            at = _without(out, base, base + at, order)
    except struct.error:  # no block, or one that ends before it should
        return


def _without(out: bytearray, base: int, at: int, order: str) -> int:
    """Take the place out of one row of entries, and say where the next row is."""
    (count,) = struct.unpack_from(f"{order}H", out, at)
    if count > _MOST_ENTRIES:
        return 0
    for number in range(count):
        entry = at + 2 + number * _ENTRY
        tag, kind, _, value = struct.unpack_from(f"{order}HHII", out, entry)
        if tag == _GPS and kind in {4, 13}:
            _wipe(out, base, base + value, order)
            end = at + 2 + count * _ENTRY + 4
            out[entry:end] = out[entry + _ENTRY : end] + bytes(_ENTRY)
            struct.pack_into(f"{order}H", out, at, count - 1)
            count -= 1
            break
    (after,) = struct.unpack_from(f"{order}I", out, at + 2 + count * _ENTRY)
    return int(after)


def _wipe(out: bytearray, base: int, at: int, order: str) -> None:
    """Write zeros over the block of the place, and over what it points to."""
    (count,) = struct.unpack_from(f"{order}H", out, at)
    if count > _MOST_ENTRIES:
        return
    for number in range(count):
        entry = at + 2 + number * _ENTRY
        _, kind, many, value = struct.unpack_from(f"{order}HHII", out, entry)
        size = many * _SIZES[kind] if kind < len(_SIZES) else 0
        if size > 4 and base + value + size <= len(out):  # noqa: PLR2004 (smaller values stand in the entry)
            out[base + value : base + value + size] = bytes(size)
        out[entry : entry + _ENTRY] = bytes(_ENTRY)


def _whole(before: bytes, after: bytes) -> bytes:
    """Write a PNG's sums anew where a chunk changed; drop what may have the place packed."""
    out = [_PNG]
    for start, end in _chunks(before):
        kind, body = after[start + 4 : start + 8], after[start + 8 : end - 4]
        if kind in _PACKED and _NAMED.match(body) and not _is_plain(kind, body):
            continue
        if before[start:end] == after[start:end]:
            out.append(before[start:end])
        else:
            out.append(after[start : end - 4] + struct.pack(">I", zlib.crc32(kind + body)))
        if kind == b"IEND":
            return b"".join(out)
    return b"".join(out)


def _chunks(raw: bytes) -> Iterator[tuple[int, int]]:
    """Give the chunks of a PNG: where each begins and ends."""
    at = len(_PNG)
    while at + 12 <= len(raw):
        (size,) = struct.unpack_from(">I", raw, at)
        yield at, min(at + 12 + size, len(raw))
        at += 12 + size


def _is_plain(kind: bytes, body: bytes) -> bool:
    """Say whether a chunk's words stand in it as they are."""
    return kind == b"iTXt" and body.partition(b"\0")[2][:1] == b"\0"
