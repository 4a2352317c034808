"""What IMAP says of folders and messages, read and written (RFC 9051, and 3501 before it)."""

import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime

from .remote import DONE, File

#: The folder that every mailbox has.
FIRST = "INBOX"
#: What is asked of each message, and how it is told (RFC 9051, section 7.5.2).
ABOUT = "(UID FLAGS RFC822.SIZE INTERNALDATE)"
TOLD = re.compile(
    rb"FLAGS \((?P<flags>[^()]*)\)|INTERNALDATE \"(?P<came>[^\"]*)\""
    rb"|UID (?P<uid>\d{1,10})|RFC822\.SIZE (?P<size>\d{1,15})"
)
DELETED = rb"\Deleted"
#: How a server tells what stands between the names of folders (section 7.3.1).
BETWEEN = re.compile(rb'\([^()]*\) "\\?([!-~])" ')
#: What a name of a folder does not show as it is (RFC 3501, section 5.1.3).
SHIFTED = re.compile(r"[^\x20-\x7e]+|&")


def named(folder: str, between: str) -> tuple[str, str]:
    """Name a folder and, below it, the one for what is put away, as commands do.

    There is none for that where folders have none below them.
    """
    name = folder.strip("/") or FIRST
    if not between:
        return quoted(shifted(name)), ""
    name = name.replace("/", between)
    return quoted(shifted(name)), quoted(shifted(f"{name}{between}{DONE.decode()}"))


def shifted(name: str) -> str:
    """Write a name in modified UTF-7 (RFC 3501, section 5.1.3)."""
    return SHIFTED.sub(_shift, name)


def _shift(run: re.Match[str]) -> str:
    if run[0] == "&":
        return "&-"
    raw = b64encode(run[0].encode("utf-16-be"), b"+,")
    return f"&{raw.decode().rstrip('=')}-"


def quoted(words: str) -> str:
    """Write words as one, whatever is in them but breaks of lines."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def between(names: Sequence[object]) -> str:
    """Read what stands between the names of folders; nothing where none are below others."""
    found = BETWEEN.match(names[0]) if names and isinstance(names[0], bytes) else None
    return found[1].decode() if found else ""


def number_in(told: bytes) -> str:
    """Read which message is told of: its UID, empty where it is not said."""
    return next((one["uid"].decode() for one in TOLD.finditer(told) if one["uid"]), "")


def message_in(told: bytes, validity: bytes) -> File | None:
    """Read what is told of a message; nothing of one that is deleted, or of half.

    Its name is UIDVALIDITY and UID, and for people when it came. It never changes (section
    2.3.1.1).
    """
    said = {
        name: value
        for one in TOLD.finditer(told)
        for name, value in one.groupdict().items()
        if value
    }
    if not {"uid", "size", "came"} <= said.keys() or DELETED in said.get("flags", b"").split():
        return None
    try:
        came = parsedate_to_datetime(said["came"].decode("ascii")).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    when = came.replace(tzinfo=None).isoformat(" ", "seconds")
    name = b"%b.%b (%b UTC)" % (validity, said["uid"], when.encode())
    return File(name, int(said["size"]), when, 0.0)
