"""Pictures: associated items, and the renditions of an item that is one itself."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urljoin, urlsplit

from wireroom.formats.item import Link, Picture

from . import about, status, words
from .fields import Fields

_PICTURES: Final = frozenset({"picture", "graphic"})
#: Which rendition to take where none has a width: the first named here, then any other.
_NAMES: Final = ("main", "original", "highres", "high", "baseimage", "web", "preview")
_SMALL: Final = ("thumb", "icon")


def associated(fields: Fields, base: str) -> tuple[tuple[Picture, ...], tuple[Link, ...]]:
    """Give the pictures and the related texts of an item."""
    pictures: list[Picture] = []
    links: list[Link] = []
    for name, one in fields.named("associations"):
        guid = one.text("uri")
        if not guid:
            fields.notes.append(f"an association without a uri: {name or 'nameless'}")
        if not name:
            fields.notes.append(f"an association without a name: {guid}")
        if found := picture(one, base, role=name):
            pictures.append(found)
        elif guid:
            title = words.headline(one, words.NO_MARKS)[0]
            links.append(Link(rel=_rel(one), href=guid, title=title))
    return tuple(pictures), tuple(links)


def picture(fields: Fields, base: str, *, role: str = "") -> Picture | None:
    """Make a picture of an item that is one; None when it has no image."""
    shown = renditions(fields, base) if "renditions" in fields else ()
    best = max(shown, key=_rank, default=None)
    named = fields.text("type").lower()
    if best is None or named not in _PICTURES | {""}:
        return None
    pubstatus, embargo = status.status(fields)
    caption = words.described(fields, "caption", "text", "main", "", "html", "summary")
    return replace(
        best,
        caption=caption or words.standfirst(fields),
        credit=fields.line("by", "byline", "creditline") or fields.line("copyrightholder"),
        alt=words.described(fields, "alt") or words.headline(fields, words.NO_MARKS)[0],
        guid=fields.text("uri"),
        version=fields.number("version") or 0,
        role=role,
        pubstatus=pubstatus,
        rights=replace(about.rights(fields), valid_from=embargo, valid_until=status.expiry(fields)),
    )


def renditions(fields: Fields, base: str) -> Iterator[Picture]:
    """Yield an item's images, each a rendition of the same picture."""
    for name, one in fields.named("renditions"):
        href = _address(base, one.text("href"))
        mime = one.text("contenttype", "mimetype").lower()
        if href and (not mime or mime.startswith("image/")):
            yield Picture(
                href=href,
                mime=mime,
                width=one.number("width"),
                height=one.number("height"),
                size=one.number("sizeinbytes"),
                role=name,
            )


def _rank(one: Picture) -> tuple[int, int, int]:
    """Prefer the widest, then the names that promise most."""
    name = one.role.lower()
    rank = len(_NAMES) - _NAMES.index(name) if name in _NAMES else 0
    return (one.width or 0, 0 if name.startswith(_SMALL) else 1, rank)


def _address(base: str, href: str) -> str:
    """Give an absolute address, or the name of a file beside the document."""
    try:
        found = urljoin(base, href.strip())
        scheme = urlsplit(found).scheme
    except ValueError:
        return ""
    return found if scheme in {"", "http", "https", "file"} else ""


def _rel(one: Fields) -> str:
    """Say what an associated text is to the item."""
    return one.line("rel").rpartition(":")[2].lower() or "related"
