"""Bytes to characters: what a document claims to be, and what it is."""

import codecs
import re
from functools import lru_cache
from typing import Final

#: Byte order marks, the longer before those they begin with.
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What two bytes of ``<?`` look like without a mark.
BARE: Final = ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"))
#: Any of them.
_WIDE: Final = tuple(mark for mark, _ in (*MARKS, *BARE))
DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
#: Names under which the wild means more than the standard says (WHATWG Encoding).
WIDER: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
#: Ways of writing that no wire uses and that carry tags past a filter.
REFUSED: Final = re.compile(r"utf-?7|punycode|idna|escape|undefined|mbcs|oem|cp037|cp500|cp1140")
#: C0 controls but TAB, LF and CR; they mean nothing in a text.
CONTROLS: Final = bytes(c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D))

#: What is done with bytes that are no UTF-8.
WESTERN: Final = "wireroom-windows-1252"
#: A document with more of them is in Windows-1252 as a whole; one by one they cost time.
STRAY: Final = 65_536


def utf8(raw: bytes, charset: str = "") -> tuple[bytes, tuple[str, ...]]:
    """Give a document's bytes as UTF-8 without controls, and what was doubtful.

    Byte order mark, else the transport's charset, else the declaration, else UTF-8; bytes
    that are not what they claim to be are read as UTF-8 where they can be, else one by one as
    Windows-1252, so that one bad byte garbles no other text.
    """
    if raw.startswith(_WIDE):
        for mark, encoding in MARKS:
            if raw.startswith(mark):
                return _written(raw[len(mark) :], encoding)
        for mark, encoding in BARE:
            if raw.startswith(mark):
                return _written(raw, encoding)
    declared = DECLARED.match(raw[:512])
    for claimed in (charset, declared[1].decode("ascii") if declared else ""):
        if claimed:
            return _written(raw, _codec(claimed))
    return _written(raw, "utf-8")


@lru_cache(maxsize=256)
def _codec(claimed: str) -> str:
    try:
        found = codecs.lookup(claimed.strip().strip("\"'"))
    except (LookupError, ValueError):
        return ""
    if REFUSED.search(found.name) or not found._is_text_encoding:  # noqa: SLF001 (nothing public says it)
        return ""
    return WIDER.get(found.name, found.name)


def _written(raw: bytes, encoding: str) -> tuple[bytes, tuple[str, ...]]:
    notes: tuple[str, ...] = ()
    try:
        if encoding != "utf-8" or not raw.isascii():
            raw = raw.decode(encoding or "utf-8").encode("utf-8")
    except UnicodeError:
        raw = _repaired(raw)
        claim = encoding or "charset"
        notes = (f"the bytes are not the {claim} they claim: what is no UTF-8 is Windows-1252",)
    kept = raw.translate(None, CONTROLS)
    if len(kept) != len(raw):
        notes += ("control characters dropped",)
    return kept, notes


def _repaired(raw: bytes) -> bytes:
    """Read as UTF-8 what is, byte by byte the rest as Windows-1252; its five holes are U+FFFD."""
    kept = len(raw.decode("utf-8", "ignore").encode("utf-8"))
    if len(raw) - kept > STRAY:
        return raw.decode("cp1252", "replace").encode("utf-8")
    return raw.decode("utf-8", WESTERN).encode("utf-8")


def _western(error: UnicodeError) -> tuple[str, int]:
    """Read as Windows-1252 the bytes at which UTF-8 ended."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(WESTERN, _western)
