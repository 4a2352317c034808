"""JSON that cannot be read in two ways, and cannot cost more than its bytes (P10).

RFC 8259. Names that stand twice in an object, NaN and infinities, values too deep and
numbers too long are refused: two readers would make different things of them.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from .errors import Unreadable

#: More than any wire nests; Python's own reader ends at about a thousand.
DEPTH: Final = 100
#: What eight bytes hold, and some.
DIGITS: Final = 20

_STRINGS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_HALVES: Final = re.compile("[\ud800-\udfff]")


def load(raw: bytes) -> Any:
    """Read a JSON document.

    Raises Unreadable when it is none, or none that all would read alike.
    """
    text = decoded(raw)
    if _depth(text.encode("utf-8", "surrogatepass")) > DEPTH:
        raise Unreadable(f"its values nest deeper than {DEPTH}")
    try:
        value = DECODER.decode(text.strip())
    except json.JSONDecodeError as error:
        raise Unreadable(f"not JSON: {error}") from error
    except RecursionError as error:
        raise Unreadable(f"its values nest deeper than {DEPTH}") from error
    return _whole(value) if "\\ud" in text or "\\uD" in text else value


def decoded(raw: bytes) -> str:
    """Give the text of JSON bytes: UTF-8, or UTF-16 and UTF-32 as their zeros tell.

    Raises Unreadable when the bytes are not what they seem to be.
    """
    try:
        text = raw.decode(json.detect_encoding(raw))
    except UnicodeDecodeError as error:
        raise Unreadable(f"not JSON: {error}") from error
    return text.removeprefix("\ufeff")


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


def _pairs(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object whose names stand once."""
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise Unreadable(f"not JSON that all read alike: the name {name[:60]!r} stands twice")
        made[name] = value
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
