"""The words of an item, and its text where that stands inside."""

import re
from typing import Final

from wireroom.formats.bodies.clean import clean_and_read
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Signal
from wireroom.formats.ninjs import words as common
from wireroom.formats.ninjs.fields import Fields
from wireroom.formats.nitf import html_of
from wireroom.formats.providers.quirks import Quirk
from wireroom.formats.syntax.xml import Malformed, root

#: Where the text stands, when the agency's customer asked for it in the item: NITF.
INLINE: Final = "body_nitf"

#: What stands around a whole text, or does not.
_BEGIN, _END = "<nitf><body><body.content>", "</body.content></body></nitf>"
_AROUND: Final = frozenset({0, len(_BEGIN + _END)})
_INLINE: Final = "|".join(
    (
        r'<a href="[^"<>\s]++"(?: rel="[\w -]*+")?+>[^<]*+</a>',
        *(rf"<{name}>[^<]*+</{name}>" for name in ("em", "strong", "b", "i")),
    )
)
#: Paragraphs with links and emphasis, closed in order: NITF and HTML write and mean them alike.
#: One alone would be the root of its document, which is not written.
_PARAGRAPHS: Final = re.compile(rf"[ \n]*+(?:<p>[^<]*+(?:(?:{_INLINE})[^<]*+)*+</p>[ \n]*+){{2,}}+")
#: What XML and HTML write in different ways.
_DIFFERENT: Final = re.compile(r"&(?!(?:amp|lt|gt);)")

ednote = common.ednote
first_sentence = common.first_sentence


def headline(fields: Fields, quirk: Quirk) -> tuple[str, Signal]:
    """Give the headline without its mark, and what the mark says."""
    return common.unmarked(fields.line("headline", "title"), quirk)


def standfirst(fields: Fields) -> str:
    """Give the longer headline or the summary."""
    return fields.line("headline_extended", "description_summary")


def body(fields: Fields, base: str) -> tuple[str, str]:
    """Give the body, cleaned, and its text; empty where it stands elsewhere."""
    said = fields.text(INLINE)
    if not said:
        fields.notes.append("its text is not inside")
        return "", ""
    inside = said.removeprefix(_BEGIN).removesuffix(_END)
    if len(said) - len(inside) in _AROUND and _is_plain(inside):
        return clean_and_read(inside, base=base)
    try:
        element, _ = root(f"<nitf>{said}</nitf>".encode() if said[:1] != "<" else said.encode())
    except (Malformed, Unreadable):
        # Several elements side by side, as under body.content.
        return _loose(fields, said, base)
    return clean_and_read(html_of(element), base=base)


def _is_plain(inside: str) -> bool:
    """Say whether a text is read alike as NITF and as HTML."""
    if "]" in inside or "\r" in inside or _DIFFERENT.search(inside):
        return False
    return _PARAGRAPHS.fullmatch(inside) is not None


def _loose(fields: Fields, said: str, base: str) -> tuple[str, str]:
    try:
        element, _ = root(f"<body.content>{said}</body.content>".encode())
    except (Malformed, Unreadable):
        fields.notes.append(f"{INLINE} is not well-formed: read as HTML")
        return clean_and_read(said, base=base)
    return clean_and_read(html_of(element), base=base)
