"""Headers as words: encoded words decoded (RFC 2047), folded lines joined."""

import binascii
import re
from email.message import Message
from email.utils import parseaddr
from typing import Final

from wireroom.formats.bodies.text import seen
from wireroom.formats.syntax.characters import utf8

#: Characters of a header that are looked at.
LONGEST: Final = 5_000
#: Charsets that say nothing: what is in them is UTF-8, or Windows-1252.
VAGUE: Final = frozenset(("", "ascii", "us-ascii", "unknown-8bit", "default", "iso-8859-8-i"))
_ENCODED: Final = re.compile(
    r"=\?(?P<charset>[\w.:+-]{1,40})(?:\*[\w-]{0,20})?\?(?P<way>[bBqQ])\?(?P<said>[^?]*)\?="
)


def header(message: Message, name: str) -> str:
    """Give a header's words on one line; empty where it has none."""
    for each, value in message.raw_items():
        if each.lower() == name:
            return words(str(value)[:LONGEST])
    return ""


def words(raw: str) -> str:
    """Decode what is encoded in a header; the rest is UTF-8, or Windows-1252."""
    said = utf8(raw.encode("utf-8", "surrogateescape"))[0].decode("utf-8")
    parts: list[str] = []
    pending, pending_charset = b"", ""
    end = 0
    for found in _ENCODED.finditer(said):
        between = said[end : found.start()]
        charset = found["charset"].lower()
        # Space between two encoded words means nothing; characters may be cut between them.
        if between.strip() or (charset != pending_charset and pending):
            parts.append(_read(pending, pending_charset))
            pending = b""
        if between.strip() or not end:
            parts.append(between)
        pending += _decoded(found["way"].lower(), found["said"])
        pending_charset = charset
        end = found.end()
    parts += [_read(pending, pending_charset), said[end:]]
    return " ".join(seen("".join(parts)).split())


def read(raw: bytes, charset: str, notes: list[str] | None = None) -> str:
    """Give the text of bytes in a charset that may not be theirs."""
    claimed = charset.strip().strip("\"'").lower()
    mended, doubts = utf8(raw, "" if claimed in VAGUE else claimed)
    if notes is not None:
        notes += doubts
    return mended.decode("utf-8")


def sender(message: Message) -> str:
    """Name who sent it; an address alone is no name."""
    name, _ = parseaddr(header(message, "from"))
    return "" if "@" in name else name


def _read(raw: bytes, charset: str) -> str:
    return read(raw, charset) if raw else ""


def _decoded(way: str, said: str) -> bytes:
    """Decode one encoded word; what cannot be decoded stays as it stands."""
    raw = said.encode("utf-8", "replace")
    if way == "q":
        return binascii.a2b_qp(raw, header=True)
    try:
        return binascii.a2b_base64(raw + b"==")
    except binascii.Error:
        return raw
