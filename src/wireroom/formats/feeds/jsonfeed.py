"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from typing import Any, Final, NamedTuple

from wireroom.formats.document import Arrival, Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Link
from wireroom.formats.syntax.jsons import decoded, loaded
from wireroom.formats.syntax.pieces import member, pieces

from .entries import document
from .feed import Entry, Feed, Head, Medium, Person, Prose, Term
from .media import number

VERSION: Final = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")


class Broken(NamedTuple):
    """The text of an item that is no JSON, or none that all would read alike."""

    text: str
    reason: str


def read(raw: bytes, arrival: Arrival) -> Document:
    """Read a JSON Feed; an item that is no JSON is rejected by itself.

    Raises:
        Unreadable: it is broken JSON outside its items, or another kind of JSON.
    """
    notes: list[str] = []
    found = feed(load(raw, arrival.charset, notes), arrival.address)
    notes = list(dict.fromkeys(notes))
    found.notes += notes
    for entry in found.entries if notes else ():
        entry.notes += notes
    return document(found, arrival)


def load(raw: bytes, charset: str = "", notes: list[str] | None = None) -> Any:
    """Read the JSON of a feed; of its items, what is broken stands for itself as ``Broken``.

    Raises Unreadable when anything else of it is broken.
    """
    text = decoded(raw, charset, notes)
    try:
        return loaded(text, notes)
    except Unreadable as error:
        try:
            items, texts = member(text, "items"), pieces(text, ("items",))
        except Unreadable:
            raise error from None
    said = loaded(text.replace(items, "[]", 1), notes)
    said["items"] = [_piece(one, notes) for one in texts]
    return said


def _piece(text: str, notes: list[str] | None) -> Any:
    try:
        return loaded(text, notes)
    except Unreadable as error:
        return Broken(text, str(error))


def feed(said: Any, address: str = "") -> Feed:
    """Read a value of JSON into a feed."""
    if not isinstance(said, dict) or not isinstance(said.get("items"), list):
        raise Unreadable("no JSON Feed: it has no list of items")
    found = Feed(format="jsonfeed", authors_inherit=True)
    if not _text(said, "version").startswith(VERSION):
        found.notes.append(f"unknown version: {_text(said, 'version')[:80] or 'none'}")
    _head(found, said)
    found.link = _text(said, "home_page_url")
    if own := _text(said, "feed_url"):
        found.links.append(Link(rel="self", href=own))
    if text := _text(said, "description"):
        found.summary = Prose(text, "plain")
    found.next_href = _text(said, "next_url")
    if found.next_href in {own, address}:
        found.next_href = ""
    found.hubs = [_text(hub, "url") for hub in _list(said, "hubs") if _text(hub, "url")]
    found.ended = said.get("expired") is True
    found.entries = [_entry(one) for one in said["items"]]
    return found


def _head(head: Head, said: dict[str, Any]) -> None:
    """Read what feed and item both say; authors beats the author of 1.0."""
    if title := _text(said, "title"):
        head.title = Prose(title, "plain")
    head.language = _text(said, "language")
    people = _list(said, "authors") or [said.get("author")]
    head.authors = [
        Person(_text(one, "name"), "", _text(one, "url")) for one in people if isinstance(one, dict)
    ]
    head.authors = [one for one in head.authors if one.name or one.href]


def _entry(said: Any) -> Entry:
    entry = Entry(origin_of=said)
    if isinstance(said, Broken):
        entry.broken, entry.origin_of = said.reason, said.text.encode("utf-8", "replace")
        return entry
    if not isinstance(said, dict):
        entry.broken = f"an item is an object, not {type(said).__name__}"
        return entry
    _id(entry, said.get("id"))
    _head(entry, said)
    _texts(entry, said)
    entry.link = _text(said, "url")
    if other := _text(said, "external_url"):
        entry.links.append(Link(rel="related", href=other))
    for key, field in (("date_published", "published"), ("date_modified", "updated")):
        if date := _text(said, key):
            entry.dates[field] = date
    entry.terms = [Term(tag.strip()) for tag in _list(said, "tags") if isinstance(tag, str)]
    _files(entry, said)
    return entry


def _id(entry: Entry, said: Any) -> None:
    """Take an id; a number is written as text, blank is none."""
    if isinstance(said, bool) or said is None:
        return
    if isinstance(said, (int, float)):
        entry.notes.append("id is a number: read as text")
        said = str(said)
    if isinstance(said, str) and said.strip():
        entry.ids[0] = said.strip()


def _texts(entry: Entry, said: dict[str, Any]) -> None:
    if html := _text(said, "content_html"):
        entry.contents.append(Prose(html, "markup"))
    elif text := _text(said, "content_text"):
        entry.contents.append(Prose(text, "plain"))
    if summary := _text(said, "summary"):
        entry.summary = Prose(summary, "plain")


def _files(entry: Entry, said: dict[str, Any]) -> None:
    """Note the picture and the attachments; of one title there is one, in several forms."""
    for key in ("image", "banner_image"):
        if href := _text(said, key):
            entry.media.append(Medium(href=href, medium="image"))
            break
    titles = set()
    for one in _list(said, "attachments"):
        href, title = _text(one, "url"), _text(one, "title")
        if not href or (title and title in titles):
            continue
        titles.add(title)
        size = one.get("size_in_bytes")
        entry.media.append(
            Medium(
                href=href,
                mime=_text(one, "mime_type").lower(),
                title=title,
                size=number(str(size)) if size is not None else None,
            )
        )


def _text(said: Any, key: str) -> str:
    value = said.get(key) if isinstance(said, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _list(said: dict[str, Any], key: str) -> list[Any]:
    value = said.get(key)
    return value if isinstance(value, list) else []
