"""Pictures: the renditions of an item that is one, and items that another points to."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from wireroom.formats.item import Link, Picture
from wireroom.formats.nitf.pictures import address
from wireroom.formats.providers.agencies import Agency
from wireroom.formats.values.statuses import read_status, strictest, word_of

from . import about, words
from .sheet import Sheet

_PICTURES: Final = frozenset({"picture", "graphic"})
#: Roles of descriptions that stand beneath a picture, the first before the others.
_CAPTIONS: Final = ("caption", "", "summary")
#: Which rendition to take where none has a width: the first named here, then any other.
_NAMES: Final = ("main", "highres", "original", "web", "preview", "viewimage")
_SMALL: Final = ("thumb", "icon")
#: Digits of a number that a size may have.
_DIGITS: Final = 12


def is_picture(sheet: Sheet) -> bool:
    """Say whether an item is a picture."""
    return bool(_PICTURES.intersection(map(word_of, sheet.codes.words(sheet.meta("itemClass")))))


def own(sheet: Sheet, base: str, agency: Agency) -> tuple[tuple[Picture, ...], tuple[Link, ...]]:
    """Give the picture that stands beside the text or is the item; other media as links."""
    images: list[Picture] = []
    links: list[Link] = []
    for one in _remote(sheet):
        href = address(base, one.get("href") or "")
        mime = (one.get("contenttype") or "").strip().lower()
        if not href:
            sheet.notes.append("a content elsewhere, and no address of it that can be used")
        elif mime.startswith("image/") or (not mime and is_picture(sheet)):
            images.append(_rendition(sheet, one, href, mime))
        else:
            title = ", ".join(sheet.codes.words([one], "rendition"))
            size = _number(one.get("size"))
            links.append(Link(rel="enclosure", href=href, title=title, mime=mime, size=size))
    if not images:
        return (), tuple(links)
    best = max(images, key=_rank)
    return (
        replace(
            best,
            caption=words.caption(sheet),
            credit=about.creditline(sheet) or about.byline(sheet, agency),
            alt=words.described(sheet, "alttext", "accessible"),
            rights=about.rights(sheet),
        ),
    ), tuple(links)


def others(
    sheet: Sheet, base: str, beside: Mapping[str, Picture]
) -> tuple[tuple[Picture, ...], tuple[Link, ...]]:
    """Give the pictures and other items that an item points to; ``beside`` came with it."""
    pictures: list[Picture] = []
    links: list[Link] = []
    for one in _pointers(sheet):
        guid = (one.get("residref") or "").strip()
        titles = sheet.said(sheet.children(one, "title", "headline"))
        classes = map(word_of, sheet.codes.words(sheet.children(one, "itemClass")))
        mime = (one.get("contenttype") or "").strip().lower()
        href = address(base, one.get("href") or "")
        if found := beside.get(guid):
            pictures.append(found)
        elif href and (_PICTURES.intersection(classes) or mime.startswith("image/")):
            pictures.append(_pointed(sheet, one, href))
        elif made := about.link(sheet, one, next(iter(titles), "")):
            links.append(made)
        else:
            sheet.notes.append("a link to nowhere")
    return tuple(dict.fromkeys(pictures)), tuple(dict.fromkeys(links))


def _pointers(sheet: Sheet) -> Iterator[etree._Element]:
    """Yield what points to other items: links, and the members of a package."""
    yield from sheet.meta("link")
    for one in sheet.top("groupSet"):
        for ref in one.iter(etree.Element):
            if sheet.name(ref) == "itemRef":
                said = ref.get("residrefformaturi")
                if said is not None and ":" not in said:
                    sheet.notes.append(f"residrefformaturi is no address: {said[:60]!r}")
                yield ref
    yield from sheet.top("itemRef")


def _pointed(sheet: Sheet, one: etree._Element, href: str) -> Picture:
    """Make a picture of a pointer that says enough of it."""
    said = {
        next(iter(map(word_of, sheet.codes.words([each], "role"))), ""): sheet.words(each)
        for each in reversed(sheet.children(one, "description"))
    }
    titles = sheet.said(sheet.children(one, "title"))
    statuses = sheet.codes.words(sheet.children(one, "pubStatus"))
    return Picture(
        href=href,
        caption=said.get("caption")
        or said.get("")
        or said.get("summary")
        or next(iter(titles), ""),
        credit=sheet.first(sheet.children(one, "creditline")),
        mime=(one.get("contenttype") or "").strip().lower(),
        width=_number(one.get("width")),
        height=_number(one.get("height")),
        size=_number(one.get("size")),
        guid=(one.get("residref") or "").strip(),
        version=_number(one.get("version")) or 0,
        pubstatus=strictest({read_status(word, "pubStatus", sheet.notes)[0] for word in statuses}),
    )


def _remote(sheet: Sheet) -> Iterator[etree._Element]:
    for each in sheet.top("contentSet"):
        for one in each:
            if sheet.name(one) == "remoteContent":
                yield one
            elif sheet.name(one) == "alternative":
                yield from sheet.children(one, "remoteContent")


def _rendition(sheet: Sheet, one: etree._Element, href: str, mime: str) -> Picture:
    return Picture(
        href=href,
        mime=mime,
        width=_number(one.get("width")),
        height=_number(one.get("height")),
        size=_number(one.get("size")),
        role=next(iter(sheet.codes.words([one], "rendition")), ""),
    )


def _rank(one: Picture) -> tuple[int, int, int]:
    """Prefer the widest, then the names that promise most."""
    name = word_of(one.role)
    rank = len(_NAMES) - _NAMES.index(name) if name in _NAMES else 0
    return (one.width or 0, 0 if name.startswith(_SMALL) else 1, rank)


def _number(said: str | None) -> int | None:
    said = (said or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else None
