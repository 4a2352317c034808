"""Pictures, sounds and films among the content of an item."""

from typing import Final

from lxml import etree

from wireroom.formats.bodies.text import text_of
from wireroom.formats.item import Link, Picture, Rights

from .components import CAPTION, Leaf, grouped
from .lines import Lines
from .tree import Tree

#: Which rendition to take where none has a width.
_NAMES: Final = (
    *("original", "highres", "highresolution", "hires", "main", "baseimage", "photo", "picture"),
    *("web", "mediumres", "preview", "quicklook", "lowres", "lores"),
)
_SMALL: Final = ("thumb", "icon")


def pictures(tree: Tree, leaves: list[Leaf]) -> tuple[list[Picture], list[Link]]:
    """Give the pictures, each by its best rendition, and other files as links."""
    beside = _Beside(leaves)
    found: list[Picture] = []
    links: list[Link] = []
    for group in grouped(leaves):
        images = [one for one in group if one.content.kind == "image" and one.content.href]
        if images:
            found.append(_picture(tree, images, group, beside))
        for one in group:
            if one.content.href and one.content.kind in {"audio", "video", "text"} and not images:
                mime, size = one.content.mime, one.content.size
                title = Lines(tree, one.within[:1]).line("HeadLine")
                href = one.content.href
                links.append(Link(rel="enclosure", href=href, title=title, mime=mime, size=size))
    return found, links


def _picture(tree: Tree, images: list[Leaf], group: list[Leaf], beside: "_Beside") -> Picture:
    best = max(images, key=_rank)
    own = _own(best)
    lines, above = Lines(tree, own, best.language), Lines(tree, best.within, best.language)
    captions = [one for one in (*group, *beside.captions(best)) if one.role in CAPTION]
    captions += group  # a text without a role beside a picture is its caption, too
    caption = next((said for one in captions if (said := _words(one))), "") or lines.caption()
    return Picture(
        href=best.content.href,
        caption=caption,
        credit=lines.line("CreditLine") or lines.line("ByLine") or above.line("CreditLine"),
        alt=lines.line("HeadLine"),
        mime=best.content.mime,
        width=best.content.width,
        height=best.content.height,
        size=best.content.size,
        role=best.role,
        rights=Rights(notice=above.line("CopyrightLine")),
    )


def _own(leaf: Leaf) -> tuple[etree._Element, ...]:
    """Give the components that are the picture's alone: up to what makes it one."""
    if leaf.group is None:
        return leaf.within[:1]
    return leaf.within[: leaf.within.index(leaf.group) + 1]


class _Beside:
    """What stands beside a picture that is the only one under its component."""

    def __init__(self, leaves: list[Leaf]) -> None:
        self._captions: dict[etree._Element, list[Leaf]] = {}
        self._pictures: dict[etree._Element, set[etree._Element]] = {}
        for one in leaves:
            if one.role in CAPTION:
                for component in one.within:
                    self._captions.setdefault(component, []).append(one)
            elif one.content.kind == "image":
                top = _own(one)[-1]
                for component in one.within:
                    self._pictures.setdefault(component, set()).add(top)

    def captions(self, leaf: Leaf) -> list[Leaf]:
        """Give the captions beside a picture."""
        place = leaf.within.index(_own(leaf)[-1]) + 1
        if place >= len(leaf.within):
            return []
        parent = leaf.within[place]
        return self._captions.get(parent, []) if len(self._pictures[parent]) == 1 else []


def _words(leaf: Leaf) -> str:
    return " ".join(text_of(leaf.content.markup).split())


def _rank(one: Leaf) -> tuple[int, int, int]:
    """Prefer the widest, then the names that promise most."""
    rank = len(_NAMES) - _NAMES.index(one.role) if one.role in _NAMES else 0
    return (one.content.width or 0, 0 if one.role.startswith(_SMALL) else 1, rank)
