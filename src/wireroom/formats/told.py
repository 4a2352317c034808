"""Which format a document is in, told from its bytes."""

import re
from typing import Final

from .errors import Unreadable
from .syntax.characters import utf8
from .syntax.jsons import load

#: How far in a document its format shows.
HEAD: Final = 8192
#: How archives begin: zip (an empty one, one in parts), 7z, rar, gzip, bzip2, xz.
ARCHIVES: Final = (
    *(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"),
    *(b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"),
)
#: How a tar is known, and where.
TAR: Final = b"ustar"
TAR_AT: Final = 257
#: Roots of XML, by local name in small letters.
ROOTS: Final = {
    "rss": "rss",
    "rdf": "rss",
    "feed": "atom",
    "entry": "atom",
    "deleted-entry": "atom",
    "newsmessage": "newsml-g2",
    "newsitem": "newsml-g2",
    "packageitem": "newsml-g2",
    "conceptitem": "newsml-g2",
    "knowledgeitem": "newsml-g2",
    "planningitem": "newsml-g2",
    "catalogitem": "newsml-g2",
    "catalog": "newsml-g2",
    "nitf": "nitf",
    "newsml": "newsml1",
}
#: What may stand before a root.
_BEFORE: Final = re.compile(
    rb"\s*+(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^>\[]|\[.*?\]\s*)*+>)", re.DOTALL | re.IGNORECASE
)
_ROOT: Final = re.compile(rb"\s*<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_PAGE: Final = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
#: A root that words stand before: a server's warning, a stray line.
_LATE: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(rss|rdf|feed)[\s>]", re.IGNORECASE)
_JSON: Final = (
    (re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org'), "jsonfeed"),
    (re.compile(rb'"format"\s*:\s*"digitalwires'), "dpa"),
    (re.compile(rb'"api_version"\s*:'), "ap"),
    (re.compile(rb'"uri"\s*:', re.IGNORECASE), "ninjs"),
    (re.compile(rb'"items"\s*:\s*\['), "jsonfeed"),
)
#: Headers of a mail; text whose first line happens to look like one has no second.
_MAIL: Final = re.compile(
    rb"^(Received|Return-Path|Message-ID|From|To|Subject|Date|Delivered-To|MIME-Version"
    rb"|Content-Type):",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER: Final = re.compile(rb"(?:From \S|[!-9;-~]{1,76}:)")
_BLANK: Final = re.compile(rb"\r?\n\r?\n")


def format_of(raw: bytes) -> str:
    """Tell a document's format.

    Raises Unreadable when it is none that a wire comes in.
    """
    if raw.startswith(ARCHIVES) or raw.startswith(TAR, TAR_AT):
        raise Unreadable("not a feed: an archive, and archives are not unpacked")
    head = _head(raw)
    start = head.lstrip()[:1]
    if not start:
        raise Unreadable("the document is empty")
    if start in {b"{", b"["}:
        return _json(raw)
    if start == b"<":
        return _xml(head)
    if b"\x01" in raw[:200]:
        return "anpa" if b"\x16" in raw[:200] else "iptc7901"
    if _is_mail(head.lstrip()):
        return "mail"
    if late := _LATE.search(head):
        return ROOTS[late[1].decode().lower()]
    raise Unreadable("not a feed: neither XML nor JSON, nor any other format of a wire")


def _head(raw: bytes) -> bytes:
    """Give the beginning of a document as UTF-8."""
    return utf8(raw[:HEAD])[0]


def _is_mail(head: bytes) -> bool:
    """Say whether a document plainly begins with the headers of a mail (RFC 5322)."""
    if not _HEADER.match(head):
        return False
    known = {name.lower() for name in _MAIL.findall(_BLANK.split(head, maxsplit=1)[0])}
    return len(known) > 1


def _json(raw: bytes) -> str:
    """Tell formats of JSON by the names in them."""
    text = raw.replace(b"\0", b"") if b"\0" in raw[:HEAD] else raw
    for pattern, name in _JSON:
        if pattern.search(text):
            return name
    if load(raw) == []:  # it says so, if it is no JSON at all
        return "ninjs"  # no item, which is no fault
    raise Unreadable("not a feed: JSON, but neither ninjs nor a JSON Feed")


def _xml(head: bytes) -> str:
    """Tell formats of XML by the root."""
    if _PAGE.match(head):
        raise Unreadable("not a feed: it is a page of HTML")
    place = 0
    while before := _BEFORE.match(head, place):
        place = before.end()
    if _PAGE.match(head, place) or b"<!doctype html" in head[:place].lower():
        raise Unreadable("not a feed: it is a page of HTML")
    root = _ROOT.match(head, place)
    name = root[1].decode("utf-8", "replace") if root else ""
    if found := ROOTS.get(name.lower()):
        return found
    if late := _LATE.search(head):
        return ROOTS[late[1].decode().lower()]
    raise Unreadable(f"not a feed: XML whose root is {name or 'none'}")
