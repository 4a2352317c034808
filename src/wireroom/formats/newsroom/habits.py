"""What single agencies do otherwise than the standards say, put right in an item of any format.

    asides      what the body says to editors goes to their note
    | tail        an agency's tag at the end stands once
    | escaped     markup that was escaped once too often is markup again
    | pointers    what captions say to editors goes

What stands before a headline is read where the headline is, since signals need it.
"""

import re
from dataclasses import replace
from typing import Final

from wireroom.formats.bodies.clean import clean
from wireroom.formats.bodies.text import text_of
from wireroom.formats.item import Item, Picture
from wireroom.formats.providers.quirks import Quirk

from .asides import parted

#: Characters at the end of a text in which signs of contacts are looked for.
END: Final = 3_000
_TAG: Final = re.compile(
    r"\s*<(?:p|div|br|b|strong|em|h[1-6]|ul|span)\b[^<>]{0,200}>", re.IGNORECASE
)


def put_right(item: Item, quirk: Quirk) -> Item:
    """Give an item without what its agency does otherwise."""
    if item.body:
        if quirk.escaped_twice and _TAG.match(item.text):
            item = _unescaped(item)
        if quirk.to_editors or _may_name_contacts(item.text[-END:]):
            item = _without_asides(item, quirk)
        if quirk.tail and item.text.count(quirk.tail) > 1:
            item = _one_tail(item, quirk.tail)
    if quirk.pointer and item.pictures:
        item = replace(item, pictures=tuple(_shown(one, quirk.pointer) for one in item.pictures))
    return item


def _may_name_contacts(end: str) -> bool:
    """Look for signs of contacts: single characters, which are found at once, before "00"."""
    return "@" in end or "+" in end or "(" in end or ("0" in end and "00" in end)


def _unescaped(item: Item) -> Item:
    body = clean(item.text)
    note = "the body was escaped once too often"
    return replace(item, body=body, text=text_of(body), notes=(*item.notes, note))


def _without_asides(item: Item, quirk: Quirk) -> Item:
    """Move what a body says to editors to their note."""
    notes: list[str] = []
    body, asides = parted(item.body, quirk, notes)
    if not asides:
        return item
    ednote = "\n\n".join(dict.fromkeys(one for one in (item.ednote, *asides) if one))
    return replace(item, body=body, text=text_of(body), ednote=ednote, notes=(*item.notes, *notes))


def _one_tail(item: Item, tail: str) -> Item:
    twice = re.compile(rf"({re.escape(tail)})(?:(?:\s|</?p>)*{re.escape(tail)})+")
    return replace(item, body=twice.sub(r"\1", item.body), text=twice.sub(r"\1", item.text))


def _shown(picture: Picture, pointer: re.Pattern[str]) -> Picture:
    """Cut what a caption says to editors."""
    caption = pointer.sub("", picture.caption)
    return picture if caption == picture.caption else replace(picture, caption=caption)
