"""Messages as they stand between control characters (IPTC 7901 and ANPA 1312, transmission)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wireroom.formats.syntax.characters import utf8

#: Bytes of a header and of a trailer that are looked at.
HEADER: Final = 1_000
TRAILER: Final = 200
#: What guides machines inside a text, and means nothing in it: DC1-4, BEL, SI, SO, DEL and fill.
GUIDES: Final = bytes(
    c for c in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F) if c not in b"\x01\x02\x03"
)
#: National variants of ISO 646, where signs of ASCII are letters (DIN 66003).
NATIONAL: Final = {
    "din_66003": str.maketrans("@[\\]{|}~", "§ÄÖÜäöüß"),
}
NATIONAL["iso646-de"] = NATIONAL["de"] = NATIONAL["din_66003"]
_SOH: Final = re.compile(rb"\x01[^\x01]*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: what stands before its text, the text, and what stands after."""

    #: The bytes from SOH to the end.
    raw: bytes
    header: str
    text: str
    trailer: str
    #: Tables: the header says so (DC2).
    tabular: bool
    #: Why nothing can be made of it; empty when all is there.
    broken: str = ""
    notes: tuple[str, ...] = ()


def messages(raw: bytes, charset: str = "") -> Iterator[Message]:
    """Yield the messages of a document, each from SOH to what follows its ETX."""
    for found in _SOH.finditer(raw):
        yield _message(found[0].rstrip(b"\x16\x00\x04 \r\n"), charset)


def _message(raw: bytes, charset: str) -> Message:
    """Part a message at STX and ETX."""
    header, begun, rest = raw[1:].partition(b"\x02")
    text, ended, trailer = rest.partition(b"\x03")
    broken = ""
    if not begun:
        broken = "it was cut off before its text"
    elif not ended:
        broken = "it was cut off before its end"
    notes: list[str] = []
    return Message(
        raw=raw,
        header=_characters(header[:HEADER], charset, notes, us="\n"),
        text=_characters(text, charset, notes),
        trailer=_characters(trailer[:TRAILER].partition(b"\x04")[0], charset, notes),
        tabular=b"\x12" in header,
        broken=broken,
        notes=tuple(dict.fromkeys(notes)),
    )


def _characters(raw: bytes, charset: str, notes: list[str], *, us: str = " ") -> str:
    """Give bytes as text with LF between lines, and no character that guides machines.

    In the transport's charset or a national variant; else in UTF-8, else in Windows-1252.
    """
    kept = raw.replace(b"\x1f", us.encode()).translate(None, GUIDES + b"\x02\x03")
    if not charset and kept.isascii() and b"<?" not in kept:
        return kept.decode("ascii").replace("\r\n", "\n").replace("\r", "\n")
    table = NATIONAL.get(charset.strip().lower())
    mended, doubts = utf8(kept, "" if table else charset)
    notes += doubts
    text = mended.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(table) if table and kept.isascii() else text
