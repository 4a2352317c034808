"""Where the entries of a feed stand in its bytes, and where it was cut off.

For feeds that are not well-formed: a connection that ends early leaves half an entry, which
must not pass for the whole of it.
"""

import re
from typing import Final

from wireroom.formats.syntax.characters import utf8

#: What is no markup; left open, it goes on to the end.
_HIDDEN: Final = re.compile(rb"<!--(?:.*?-->|.*)|<!\[CDATA\[(?:.*?\]\]>|.*)", re.DOTALL)
_BEGIN: Final = re.compile(
    rb"<(?:[\w.-]{1,40}:)?(?:item|entry)(?:\s[^<>]*)?>", re.DOTALL | re.IGNORECASE
)
_END: Final = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:item|entry)\s*>", re.IGNORECASE)
_LAST: Final = re.compile(rb"</(?:[\w.-]{1,40}:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)


def entries(text: bytes) -> tuple[list[bytes], bool]:
    """Give the bytes of each entry, and whether the last one lacks its end."""
    markup = _HIDDEN.sub(lambda found: b" " * len(found[0]), text)
    begins = [found.start() for found in _BEGIN.finditer(markup)]
    pieces = []
    whole = True
    for begin, after in zip(begins, (*begins, len(text))[1:], strict=True):
        ends = [found.end() for found in _END.finditer(markup, begin, after)]
        whole = bool(ends)
        pieces.append(text[begin : ends[-1] if ends else after])
    return pieces, not whole and not _LAST.search(markup)


def is_closed(raw: bytes, charset: str = "") -> bool:
    """Say whether the feed comes to its end, as one that was cut off does not."""
    markup = _HIDDEN.sub(b" ", utf8(raw, charset)[0])
    return bool(_LAST.search(markup) or (_END.search(markup) and len(_BEGIN.findall(markup)) == 1))


def holds_entries(raw: bytes, charset: str = "") -> bool:
    """Say whether an entry begins anywhere in a feed."""
    return _BEGIN.search(_HIDDEN.sub(b" ", utf8(raw, charset)[0])) is not None
