"""What is addressed to editors inside a body: taken out of it, and told to them.

Paragraphs at its head that the provider's pattern matches whole, and contacts below a border
at its end. Nothing else is touched: words that only look alike may be the story's.
"""

import re
from typing import Final

from wireroom.formats.bodies.text import text_of
from wireroom.formats.providers.quirks import Quirk

#: A paragraph, as the cleaner writes it; nothing else may stand in it but inline markup.
_PARAGRAPH: Final = re.compile(r"\s*<p>([^<]*+(?:<(?!/?p>)[^<]*+)*+)</p>")
#: A line drawn with a ruler, or with the signs of a typewriter.
_BORDER: Final = re.compile(r"<hr>|<p>\s*(?:[*_=~+#.\u2013\u2014-]\s*){3,40}</p>")
_BLOCKS: Final = re.compile(r"</?(?:div|blockquote|[uo]l|li|d[ltd]|table|t[rdh]|pre|h\d|figure)\b")
#: A telephone number or a mail address; a body's years and sums are neither.
CONTACT: Final = re.compile(
    r"(?<![\w.])(?:\+|00)\d[\d ()/.-]{6,24}\d|\(\d{2,5}\)[ ]?\d[\d -]{4,14}\d"
    r"|\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}\w"
)
#: Below a border more than this is a part of the story.
_MOST: Final = 3_000


def parted(body: str, quirk: Quirk, notes: list[str]) -> tuple[str, list[str]]:
    """Give a cleaned body without what is addressed to editors, and that."""
    to_editors: list[str] = []
    if quirk.to_editors:
        place = 0
        while first := _PARAGRAPH.match(body, place):
            said = text_of(first[1])
            if not quirk.to_editors.fullmatch(said):
                break
            to_editors.append(said)
            place = first.end()
        body = body[place:]
    body, below = _above_border(body)
    if to_editors:
        notes.append("the body began with words to editors: moved to their note")
    if below:
        notes.append("the body ended with contacts below a border: moved to the editors' note")
        to_editors.append(below)
    return body, to_editors


def _above_border(body: str) -> tuple[str, str]:
    """Part a body at the last border that only contacts follow."""
    borders = list(_BORDER.finditer(body, max(0, len(body) - 2 * _MOST)))
    if not borders:
        return body, ""
    border = borders[-1]
    rest = body[border.end() :]
    said = [text_of(one) for one in _PARAGRAPH.findall(rest)]
    plain = not _PARAGRAPH.sub("", rest).strip() and not _BLOCKS.search(rest)
    reached = sum(bool(CONTACT.search(one)) for one in said)
    if not plain or not reached or 2 * reached < len(said) or len(rest) > _MOST:
        return body, ""
    return body[: border.start()], "\n\n".join(said)
