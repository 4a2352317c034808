"""Messages as they stand between control characters (IPTC 7901 and ANPA 1312, transmission)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wireroom.formats.syntax.characters import utf8

#: Bytes of a header and of a trailer that are looked at.
HEADER: Final = 1_000
TRAILER: Final = 200
#: Bytes in which a text may declare its charset.
DECLARED: Final = 512
#: What guides machines inside a text, and means nothing in it: DC1-4, BEL, SI, SO, DEL and fill.
GUIDES: Final = bytes(
    c for c in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F) if c not in b"\x01\x02\x03"
)
#: National variants of ISO 646, where signs of ASCII are letters (DIN 66003).
NATIONAL: Final = {
    "din_66003": str.maketrans("@[\\]{|}~", "§ÄÖÜäöüß"),
}
NATIONAL["iso646-de"] = NATIONAL["de"] = NATIONAL["din_66003"]
_SOH, _STX, _ETX, _EOT, _US = b"\x01", b"\x02", b"\x03", b"\x04", b"\x1f"
#: What no part of a message keeps.
_DROPPED: Final = GUIDES + _STX + _ETX


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: what stands before its text, the text, and what stands after."""

    #: The bytes from SOH to the end.
    raw: bytes
    #: Lines.
    header: list[str]
    text: list[str]
    trailer: str
    #: Tables: the header says so (DC2).
    tabular: bool
    #: Why nothing can be made of it; empty when all is there.
    broken: str = ""
    notes: tuple[str, ...] = ()


def messages(raw: bytes, charset: str = "") -> Iterator[Message]:
    """Yield the messages of a document, each from SOH to what follows its ETX."""
    for found in raw.split(_SOH)[1:]:
        yield _message(found.rstrip(b"\x16\x00\x04 \r\n"), charset)


def _message(raw: bytes, charset: str) -> Message:
    """Part what follows SOH at STX and ETX."""
    header, begun, rest = raw.partition(_STX)
    text, ended, trailer = rest.partition(_ETX)
    broken = ""
    if not begun:
        broken = "it was cut off before its text"
    elif not ended:
        broken = "it was cut off before its end"
    notes: list[str] = []
    return Message(
        raw=_SOH + raw,
        header=_lines(_characters(header[:HEADER].replace(_US, b"\n"), charset, notes)),
        text=_lines(_characters(text, charset, notes)),
        trailer=_characters(trailer[:TRAILER].partition(_EOT)[0], charset, notes),
        tabular=b"\x12" in header,
        broken=broken,
        notes=tuple(dict.fromkeys(notes)) if notes else (),
    )


def _characters(raw: bytes, charset: str, notes: list[str]) -> str:
    """Give bytes as text without characters that guide machines.

    In the transport's charset or a national variant; else in UTF-8, else in Windows-1252.
    """
    kept = raw.replace(_US, b" ").translate(None, _DROPPED)
    if not charset and kept.isascii() and b"<?" not in kept[:DECLARED]:
        return kept.decode("ascii")
    table = NATIONAL.get(charset.strip().lower())
    mended, doubts = utf8(kept, "" if table else charset)
    notes += doubts
    text = mended.decode("utf-8")
    return text.translate(table) if table and kept.isascii() else text


def _lines(text: str) -> list[str]:
    """Part lines; what ends one by Unicode alone stands inside it."""
    if text.isascii():
        return text.splitlines()
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
