"""The components of a news item, walked down (NewsML 1.2: ``NewsComponent``).

What stands above a component holds for it, too, until it says so itself: language, lines,
rights. A component whose role is that of a picture is one picture, with its renditions and
its caption; equivalents are one thing in several forms.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from wireroom.formats.syntax.namespaces import LANG
from wireroom.formats.values.statuses import word_of

from .content import Content, content
from .tree import News, Tree

#: Of these an item has so many, at most.
MOST: Final = 1_000
#: Roles, without their scheme, in small letters and nothing but letters; providers differ.
MAIN: Final = frozenset(
    ("main", "maintext", "body", "bodytext", "text", "story", "article", "maincontent", "content")
)
ABSTRACT: Final = frozenset(("abstract", "summary", "lead", "teaser", "description", "synopsis"))
CAPTION: Final = frozenset(("caption", "captiontext", "legend", "picturecaption", "photocaption"))
PICTURE: Final = frozenset(
    (
        *("photo", "picture", "image", "graphic", "mainphoto", "mainpicture", "photograph"),
        *("supportingphoto", "illustration", "icon", "logo", "infographic"),
    )
)
RENDITION: Final = frozenset(
    (
        *("thumbnail", "thumb", "preview", "quicklook", "highres", "highresolution", "lowres"),
        *("hires", "lores", "web", "original", "baseimage", "mediumres", "lowresolution"),
    )
)
EDITORS: Final = frozenset(
    (
        *("advisory", "editorsnote", "editorialnote", "notetoeditors", "editornote", "edsnote"),
        *("editorial", "contact", "contacts", "deskcontact", "nonpublishable"),
    )
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One content item, where it stands."""

    content: Content
    #: The component it stands in, and those above, the innermost first.
    within: tuple[etree._Element, ...]
    role: str
    #: The component that makes it, with others, one picture or one text; else None.
    group: etree._Element | None
    language: str


@dataclass(slots=True)
class Found:
    """What the components of an item hold, in their order."""

    leaves: list[Leaf] = field(default_factory=list)
    #: References to other items, and items that stand inside this one.
    references: list[etree._Element] = field(default_factory=list)
    nested: list[etree._Element] = field(default_factory=list)
    #: Every component.
    components: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Here:
    """A component with what holds for it from above."""

    element: etree._Element
    above: tuple[etree._Element, ...]
    role: str
    group: etree._Element | None
    language: str


def walk(news: News) -> Found:
    """Gather the content items of a news item; XML bounds how deep they stand."""
    tree, item, notes = news.tree, news.element, news.notes
    found = Found()
    lang = (item.get(LANG) or tree.root.get(LANG) or "").strip()
    waiting = [_Here(one, (), "", None, lang) for one in reversed(tree.all(item, "NewsComponent"))]
    while waiting:
        here = _entered(tree, waiting.pop())
        found.components.append(here.element)
        below = []
        for one in here.element:
            name = tree.name(one)
            if name == "ContentItem" and len(found.leaves) == MOST:
                notes.append(f"of more than {MOST} content items the first ones are read")
            elif name == "ContentItem":
                found.leaves.append(
                    Leaf(
                        content(tree, one, news.arrival.address, notes),
                        (here.element, *here.above),
                        here.role,
                        here.group,
                        (one.get(LANG) or here.language).strip(),
                    )
                )
            elif name == "NewsComponent":
                within = (here.element, *here.above)
                below.append(_Here(one, within, here.role, here.group, here.language))
            elif name == "NewsItemRef":
                found.references.append(one)
            elif name == "NewsItem":
                found.nested.append(one)
        waiting += reversed(below)
    return found


def _entered(tree: Tree, here: _Here) -> _Here:
    """Read a component's own role, language and kind."""
    element = here.element
    own = word_of(tree.formal(element, "Role"))
    role = own or here.role
    group = here.group
    together = (element.get("EquivalentsList") or "").strip().lower() == "yes"
    if group is None and (together or role in PICTURE):
        group = element
    elif group is None and own in RENDITION and here.above:
        group = here.above[0]
    language = tree.formal(element, "DescriptiveMetadata/Language") or element.get(LANG)
    return _Here(element, here.above, role, group, (language or here.language).strip())


def grouped(leaves: list[Leaf]) -> Iterator[list[Leaf]]:
    """Yield leaves that are one thing together; each other by itself."""
    found: dict[int, list[Leaf]] = {}
    for place, one in enumerate(leaves):
        key = id(one.group) if one.group is not None else -1 - place
        found.setdefault(key, []).append(one)
    yield from found.values()
