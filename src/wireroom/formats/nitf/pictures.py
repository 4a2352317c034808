"""Pictures and other media (NITF 3.6: ``media``): references that repeat are renditions."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from wireroom.formats.item import Link, Picture, Rights

from .paper import Paper

#: Digits of a number of pixels.
_DIGITS: Final = 6


def media(paper: Paper, base: str) -> tuple[tuple[Picture, ...], tuple[Link, ...]]:
    """Give the pictures of a document, and its sounds and films as links."""
    pictures: list[Picture] = []
    links: list[Link] = []
    for one in paper.text("media"):
        said = list(_references(paper, one, base))
        images = [ref for ref in said if _is_image(one, ref)]
        if images:
            pictures.append(_picture(paper, one, images))
        elif said:
            links += [
                Link(
                    rel="enclosure",
                    href=href,
                    title=paper.words(ref) or ref.get("name", "").strip(),
                    mime=ref.get("mime-type", "").strip().lower(),
                )
                for href, ref in said
            ]
        else:
            paper.notes.append("media without an address that can be used")
    return tuple(pictures), tuple(links)


def _references(
    paper: Paper, one: etree._Element, base: str
) -> Iterator[tuple[str, etree._Element]]:
    for ref in one:
        if paper.name(ref) == "media-reference" and (href := address(base, ref.get("source", ""))):
            yield href, ref


def _is_image(one: etree._Element, said: tuple[str, etree._Element]) -> bool:
    """Say whether a reference is to an image; its own type is believed before its media's."""
    mime = said[1].get("mime-type", "").strip().lower()
    return (mime or one.get("media-type", "").strip().lower()).startswith(("image", "photo"))


def _picture(
    paper: Paper, one: etree._Element, images: list[tuple[str, etree._Element]]
) -> Picture:
    href, best = max(images, key=lambda said: _pixels(said[1].get("width")) or 0)
    parts = {
        name: [paper.lines(each) for each in one if paper.name(each) == name]
        for name in ("media-caption", "media-producer")
    }
    captions = [" ".join(said.split()) for said in parts["media-caption"] if said]
    producers = [said for said in parts["media-producer"] if said]
    said = [ref for _, ref in ((href, best), *images)]
    return Picture(
        href=href,
        caption=" ".join(dict.fromkeys(captions)),
        credit=", ".join(dict.fromkeys(producers)) or _first(said, "source-credit"),
        alt=_first(said, "alternate-text"),
        mime=best.get("mime-type", "").strip().lower(),
        width=_pixels(best.get("width")),
        height=_pixels(best.get("height")),
        role=_first(said, "name"),
        rights=Rights(notice=_first(said, "copyright")),
    )


def address(base: str, href: str) -> str:
    """Give an absolute address, or the name of a file beside the document."""
    try:
        found = urljoin(base, href.strip()) if href.strip() else ""
        scheme = urlsplit(found).scheme
    except ValueError:
        return ""
    return found if scheme in {"", "http", "https", "file"} else ""


def _pixels(said: str | None) -> int | None:
    said = (said or "").strip().removesuffix("px")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else None


def _first(references: list[etree._Element], attribute: str) -> str:
    return next((said for one in references if (said := one.get(attribute, "").strip())), "")
