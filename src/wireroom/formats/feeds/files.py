"""Files of an entry: pictures, each once and by its best rendition; the others as links."""

import re
from dataclasses import dataclass
from typing import Final

from wireroom.formats.bodies.inside import joined
from wireroom.formats.bodies.markup import value_of
from wireroom.formats.bodies.text import plain
from wireroom.formats.item import CANCELED, USABLE, Link, Picture, Rights

from .feed import Entry, Feed, Medium
from .media import inherit, is_picture
from .words import Words

IMG: Final = re.compile(r"<img\b[^>]{0,4000}>", re.IGNORECASE)
ATTRIBUTE: Final = re.compile(
    r"""\s(src|alt|width|height|title)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
#: A picture that is smaller on a side is a counter or a sign, not news.
SMALLEST: Final = 32


@dataclass(frozen=True, slots=True)
class Files:
    """An entry's files."""

    pictures: tuple[Picture, ...]
    links: tuple[Link, ...]


NONE: Final = Files((), ())


def files(entry: Entry, feed: Feed, base: str, said: Words, notes: list[str]) -> Files:
    """Sort an entry's files; the first picture of the body only if there is nothing else."""
    body = said.raw
    if not entry.media:
        found = _in_body(body, said.base or base) if "<img" in body or "<IMG" in body else None
        return Files((found,), ()) if found else NONE
    pictures: list[Picture] = []
    links: list[Link] = []
    for medium in _each_once(entry, feed, base):
        if is_picture(medium):
            pictures.append(_picture(medium))
        else:
            links.append(
                Link(
                    rel="enclosure",
                    href=medium.href,
                    title=plain(medium.title),
                    mime=medium.mime,
                    size=medium.size,
                )
            )
        if medium.canceled:
            notes.append(f"media:status forbids {medium.href}")
    if not pictures and not links and (found := _in_body(body, said.base or base)):
        pictures.append(found)
    return Files(tuple(pictures), tuple(links))


def _each_once(entry: Entry, feed: Feed, base: str) -> list[Medium]:
    """Join what is said of one address in several places, and what stands above it.

    A thumbnail beside the picture itself is only another rendition of it.
    """
    found: dict[str, Medium] = {}
    for medium in entry.media:
        medium.href = joined(base, medium.href)
        if not medium.href.startswith(("http://", "https://")):
            continue
        if other := found.get(medium.href):
            _join(other, medium)
        else:
            found[medium.href] = medium
    for medium in found.values():
        for above in (entry.shared, feed.shared):
            if above:
                inherit(medium, above)
    full = any(is_picture(one) and not one.thumbnail for one in found.values())
    return [one for one in found.values() if not (full and one.thumbnail)]


def _join(one: Medium, other: Medium) -> None:
    inherit(one, other)
    one.mime = one.mime or other.mime
    one.medium = one.medium or other.medium
    one.width, one.height = one.width or other.width, one.height or other.height
    one.size = one.size or other.size
    one.thumbnail = one.thumbnail and other.thumbnail


def _picture(medium: Medium) -> Picture:
    rights = Rights(
        notice=plain(medium.notice),
        terms=plain(medium.terms),
        valid_from=medium.valid_from,
        valid_until=medium.valid_until,
    )
    title, caption = plain(medium.title), plain(medium.caption)
    return Picture(
        href=medium.href,
        caption=caption or title,
        alt=title if caption else "",
        credit=plain(medium.credit),
        mime=medium.mime,
        width=medium.width,
        height=medium.height,
        size=medium.size,
        pubstatus=CANCELED if medium.canceled else USABLE,
        rights=rights,
    )


def _in_body(body: str, base: str) -> Picture | None:
    """Find the first picture of a body that is one to look at."""
    for tag in IMG.findall(body):
        said = {
            key.lower(): value_of(one or two or bare)
            for key, one, two, bare in ATTRIBUTE.findall(tag)
        }
        width, height = _pixels(said.get("width")), _pixels(said.get("height"))
        href = joined(base, said.get("src", "").strip())
        if not said.get("src") or not href.startswith(("http://", "https://")):
            continue
        if min(width or SMALLEST, height or SMALLEST) < SMALLEST:
            continue
        alt = plain(said.get("alt", ""))
        return Picture(href=href, alt=alt, width=width, height=height)
    return None


def _pixels(said: str | None) -> int | None:
    said = (said or "").strip().removesuffix("px")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None  # noqa: PLR2004 (pixels)
