"""What is fed with nonsense: each takes bytes, and raises only where something is wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Final

from wireroom.formats import opml, own_page
from wireroom.formats.bodies.clean import clean, clean_and_read
from wireroom.formats.bodies.text import plain
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.glances import glance
from wireroom.formats.read import FORMATS, READERS, XML, parse
from wireroom.formats.syntax.xml import Malformed
from wireroom.formats.told import format_of
from wireroom.formats.values import dates

from .mailboxes import talked
from .properties import Broken, hold, hold_clean, hold_moment, hold_words

ARRIVAL: Final = Arrival(
    received=datetime(2024, 5, 2, 12, tzinfo=UTC), address="https://wire.example/news/feed"
)


def read(raw: bytes, format: str) -> None:  # noqa: A002 (the word of the trade)
    """Read a document of a format; only Unreadable may come out."""
    try:
        document = parse(raw, format, ARRIVAL)
    except Unreadable:
        return
    hold(document)


def well_formed(raw: bytes, format: str) -> None:  # noqa: A002 (the word of the trade)
    """Read a feed as ``read`` does, unless it is broken.

    A broken one is read by a process of its own, which takes a thousand times as long.
    """
    try:
        READERS[format](raw, ARRIVAL)
    except Malformed:
        return
    except Unreadable:
        pass
    read(raw, format)


def cleaned(raw: bytes) -> None:
    """Clean a body, with halves of characters where bytes are no UTF-8."""
    html = raw.decode(errors="surrogateescape")
    body = clean(html, base=ARRIVAL.address)
    hold_clean(body)
    if clean_and_read(html, base=ARRIVAL.address)[0] != body:
        raise Broken("cleaned with its words, it differs")


def dated(raw: bytes) -> None:
    """Read a moment, and the same as an embargo."""
    text = raw.decode(errors="surrogateescape")
    for found in (dates.moment(text), dates.embargo(text)):
        if found.at is not None:
            hold_moment(found.at, ascii(text))


def told(raw: bytes) -> None:
    """Tell a document's format."""
    try:
        found = format_of(raw)
    except Unreadable:
        return
    if found not in FORMATS:
        raise Broken(f"told as {found}, which nobody reads")


def glanced(raw: bytes) -> None:
    """Glance at a document."""
    if not isinstance(glance(raw), bool):
        raise Broken("a glance says neither yes nor no")


def listed(raw: bytes) -> None:
    """Read a list of channels, and write it to be read again."""
    try:
        outlines, notes = opml.read(raw)
    except Unreadable:
        return
    hold_words((outlines, notes), "list")
    again, _ = opml.read(opml.written(outlines, title="Channels"))
    read_again = {one.url: one for one in again}
    for one in outlines:
        other = read_again.get(one.url)
        if other and not one.name:  # where it is written it has its address for a name
            other = replace(other, name="")
        folders = tuple(name for name in map(_written, one.folders) if name)
        if other != replace(one, name=_written(one.name), folders=folders):
            raise Broken(f"written, {one!a:.500} is read as {other!a:.500}")


def _written(name: str) -> str:
    """Give a name as it is read where it was written: without signs of what was lost."""
    return plain(name.replace("\ufffd", ""))


def paged(raw: bytes) -> None:
    """Find the text of a page."""
    _text(own_page.read, raw, "")


def found(raw: bytes) -> None:
    """Take what was found on a page, whatever it is, for its text."""
    _text(own_page.taken, raw.decode(errors="replace"))


def _text(reader: Callable[..., tuple[str, str]], *given: object) -> None:
    try:
        body, text = reader(*given, ARRIVAL.address)
    except Unreadable:
        return
    hold_clean(body)
    hold_words(text, "text")


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    **{name: partial(well_formed if name in XML else read, format=name) for name in FORMATS},
    "broken": partial(read, format="rss"),
    "clean": cleaned,
    "dates": dated,
    "told": told,
    "glances": glanced,
    "partial": partial(read, format="ninjs"),
    "opml": listed,
    "page": paged,
    "page-text": found,
    "mailbox": talked,
}
