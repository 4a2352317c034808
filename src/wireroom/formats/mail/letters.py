"""One message taken apart (MIME, RFC 2045 to 2049), within bounds of size, depth and number."""

import re
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import Final

from wireroom.formats.errors import Unreadable
from wireroom.formats.told import format_of

from .headers import LONGEST, read, words

#: Bytes of a mail, at most.
MOST_BYTES: Final = 24 * 2**20
#: Each line is held against the boundary of each part that is open.
MOST_BOUNDARIES: Final = 60
#: Parts that are looked at.
MOST_PARTS: Final = 200
_BOUNDARY: Final = re.compile(rb"boundary\*?\d*\*?\s*=", re.IGNORECASE)
#: Attached files that may be documents of a wire, whatever type they claim.
DOCUMENTS: Final = (".xml", ".json", ".nitf", ".newsml", ".ninjs", ".rss", ".atom", ".anp", ".txt")
_DOCUMENT_TYPE: Final = re.compile(r"(?:application|text)/(?:[\w.+-]*\+)?(?:xml|json)|text/x-nitf")
_TYPED: Final = ("content-type", "content-disposition")
_REPORT: Final = "multipart/report"


@dataclass(frozen=True, slots=True)
class Words:
    """A part that is text, and the alternatives that it is one of; 0 when of none."""

    text: str
    html: bool
    alternatives: int


@dataclass(frozen=True, slots=True)
class Attached:
    """A document of a wire, attached."""

    name: str
    format: str
    raw: bytes
    charset: str


@dataclass(slots=True)
class Letter:
    """What a message holds."""

    message: Message
    texts: list[Words] = field(default_factory=list)
    documents: list[Attached] = field(default_factory=list)
    #: Messages attached whole.
    letters: list[Message] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def parsed(raw: bytes) -> Message:
    """Read a message.

    Raises Unreadable where it is beyond bounds, or a mail system's own report.
    """
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"the mail has {len(raw)} bytes; at most {MOST_BYTES} are read")
    if sum(1 for _ in _BOUNDARY.finditer(raw)) > MOST_BOUNDARIES:
        raise Unreadable(f"the mail has more than {MOST_BOUNDARIES} parts of parts")
    try:
        return BytesParser(policy=compat32).parsebytes(raw)
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise Unreadable(f"not a mail: {error}") from error


def opened(message: Message) -> Letter:
    """Take a message apart.

    Raises Unreadable where it is a mail system's report.
    """
    if str(message.get("content-type", ""))[:LONGEST].lower().lstrip().startswith(_REPORT):
        raise Unreadable("a report of a mail system, no news")
    letter = Letter(message)
    waiting: list[tuple[Message, int]] = [(message, 0)]
    seen = 0
    while waiting:
        part, alternatives = waiting.pop()
        seen += 1
        if seen > MOST_PARTS:
            letter.notes.append(f"more than {MOST_PARTS} parts: the others are left out")
            break
        if any(len(str(part.get(name, ""))) > LONGEST for name in _TYPED):
            letter.notes.append("a part is left out whose headers have no end")
            continue
        inner = part.get_payload() if part.is_multipart() else None
        if part.get_content_type() == "message/rfc822" and part is not message:
            letter.letters += [one for one in _list(inner) if isinstance(one, Message)]
        elif part.is_multipart():
            own = seen if part.get_content_type() == "multipart/alternative" else alternatives
            waiting += [(one, own) for one in reversed(_list(inner)) if isinstance(one, Message)]
        else:
            _put(part, alternatives, letter)
    return letter


def _put(part: Message, alternatives: int, letter: Letter) -> None:
    """Put a part where it belongs: text, document, or what is not read."""
    kind, name = part.get_content_type(), filename(part)
    attached = (part.get_content_disposition() or "") == "attachment" or bool(name)
    if kind in {"text/plain", "text/html"} and not attached:
        raw = _payload(part)
        if not (b"\x01" in raw[:200] and b"\x03" in raw):
            text = read(raw, str(part.get_content_charset() or ""), letter.notes)
            letter.texts.append(Words(_flowed(part, text), kind == "text/html", alternatives))
            return
    if document := _document(part, kind, name):
        letter.documents.append(document)
    else:
        what = "a picture is" if kind.startswith("image/") else "a file is"
        letter.notes.append(f"{what} attached that is not taken: {name or 'nameless'} ({kind})")


def _document(part: Message, kind: str, name: str) -> Attached | None:
    """Find what may be a document of a wire; its bytes decide."""
    likely = _DOCUMENT_TYPE.fullmatch(kind) or name.lower().endswith(DOCUMENTS)
    if not (likely or kind in {"text/plain", "application/octet-stream"}):
        return None
    raw = _payload(part)
    try:
        told = format_of(raw)
    except Unreadable:
        return None
    return Attached(name or "nameless", told, raw, str(part.get_content_charset() or ""))


def filename(part: Message) -> str:
    """Give the name of an attached file, without a path."""
    try:
        said = part.get_filename() or ""
    except (LookupError, UnicodeError, ValueError):
        return "unreadable"
    return words(said[:500]).replace("\\", "/").rpartition("/")[2]


def _payload(part: Message) -> bytes:
    """Give the bytes of a part, as its transfer encoding has them."""
    try:
        raw = part.get_payload(decode=True)
    except (LookupError, ValueError):
        return b""
    return raw if isinstance(raw, bytes) else b""


def _flowed(part: Message, text: str) -> str:
    """Join lines that were only wrapped (RFC 3676); hard ends of lines are paragraphs."""
    said = str(part.get_param("format") or "").lower()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if said != "flowed":
        return text
    tight = str(part.get_param("delsp") or "").lower() == "yes"
    made: list[str] = []
    for each in text.split("\n"):
        line = each.removeprefix(" ")  # stuffed, as the standard asks
        if line.endswith(" ") and line != "-- ":
            made.append(line[:-1] if tight else line)
        else:
            made += (line, "\n\n")
    return "".join(made)


def _list(inner: object) -> list[object]:
    return inner if isinstance(inner, list) else []
