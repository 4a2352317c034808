"""The text of a story out of its own page on its agency's site.

It is read in the sandbox only: what finds the text among menus and notices is large, and what
it is given comes from strangers.
"""

import logging
import re
from typing import Final

from trafilatura import extract

from .bodies.clean import clean_and_read
from .errors import Unreadable

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

#: Lines that were begun for the eye alone, before blocks, and what is around them all.
LAYOUT: Final = re.compile(
    r"\n\s*(?=</?(?:p|h[1-6]|[uod]l|li|d[td]|blockquote|pre|hr|table|t[rdh])\b)|</?(?:html|body)>\s*"
)
#: Signs of a text, at most: what is longer is a book, or an archive.
LONGEST: Final = 100_000


def read(raw: bytes, charset: str, address: str) -> tuple[str, str]:
    """Find the text of a page: as a clean body, and its words.

    Raises:
        Unreadable: The page has no text that could be told from the rest.
    """
    found = extract(
        _decoded(raw, charset),
        url=address,
        output_format="html",
        favor_precision=True,
        include_comments=False,
        include_formatting=True,
        include_links=True,
    )
    return taken(found or "", address)


def taken(found: str, address: str) -> tuple[str, str]:
    """Clean what was found, and read its words.

    Raises Unreadable where it has none, or more than a story.
    """
    body, text = clean_and_read(LAYOUT.sub("", found), base=address)
    if not text.strip():
        raise Unreadable("the page has no text that could be told from the rest")
    if len(text) > LONGEST:
        raise Unreadable(f"the page's text has {len(text)} signs")
    return body, text


def _decoded(raw: bytes, charset: str) -> str | bytes:
    """Decode as the transport says; where that is no help, the page's own words are gone by."""
    try:
        return raw.decode(charset) if charset else raw
    except (LookupError, UnicodeDecodeError):
        return raw
