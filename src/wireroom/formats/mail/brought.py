"""A look at what a mail brings in letters for bytes (RFC 2045, section 6.1), not taken apart.

Like a glance at a document it may see too much, never too little: what it cannot look at
seems to act.
"""

import binascii
import re
import string
from collections.abc import Callable
from itertools import islice, zip_longest
from typing import Final

from wireroom.formats.errors import Unreadable
from wireroom.formats.told import HEAD, format_of

#: Parts that are looked at, and bytes of them in all, as they are written.
MOST_PARTS: Final = 200
MOST_BYTES: Final = 1_000_000
#: So many bytes hold the beginning of a document, whatever it is written in.
BEGINNING: Final = 3 * HEAD
#: Without it nothing in a mail is written in letters for bytes.
CODED: Final = b"content-transfer-encoding"
#: Formats that take nothing back, whatever they say; pictures may be told as theirs.
HARMLESS: Final = frozenset({"anpa", "iptc7901"})
#: How a part says what it is written in, to the end of its headers; in small letters.
_WRITTEN: Final = re.compile(
    rb"content-transfer-encoding:(?<![^\n]content-transfer-encoding:)\s*+"
    rb"\"?(?P<way>base64|quoted-printable|(?:x-)?uu)[^\n]*+\n(?:(?:[!-9;-~]++:|[ \t])[^\n]*+\n)*+"
)
#: What parts a part from the next one.
BORDER: Final = b"\n--"
#: What base64 is written in (RFC 2045, section 6.8), in lines.
_LETTERS: Final = f"{string.ascii_letters}{string.digits}+/=".encode()
_SPACES: Final = string.whitespace.encode()


def brings(raw: bytes, small: bytes, glance: Callable[[bytes], bool]) -> bool:
    """Say whether something that a mail brings seems to cancel, withhold or delete.

    ``small`` is the same in small letters. ``glance`` says so of what is in a part. Pictures
    and archives cost no more than a look at how they begin.
    """
    if b"\n" not in raw:
        raw, small = raw.replace(b"\r", b"\n"), small.replace(b"\r", b"\n")
    parts = list(islice(_WRITTEN.finditer(small), MOST_PARTS + 1))
    left = MOST_BYTES
    for part, after in zip_longest(parts[:MOST_PARTS], parts[1:]):
        start, end = part.end(), after.start() if after else len(raw)
        if part["way"] == b"base64":
            border = raw.find(BORDER, start, end)
            end = border if border >= 0 else end
            if raw[start:end].translate(None, _LETTERS + _SPACES):
                return True  # it may be words about base64, and what follows them anything
            read = _bytes
            if not _may_act(read(raw[start : min(end, start + BEGINNING)])):
                continue
        elif part["way"] == b"quoted-printable":
            read = _quoted
            if _format(read(raw[start : start + BEGINNING])) == "mail":
                return True  # what that brings is written twice
        else:
            return True
        left -= end - start
        if left < 0:
            return True
        found = read(raw[start:end])
        if (read is _quoted and CODED in found.lower()) or glance(found):
            return True
    return len(parts) > MOST_PARTS


def _bytes(written: bytes) -> bytes:
    """Read base64, as far as it goes."""
    letters = written.translate(None, _SPACES)
    try:
        return binascii.a2b_base64(letters + b"==")
    except binascii.Error:  # one letter alone says nothing
        return binascii.a2b_base64(letters.replace(b"=", b"")[:-1] + b"==")


def _quoted(written: bytes) -> bytes:
    """Read quoted-printable."""
    return binascii.a2b_qp(written)


def _may_act(beginning: bytes) -> bool:
    """Say whether what begins so may be a document that takes something back."""
    start = beginning.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")[:1]
    return start in {b"{", b"["} or _format(beginning) not in {"", *HARMLESS}


def _format(beginning: bytes) -> str:
    """Tell a format as a reader of the mail would; empty for none."""
    try:
        return format_of(beginning[:HEAD])
    except Unreadable:
        return ""
