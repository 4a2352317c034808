"""JSON that cannot be read in two ways, and cannot cost more than its bytes (P10).

RFC 8259. Names that stand twice in an object, NaN and infinities, values too deep and
numbers too long are refused: two readers would make different things of them.
"""

import json
import re
from typing import Any, Final

from wireroom.formats.errors import Unreadable

from .characters import utf8

#: More than any wire nests; Python's own reader ends at about a thousand.
DEPTH: Final = 100
#: What eight bytes hold, and some.
DIGITS: Final = 20

_BRACKETS: Final = (b"{", b"[")
_STRINGS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_CONTROL: Final = re.compile("[\x00-\x1f]")
_DROPPED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: Half of a character, or all of some letters, written by number.
_WRITTEN_HALF: Final = re.compile(r"\\u[dD]")
_HALVES: Final = re.compile("[\ud800-\udfff]")


def load(raw: bytes, charset: str = "", notes: list[str] | None = None) -> Any:
    """Read a JSON document; what was mended in it goes to ``notes``.

    Raises Unreadable when it is none, or none that all would read alike.
    """
    return loaded(decoded(raw, charset, notes), notes)


def loaded(text: str, notes: list[str] | None = None) -> Any:
    """Read the text of a JSON document; control characters in its strings are dropped.

    Raises Unreadable when it is none, or none that all would read alike.
    """
    try:
        value, mended = _value(text)
    except Unreadable:
        check_depth(text)  # that it is too deep is said sooner than anything else
        raise
    except RecursionError as error:
        raise Unreadable(f"its values nest deeper than {DEPTH}") from error
    if _may_nest(text) and _is_deep(value):
        raise Unreadable(f"its values nest deeper than {DEPTH}")
    if mended and notes is not None:
        notes.append("control characters dropped")
    return _whole(value) if _WRITTEN_HALF.search(text) else value


def _value(text: str) -> tuple[Any, bool]:
    """Read a value, as deep as Python's own reader goes; say whether it had to be mended."""
    try:
        return DECODER.decode(text.strip()), False
    except json.JSONDecodeError as error:
        if _CONTROL.search(text) is None:
            raise Unreadable(f"not JSON: {error}") from error
    return _without_controls(text), True


def _without_controls(text: str) -> Any:
    """Read what would be JSON without its control characters; ends of lines may stay."""
    try:
        return TOLERANT.decode(_DROPPED.sub("", text).strip())
    except json.JSONDecodeError as error:
        raise Unreadable(f"not JSON: {error}") from error


def decoded(raw: bytes, charset: str = "", notes: list[str] | None = None) -> str:
    """Give the text of JSON bytes: UTF-8, or UTF-16 and UTF-32 as their zeros tell.

    What is none of these is in the transport's charset; single bytes that are no UTF-8 are
    Windows-1252. Raises Unreadable when the bytes are not what they seem to be.
    """
    # The rule: it begins with a bracket, and UTF-16 and UTF-32 would have a zero beside it.
    usual = raw.startswith(_BRACKETS) and raw[1:2] != b"\0"
    encoding = "utf-8" if usual else json.detect_encoding(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        if not encoding.startswith("utf-8"):
            raise Unreadable(f"not JSON: {error}") from error
        mended, doubts = utf8(raw, charset)
        text = mended.decode("utf-8")
        if notes is not None:
            notes += doubts
    return text.removeprefix("\ufeff")


def check_depth(text: str) -> None:
    """Raise Unreadable where values nest so deep that reading them costs too much."""
    if text.count("{") + text.count("[") <= DEPTH:
        return
    if _depth(text.encode("utf-8", "surrogatepass")) > DEPTH:
        raise Unreadable(f"its values nest deeper than {DEPTH}")


def _depth(raw: bytes) -> int:
    """Count how deep the brackets nest, strings left out."""
    brackets = _STRINGS.sub(b"", raw) if b'"' in raw else raw
    brackets = brackets.translate(None, delete=_NO_BRACKETS)
    deep = deepest = 0
    for bracket in brackets:
        deep += 1 if bracket in b"{[" else -1
        deepest = max(deepest, deep)
        if deepest > DEPTH:
            break
    return deepest


def _may_nest(text: str) -> bool:
    """Say whether a text has so many brackets that its values could nest too deep."""
    found = 0
    for bracket in "{[":
        place = text.find(bracket)
        while place >= 0 and found <= DEPTH:
            found += 1
            place = text.find(bracket, place + 1)
    return found > DEPTH


def _is_deep(value: Any) -> bool:
    """Say whether lists and objects that were read nest deeper than they may."""
    level = [value] if isinstance(value, list | dict) else []
    for _ in range(DEPTH):
        level = [
            one
            for held in level
            for one in (held.values() if isinstance(held, dict) else held)
            if isinstance(one, (list, dict))
        ]
        if not level:
            return False
    return True


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object whose names stand once."""
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    names = set()
    for name, _ in pairs:
        if name in names:
            raise Unreadable(f"not JSON that all read alike: the name {name[:60]!r} stands twice")
        names.add(name)
    return made


def _whole(value: Any) -> Any:
    """Put a sign for halves of characters that were written without their other half."""
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {_whole(name): _whole(one) for name, one in value.items()}
    return value


def _number(digits: str) -> int:
    """Read a whole number of a sane length."""
    if len(digits) > DIGITS:
        raise Unreadable(f"a number of {len(digits)} digits")
    return int(digits)


def _constant(name: str) -> Any:
    """Refuse what is no JSON."""
    raise Unreadable(f"not JSON: {name}")


_NO_BRACKETS: Final = bytes(c for c in range(256) if c not in b"{}[]")
DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_number, parse_constant=_constant
)
#: The same for text with ends of lines and tabs in its strings.
TOLERANT: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_number, parse_constant=_constant, strict=False
)
