"""The items of a list in JSON as they stand in its text, each read by nobody yet.

RFC 8259. What is wrong inside one item costs that item alone.
"""

import json
import re
from collections.abc import Collection
from typing import Final

from wireroom.formats.errors import Unreadable

from .jsons import check_depth

_GAP: Final = re.compile(r"[ \t\n\r]*")
#: It only looks where values end; numbers cost nothing.
_ENDS: Final = json.JSONDecoder(parse_int=len, parse_float=len, parse_constant=len, strict=False)


def pieces(text: str, names: Collection[str]) -> list[str]:
    """Give the texts of a list's items; the list stands alone or under one of ``names``.

    Raises Unreadable when the text is no JSON even at a glance, or holds no such list.
    """
    check_depth(text)
    try:
        start = _list(text, _skip(text, 0), names)
        return [text[begin:end] for begin, end in _spans(text, start, "]")]
    except (ValueError, IndexError, RecursionError) as error:
        raise Unreadable(f"not a list in JSON: {error}") from error


def member(text: str, name: str) -> str:
    """Give the text of what stands under a name of an object, whatever it is.

    Raises Unreadable when the text is no object even at a glance, or has no such name.
    """
    check_depth(text)
    try:
        for begin, end in _spans(text, _skip(text, 0), "}"):
            said, after = _ENDS.raw_decode(text, begin)
            if said == name:
                return text[_skip(text, _skip(text, after) + 1) : end]
    except (ValueError, IndexError, RecursionError) as error:
        raise Unreadable(f"not an object in JSON: {error}") from error
    raise Unreadable(f"it has no {name}")


def _list(text: str, start: int, names: Collection[str]) -> int:
    """Find where the list begins."""
    if text[start] != "{":
        return start
    found = []
    for begin, _ in _spans(text, start, "}"):
        name, after = _ENDS.raw_decode(text, begin)
        value = _skip(text, _skip(text, after) + 1)
        if name in names and text[value] == "[":
            found.append(value)
    if len(found) != 1:
        raise ValueError(f"it has {len(found)} lists of items")
    return found[0]


def _spans(text: str, start: int, closing: str) -> list[tuple[int, int]]:
    """Give where each member of a list, or each pair of an object, begins and ends."""
    if text[start] != {"]": "[", "}": "{"}[closing]:
        raise ValueError("it is no list")
    spans = []
    place = _skip(text, start + 1)
    while text[place] != closing:
        end = _ENDS.raw_decode(text, place)[1]
        if closing == "}":
            colon = _skip(text, end)
            if text[place] != '"' or text[colon] != ":":
                raise ValueError("a name without a value")
            end = _ENDS.raw_decode(text, _skip(text, colon + 1))[1]
        spans.append((place, end))
        place = _skip(text, end)
        if text[place] == ",":
            place = _skip(text, place + 1)
        elif text[place] != closing:
            raise ValueError("members without a comma")
    return spans


def _skip(text: str, place: int) -> int:
    found = _GAP.match(text, place)
    return found.end() if found else place
