"""Markup spelled as the cleaner spells it, so that one pass of it has nothing to change.

Only a shorter way: the cleaner reads what is written here like anything else, and what is
left alone here it puts right. Of what is ``orderly`` it need not be asked.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import Final

from .allowed import ATTRIBUTES, REL, TAGS, USUAL, attribute
from .markup import tag_name, value_of
from .text import escaped, seen

#: Tags that a browser's parser builds nothing upon.
_IDLE: Final = frozenset({"span", "/span", "img", "wbr", "font", "/font"})
_ATTRIBUTE: Final = re.compile(r"""([A-Za-z-]+)=(?:"([^"]*)"|'([^']*)')""")
#: Tags that are spelled so already.
_AS_THEY_ARE: Final = frozenset(f"<{end}{name}>" for name in TAGS - {"a"} for end in ("", "/")) | {
    "</a>"
}
#: The usual link; what else it says may not stay.
_LINK: Final = re.compile(rf'<a href="({USUAL})"(?: (?:target|rel|class|id|style)="[^"]*")*>')
_OWN: Final = re.compile("&(?:amp|lt|gt|nbsp);")

#: Elements inside a paragraph, each closed before the next begins: their tags in a row.
_INSIDE: Final = (
    rf'(?:<a href="{USUAL}" rel="{REL}"></a>|<br>'
    "|<b></b>|<i></i>|<em></em>|<strong></strong>|<u></u>|<s></s>|<sub></sub>|<sup></sup>)*+"
)
#: The tags of a body that every parser reads alike, and a cleaner leaves as they are.
_ORDERLY: Final = re.compile(
    rf"(?:<p>{_INSIDE}</p>|<h2>{_INSIDE}</h2>|<h3>{_INSIDE}</h3>"
    rf"|<ul>(?:<li>{_INSIDE}</li>)*+</ul>|<ol>(?:<li>{_INSIDE}</li>)*+</ol>"
    rf"|<blockquote>(?:<p>{_INSIDE}</p>)*+</blockquote>)*+"
)


def spelled(pieces: Sequence[str], base: str) -> list[str]:
    """Spell text and tags, by turns, that were plainly written."""
    both = list(pieces)
    whole = "".join(pieces)
    if "&" in whole or "\xa0" in whole or whole.count(">") != len(pieces) // 2:
        both[::2] = [
            _text(text) if "&" in text or ">" in text or "\xa0" in text else text
            for text in pieces[::2]
        ]
    both[1::2] = [tag if tag in _AS_THEY_ARE else _tag(tag, base) for tag in pieces[1::2]]
    return both


def orderly(pieces: Sequence[str]) -> bool:
    """Say whether what was spelled is such that the cleaner surely leaves it as it is.

    Only paragraphs, subheads, lists and quotations, with the plainest of what they may hold;
    all else is the cleaner's to judge.
    """
    return _ORDERLY.fullmatch("".join(pieces[1::2])) is not None


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
            kept[key] = attribute(name, key, seen(value_of(one or two)), base)
    if name == "a":
        kept["rel"] = REL
    said = (f' {key}="{_quoted(value)}"' for key, value in kept.items() if value is not None)
    return f"<{name}{''.join(said)}>"


def _quoted(value: str) -> str:
    return escaped(value).replace('"', "&quot;")
