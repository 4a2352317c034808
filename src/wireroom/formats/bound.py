"""The last look at an item that a reader made: nothing unseen in its words, nothing without end.

Both are rare, so that most items cost one look at their letters and their lengths.
"""

from dataclasses import fields, is_dataclass, replace
from operator import attrgetter, le
from typing import Any, Final

from .bodies.text import UNSEEN, paragraphs, seen
from .document import Document
from .item import Item, Picture

#: Characters of a field, at most; beyond them it is cut at a word.
MAXIMA: Final = {
    "headline": 1_000,
    "standfirst": 5_000,
    "byline": 500,
    "creditline": 500,
    "dateline": 300,
    "slugline": 300,
    "located": 300,
    "ednote": 20_000,
    "text": 1_000_000,
}
#: The same for each picture of an item.
OF_A_PICTURE: Final = {"caption": 5_000, "alt": 1_000, "credit": 500}
#: And for each keyword.
KEYWORD: Final = 100
#: The same for every other text inside an item; where an address is longer, what has it goes.
OTHER: Final = 5_000
#: Longer ids are none, and are not cut: their item is set aside.
IDS: Final = frozenset({"guid", "aliases"})
#: Of these an item has so many, at most; the first stay.
COUNTS: Final = {
    "keywords": 100,
    "subjects": 200,
    "places": 200,
    "pictures": 200,
    "links": 200,
    "aliases": 100,
}
_PLAIN: Final = attrgetter(
    "guid",
    "headline",
    "standfirst",
    "byline",
    "creditline",
    "dateline",
    "slugline",
    "located",
    "ednote",
    "language",
)
_SIZED: Final = attrgetter(*MAXIMA, *COUNTS)
_SIZES: Final = (*MAXIMA.values(), *COUNTS.values())
#: Fields that are markup, or that a reader cleaned with it.
CLEAN: Final = frozenset({"body", "text"})


def bounded(item: Item) -> Item:
    """Give an item without characters that show nothing, and within the lengths that we keep."""
    words = "".join(_said(item))
    if not words.isprintable() and UNSEEN.search(words):
        item = _visible(item)
        item = replace(item, notes=(*item.notes, "characters that show nothing were dropped"))
    if len(words) > OTHER:  # or no text inside can be so long
        item = _within(item)
    return item if _fits(item) else _cut(item)


def shown(document: Document) -> Document:
    """Give a document that says nothing unseen of itself, nor of what of it was refused."""
    hints = document.hints
    said = [hints.title, hints.link, hints.language, hints.self_href, *hints.hubs, *hints.notes]
    said += (hints.next_href, hints.previous_archive, hints.current_href)
    said += [f"{one.name} {one.reason}" for one in document.rejected]
    words = "".join(said)
    if words.isprintable() or not UNSEEN.search(words):
        return document
    return replace(document, rejected=_visible(document.rejected), hints=_visible(hints))


def _said(item: Item) -> list[str]:
    """Give an item's plain fields."""
    said = [*_PLAIN(item), *item.keywords, *item.aliases, item.for_desk, *item.notes]
    for picture in item.pictures:
        said += (picture.caption, picture.alt, picture.credit, picture.href, picture.role)
    for link in item.links:
        said += (link.href, link.title, link.rel, link.mime)
    for subject in item.subjects:
        said.append(subject.name)
    for place in item.places:
        said += (place.name, place.code)
    for act in item.acts_on:
        said.append(act.guid)
    rights = item.rights
    said += (rights.holder, rights.notice, rights.terms, rights.territory)
    return said


def _fits(item: Item) -> bool:
    """Say whether nothing of an item is too long and of nothing there is too much."""
    return (
        all(map(le, map(len, _SIZED(item)), _SIZES))
        and max(map(len, item.keywords), default=0) <= KEYWORD
        and all(
            len(getattr(picture, name)) <= most
            for picture in item.pictures
            for name, most in OF_A_PICTURE.items()
        )
    )


def _visible(value: Any) -> Any:
    """Drop characters that show nothing from a value's texts, those inside it too."""
    if isinstance(value, str):
        return seen(value)
    if isinstance(value, tuple):
        return tuple(_visible(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = [one.name for one in fields(value) if one.name not in CLEAN]
        return replace(value, **{name: _visible(getattr(value, name)) for name in names})
    return value


def _within(value: Any) -> Any:
    """Cut what has no length of its own, in a value and inside it."""
    if isinstance(value, str):
        return _short(value, OTHER, "", [])
    if isinstance(value, tuple):
        return tuple(_within(one) for one in value if len(getattr(one, "href", "")) <= OTHER)
    if is_dataclass(value) and not isinstance(value, type):
        own = MAXIMA.keys() | IDS | CLEAN if isinstance(value, Item) else IDS
        names = [one.name for one in fields(value) if one.name not in own]
        made = {name: _within(getattr(value, name)) for name in names}
        return replace(value, **{n: new for n, new in made.items() if new != getattr(value, n)})
    return value


def _cut(item: Item) -> Item:
    """Cut what is too long, and note it."""
    notes: list[str] = []
    changed: dict[str, Any] = {
        name: made
        for name, most in MAXIMA.items()
        if (made := _short(getattr(item, name), most, name, notes)) is not getattr(item, name)
    }
    if "text" in changed:
        changed["body"] = paragraphs(changed["text"])
    for name, most in COUNTS.items():
        if len(getattr(item, name)) > most:
            changed[name] = getattr(item, name)[:most]
            notes.append(f"{len(getattr(item, name))} {name}: the first {most} are kept")
    words = changed.get("keywords", item.keywords)
    changed["keywords"] = tuple(_short(one, KEYWORD, "keyword", notes) for one in words)
    pictures = changed.get("pictures", item.pictures)
    changed["pictures"] = tuple(_picture(one, notes) for one in pictures)
    return replace(item, **changed, notes=(*item.notes, *dict.fromkeys(notes)))


def _picture(picture: Picture, notes: list[str]) -> Picture:
    said = {name: getattr(picture, name) for name in OF_A_PICTURE}
    made: dict[str, Any] = {
        name: _short(said[name], most, name, notes) for name, most in OF_A_PICTURE.items()
    }
    return picture if made == said else replace(picture, **made)


def _short(text: str, most: int, name: str, notes: list[str]) -> str:
    """Cut a text at a word."""
    if len(text) <= most:
        return text
    notes.append(f"{name} has {len(text)} characters: cut at {most}")
    kept = text[: most - 1]
    return f"{kept.rpartition(' ')[0] or kept}…"
