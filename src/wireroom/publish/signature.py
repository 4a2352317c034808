"""The agency's tag after its text: ``(ANI)``, once."""

import re
from functools import cache
from html import escape

from wireroom.wire.models import Provider

#: Signs at the end of a text among which the tag is looked for, and how often.
LOOKED_AT, OFTEN = 500, 20
PIECE = re.compile(r"<[^<>]*>|[^<]+|<")
#: Nothing that a reader sees; a no-break space, written out, is white already.
BLANKS = ("&nbsp;", "&#160;", "&#xa0;", "\u200b", "\ufeff")
BREAK = re.compile(r"<(?:br|hr|wbr)\s*/?>", re.IGNORECASE)
OPENING = re.compile(r"<(?P<name>[a-z][a-z0-9]*)[^<>]*>", re.IGNORECASE)
CLOSING = re.compile(r"</(?P<name>[a-z][a-z0-9]*)\s*>", re.IGNORECASE)
SPACE = r"(?:\s|&nbsp;|&\#160;)"
#: What may stand among the tag's words and brackets: space, breaks, weight.
GAP = rf"(?:{SPACE}|<br\s*/?>|</?(?:a|b|em|font|i|small|span|strong|u)\b[^<>]*>)*+"


@cache
def _tagged(tag: str) -> re.Pattern[str]:
    """Find the tag alone in the last brackets."""
    words = rf"{SPACE}+".join(re.escape(escape(word, quote=False)) for word in tag.split())
    return re.compile(rf"[(\[]{GAP}{words}{GAP}[)\]]{GAP}(?:\.{GAP})?\Z", re.IGNORECASE)


def tag_of(provider: Provider) -> str:
    """Say what stands in the tag and the agency's line: its tag, else its name."""
    return provider.tag.strip() or provider.name


def unsigned(body: str, tag: str) -> str:
    """Take the tag off the end of a body, however often it stands there."""
    if not tag.strip():
        return body
    left = body
    for _ in range(OFTEN):
        words, ends = _unhollowed(left)
        tail = words[-LOOKED_AT:]
        if (found := _tagged(tag).search(tail)) is None:
            return left if left is body else words + ends
        kept = words[: len(words) - len(tail)] + tail[: found.start()]
        left = kept + _unmatched(found[0]) + ends
    return left


def _unhollowed(body: str) -> tuple[str, str]:
    """Part a body into what comes up to its last word and the ends of elements after it."""
    pieces, ends = PIECE.findall(body), list[str]()
    while pieces:
        last = pieces[-1]
        if closing := CLOSING.fullmatch(last):
            ends.append(closing["name"])
        elif opening := OPENING.fullmatch(last):
            if BREAK.fullmatch(last) is None:
                if ends[-1:] != [opening["name"]]:
                    break
                ends.pop()
        elif words := _stripped(last):
            pieces[-1] = words
            break
        pieces.pop()
    return "".join(pieces), "".join(f"</{name}>" for name in reversed(ends))


def _stripped(words: str) -> str:
    """Take what nobody sees off the end of words."""
    while (shorter := words.rstrip()) != words or shorter.endswith(BLANKS):
        words = shorter
        for blank in BLANKS:
            words = words.removesuffix(blank)
    return words


def _unmatched(markup: str) -> str:
    """Keep the tags of a stretch whose other half stands outside it."""
    opened, kept = list[str](), list[str]()
    for piece in PIECE.findall(markup):
        if closing := CLOSING.fullmatch(piece):
            matches = opened and OPENING.fullmatch(opened[-1])
            if matches and matches["name"] == closing["name"]:
                opened.pop()
            else:
                kept.append(piece)
        elif OPENING.fullmatch(piece) and BREAK.fullmatch(piece) is None:
            opened.append(piece)
    return "".join([*kept, *opened])
