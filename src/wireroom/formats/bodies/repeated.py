"""What a body repeats from the fields beside it: taken out, since it is shown there."""

import re
from typing import Final

from .text import escaped, text_of

#: A heading or a paragraph at the head of a cleaned body; blocks around it may stay open.
_FIRST: Final = re.compile(
    r"(?P<before>(?:\s|<(?:div|section|article)>)*+)"
    r"<(?P<name>p|h[1-6])>(?P<inside>[^<]*+(?:<(?!/?(?:p|h[1-6])>)[^<]*+)*+)</(?P=name)>",
)
#: So many of them are looked at.
_MOST: Final = 6

#: Of each so many characters tell at a glance that it repeats nothing.
_GLANCE: Final = 100


def unrepeated(body: str, said: tuple[str, ...], dateline: str) -> str:
    """Give a cleaned body without the fields that it begins with, and without its dateline.

    Only what is repeated word by word goes; a body that has nothing else stays whole.
    """
    fields = {" ".join(one.split()) for one in (*said, dateline) if one.strip()}
    place, kept = 0, []
    for _ in range(_MOST):
        first = _FIRST.match(body, place)
        if not first or _differs(first["inside"], fields):
            break
        words = " ".join(text_of(first["inside"]).split())
        if words and words not in fields:
            break
        kept.append(first["before"])
        place = first.end()
    if place and text_of(shorter := "".join(kept) + body[place:]):
        body = shorter
    return _undated(body, dateline)


def _differs(inside: str, fields: set[str]) -> bool:
    """Say whether words begin as no field does; the last one may go on behind a tag."""
    begun = " ".join(inside[:_GLANCE].partition("<")[0].partition("&")[0].split()[:-1])
    return bool(begun) and not any(one.startswith(begun) for one in fields)


def _undated(body: str, dateline: str) -> str:
    """Cut the dateline from the first paragraph, where more words follow."""
    begin = escaped(" ".join(dateline.split()))
    first = _FIRST.match(body) if begin else None
    if not first:
        return body
    words = first["inside"].lstrip()
    spelled = r"\s+".join(re.escape(word) for word in begin.split())
    found = re.match(rf"{spelled}\s*", words)
    if not found or not text_of(words[found.end() :]):
        return body
    start = first.start("inside")
    return body[:start] + words[found.end() :] + body[first.end("inside") :]
