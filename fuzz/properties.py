"""What holds of everything that is read, whatever the bytes were."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, Final

from wireroom.formats.bodies.clean import clean, one_pass
from wireroom.formats.bodies.text import UNSEEN
from wireroom.formats.document import Document
from wireroom.formats.item import Item

FIELDS: Final = frozenset(one.name for one in fields(Item))


class Broken(Exception):
    """Something was read that may not come out."""


def hold(document: Document) -> None:
    """Hold a document against what holds of all."""
    for item in document.items:
        hold_item(item)
    for one in document.rejected:
        if not one.reason:
            raise Broken(f"item {one.position} is rejected for no reason")
        hold_words((one.name, one.reason), f"rejected.{one.position}")
    hold_words(document.hints, "hints")


def hold_item(item: Item) -> None:
    """Hold an item against what holds of all."""
    if not item.guid:
        raise Broken("an item has no guid")
    for path, value in inside(item, "item"):
        if isinstance(value, datetime):
            hold_moment(value, path)
    hold_words(item, "item")
    hold_clean(item.body)
    if item.carries and (not item.patch or not FIELDS.issuperset(item.carries)):
        raise Broken(f"a part ({item.patch!r}) carries {item.carries}")


def hold_words(value: Any, path: str) -> None:
    """Hold all words inside a value against what holds of all: nothing in them is unseen."""
    for where, one in inside(value, path):
        if isinstance(one, str) and (found := UNSEEN.search(one)):
            raise Broken(f"{where} has {found[0]!a}: {one!a:.200}")


def hold_moment(at: datetime, path: str) -> None:
    """Hold a moment against what holds of all: it is aware, and in UTC."""
    if at.tzinfo is not UTC:
        raise Broken(f"{path} is not in UTC: {at!r}")


def hold_clean(body: str) -> None:
    """Hold a cleaned body against what cleaning promises."""
    for again in (clean(body), one_pass(body, "")):
        if again != body:
            raise Broken(f"cleaned again, it differs: {body!a:.500} and {again!a:.500}")
    if found := UNSEEN.search(body):
        raise Broken(f"a cleaned body has {found[0]!a}")


def inside(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Give each plain value inside another, with the way to it."""
    if isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from inside(one, f"{path}.{place}")
    elif is_dataclass(value):
        for one in fields(value):
            yield from inside(getattr(value, one.name), f"{path}.{one.name}")
    else:
        yield path, value
