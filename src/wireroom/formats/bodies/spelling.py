"""Markup spelled as the cleaner spells it, so that one pass of it has nothing to change.

Only a shorter way: the cleaner reads what is written here like anything else, and what is
left alone here it puts right.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import Final

from .allowed import ATTRIBUTES, REL, TAGS, USUAL, attribute
from .markup import tag_name
from .text import escaped, seen

#: Tags that a browser's parser builds nothing upon.
_IDLE: Final = frozenset({"span", "/span", "img", "wbr", "font", "/font"})
_ATTRIBUTE: Final = re.compile(r"""([A-Za-z-]+)=(?:"([^"]*)"|'([^']*)')""")
#: The usual link; what else it says may not stay.
_LINK: Final = re.compile(rf'<a href="({USUAL})"(?: (?:target|rel|class|id|style)="[^"]*")*>')
_OWN: Final = re.compile("&(?:amp|lt|gt|nbsp);")


def spelled(pieces: Sequence[str], base: str) -> list[str]:
    """Spell text and tags, by turns, that were plainly written."""
    texts = [
        _text(text) if "&" in text or ">" in text or "\xa0" in text else text
        for text in pieces[::2]
    ]
    tags = [_tag(tag, base) for tag in pieces[1::2]]
    both = [""] * len(pieces)
    both[::2], both[1::2] = texts, tags
    return both


def _text(text: str) -> str:
    """Write text with no more references than it needs."""
    if text.count("&") != len(_OWN.findall(text)) or ">" in text:
        text = escaped(seen(unescape(text)))
    return text.replace("\xa0", "&nbsp;")


@lru_cache(maxsize=1_024)
def _tag(tag: str, base: str) -> str:
    """Write a tag without the attributes that may not stay; one that is idle is nothing."""
    if link := _LINK.fullmatch(tag):
        return f'<a href="{link[1]}" rel="{REL}">'
    name = tag_name(tag)
    if name in _IDLE:
        return ""
    if name.removeprefix("/") not in TAGS:
        return tag
    allowed = ATTRIBUTES.get(name, ())
    kept = {}
    for key, one, two in _ATTRIBUTE.findall(tag) if allowed else ():
        if (key := key.lower()) in allowed and key not in kept:
            kept[key] = attribute(name, key, seen(unescape(one or two)), base)
    if name == "a":
        kept["rel"] = REL
    said = (f' {key}="{_quoted(value)}"' for key, value in kept.items() if value is not None)
    return f"<{name}{''.join(said)}>"


def _quoted(value: str) -> str:
    return escaped(value).replace('"', "&quot;")
