"""Lists of channels: OPML 1.0, 1.1 and 2.0 in, 2.0 out.

An ``outline`` with an ``xmlUrl`` is a channel, one with outlines inside is a folder. Names of
attributes are read in any case, as they are written in the wild. Nothing that an outline
points to is followed: neither inclusions nor links.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from lxml import etree

from .bodies.text import plain, seen
from .elements import add, serialized
from .errors import Unreadable
from .syntax.namespaces import local
from .syntax.xml import root

#: Longer lists are cut.
MOST: Final = 5_000
#: Signs of an address, and of a name.
LONGEST: Final = 2_000
LONGEST_NAME: Final = 200
#: Types of outlines that are no channels, whatever addresses they have.
_APART: Final = frozenset({"include", "link"})
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One channel of a list."""

    url: str
    name: str = ""
    #: The page that it belongs to.
    home: str = ""
    #: BCP 47.
    language: str = ""
    #: The folders it stands in, the outermost first.
    folders: tuple[str, ...] = ()


def read(raw: bytes, *, charset: str = "") -> tuple[tuple[Outline, ...], tuple[str, ...]]:
    """Read a list: its channels, each address once, and what was doubtful.

    Raises Unreadable when it is no OPML, or beyond the limits of what is read.
    """
    document, notes = root(raw, charset=charset)
    if local(str(document.tag)).lower() != "opml":
        raise Unreadable(f"not OPML: its root is {local(str(document.tag))[:100]}")
    found: dict[str, Outline] = {}
    folders: list[str] = []
    walk = etree.iterwalk(document, events=("start", "end"))
    for event, one in walk:
        if local(str(one.tag)).lower() != "outline":
            continue
        if event == "end":
            folders.pop()
            continue
        said = {local(str(key)).lower(): str(value).strip() for key, value in one.attrib.items()}
        name = plain(said.get("text") or said.get("title") or "")[:LONGEST_NAME].strip()
        folders.append(name)
        if said.get("iscomment", "").lower() == "true":  # and so is all inside it
            walk.skip_subtree()
        elif url := _address(said, notes):
            outline = Outline(
                url=url,
                name=name,
                home=seen(said.get("htmlurl", ""))[:LONGEST].strip(),
                language=_language(said.get("language", "")),
                folders=tuple(folder for folder in folders[:-1] if folder),
            )
            if found.setdefault(url, outline) is not outline:
                notes.append(f"twice in the list: {url[:100]}")
    if len(found) > MOST:
        notes.append(f"{len(found)} channels: the first {MOST} are read")
    return tuple(found.values())[:MOST], tuple(notes)


def written(outlines: Iterable[Outline], *, title: str, now: datetime | None = None) -> bytes:
    """Write a list, and when it was made; channels in the same folders stand together."""
    document = etree.Element("opml", version="2.0")
    head = add(document, "head")
    add(head, "title", title)
    if now:
        add(head, "dateCreated", format_datetime(now.astimezone(UTC), usegmt=True))
    made: dict[tuple[str, ...], etree._Element] = {(): add(document, "body")}
    for one in outlines:
        home = made[()]
        for depth, folder in enumerate(one.folders, 1):
            inside = one.folders[:depth]
            if inside not in made:
                made[inside] = add(home, "outline", text=folder)
            home = made[inside]
        name = one.name or one.url
        outline = add(home, "outline", type="rss", text=name, title=name)
        for key, value in (("xmlUrl", one.url), ("htmlUrl", one.home), ("language", one.language)):
            if value:
                outline.set(key, value)
    return serialized(document)


def _address(said: dict[str, str], notes: list[str]) -> str:
    """Give the address of a channel; empty for an outline that is none."""
    url = said.get("xmlurl", "")
    if not url or said.get("type", "").lower() in _APART:
        return ""
    if len(url) > LONGEST or len(url.split()) != 1 or seen(url) != url:
        notes.append(f"an address that is none: {seen(url[:100])}")
        return ""
    return url


def _language(said: str) -> str:
    """Give the language of a channel; empty for what names none (OPML has a word for it)."""
    return said if said.lower() != "unknown" and _LANGUAGE.fullmatch(said) else ""
