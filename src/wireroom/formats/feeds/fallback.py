"""Feeds that are not well-formed XML, by feedparser in a process that can be killed.

feedparser takes a minute for a hostile half megabyte, so that it works under limits of its
own (``loose``) and a deadline of ours. Of many tombstones it would keep the last: they are
looked for in the bytes.
"""

import json
import re
import subprocess
import sys
from html import unescape
from typing import Any, Final

from wireroom.formats.bodies.markup import value_of
from wireroom.formats.document import Arrival, Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Link
from wireroom.formats.syntax.characters import utf8

from . import cut
from .entries import document
from .feed import Entry, Feed, Head, Medium, Person, Prose, Term, Tombstone
from .media import number

#: Seconds for one document.
DEADLINE: Final = 15.0
MOST_BYTES: Final = 8 * 2**20
TOMBSTONE: Final = re.compile(
    rb"<(?:[\w.-]{1,40}:)?deleted-entry\s([^<>]{0,2000}?)"
    rb"(?:/>|>(?:(.{0,4000}?)</(?:[\w.-]{1,40}:)?deleted-entry)?)",
    re.DOTALL,
)
ATTRIBUTE: Final = re.compile(r"""\b(ref|when)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
COMMENT: Final = re.compile(r"<(?:[\w.-]{1,40}:)?comment\b[^>]*>([^<]*)<")
NOTE: Final = "not well-formed XML: read forgivingly"


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read a broken feed as well as can be.

    Raises:
        Unreadable: nothing is understood of it, or it takes too long or too much memory.
    """
    found = document(feed(raw, arrival.charset), arrival)
    if not found.items and not cut.is_closed(raw, arrival.charset):
        raise Unreadable("not well-formed, and cut off before anything of it was whole")
    return found


def feed(raw: bytes, charset: str = "", *, deadline: float = DEADLINE) -> Feed:
    """Read a broken feed into a feed."""
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"not well-formed, and {len(raw)} bytes: too large to read forgivingly")
    text, notes = utf8(raw, charset)
    text = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", text)  # its encoding is no longer so
    said = _said(b'<?xml version="1.0" encoding="utf-8"?>' + text, deadline)
    tombstones = [_tombstone(found) for found in TOMBSTONE.finditer(text)]
    if not said["version"] and not said["entries"] and not tombstones:
        raise Unreadable("neither well-formed XML nor a feed that could be guessed at")
    kind = "atom" if said["version"].startswith("atom") else "rss"
    found = Feed(format=kind, authors_inherit=kind == "atom")
    found.notes += [NOTE, *notes]
    _head(found, said["feed"])
    found.ttl = str(said["feed"].get("ttl", ""))
    found.hubs = [link.href for link in found.links if link.rel == "hub"]
    found.entries = [_entry(one) for one in said["entries"]]
    _pieces(found.entries, text)
    found.tombstones = tombstones
    return found


def _said(text: bytes, deadline: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "wireroom.formats.feeds.loose"]
    try:
        done = subprocess.run(  # noqa: S603 (our own program)
            command, input=text, capture_output=True, timeout=deadline, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"not well-formed, and not read within {deadline:g} s") from error
    if done.returncode:
        raise Unreadable(f"not well-formed, and its reader ended with {done.returncode}")
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _head(head: Head, said: dict[str, Any]) -> None:
    if said.get("id"):
        head.ids[0] = str(said["id"])
    head.permalink = said.get("guidislink")
    head.title = _prose(said.get("title"))
    head.summary = _prose(said.get("summary") or said.get("subtitle"))
    head.link = str(said.get("link", ""))
    head.origin = str(said.get("feedburner_origlink", ""))
    for field in ("rights", "license", "publisher", "language"):
        setattr(head, field, str(said.get(field, "")))
    head.dates = {name: said[name] for name in ("published", "updated", "created") if name in said}
    for one in said["links"]:
        rel, href = one.get("rel", "alternate"), one.get("href", "")
        mime, size = one.get("type", ""), number(str(one.get("length", "")))
        if href and rel == "enclosure":
            head.media.append(Medium(href=href, mime=mime, size=size))
        elif href:
            link = Link(rel=rel, href=href, title=one.get("title", ""), mime=mime, size=size)
            head.links.append(link)
    head.authors = [
        Person(one.get("name", ""), one.get("email", ""), one.get("href", ""))
        for one in said["authors"]
    ]
    head.terms = [
        Term(one["term"], one.get("scheme") or "", one.get("label") or "") for one in said["tags"]
    ]


def _entry(said: dict[str, Any]) -> Entry:
    entry = Entry(origin_of=said)
    entry.notes.append(NOTE)
    _head(entry, said)
    entry.contents = [one for each in said["contents"] if (one := _prose(each))]
    entry.source_title = said["source"]
    credit = ", ".join(said["credits"])
    for one in (*said["media"], *said["thumbnails"]):
        if one.get("url"):
            medium = Medium(href=one["url"], mime=one.get("type", ""), credit=credit)
            medium.medium = one.get("medium", "")
            medium.thumbnail = one in said["thumbnails"]
            medium.width, medium.height = number(one.get("width")), number(one.get("height"))
            entry.media.append(medium)
    return entry


def _pieces(found: list[Entry], text: bytes) -> None:
    """Give entries their bytes, where it is clear whose they are; half an entry is none."""
    pieces, cut_off = cut.entries(text)
    if len(pieces) == len(found):
        for entry, piece in zip(found, pieces, strict=True):
            entry.origin_of = piece
    if cut_off and found:
        found[-1].origin_of = pieces[-1]
        found[-1].broken = "the document was cut off within it"


def _prose(said: dict[str, str] | None) -> Prose | None:
    if not said:
        return None
    writing = "plain" if said["type"] == "text/plain" else "markup"
    if "<" in said["value"] or "&" in said["value"]:
        writing = "markup"  # its guess at a type is not to be built on
    return Prose(said["value"], "plain" if writing == "plain" else "markup", said["base"])


def _tombstone(found: re.Match[bytes]) -> Tombstone:
    said = {
        key: value_of(one or two)
        for key, one, two in ATTRIBUTE.findall(found[1].decode("utf-8", "replace"))
    }
    comment = COMMENT.search((found[2] or b"").decode("utf-8", "replace"))
    return Tombstone(
        said.get("ref", ""), said.get("when", ""), unescape(comment[1]) if comment else ""
    )
