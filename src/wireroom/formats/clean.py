"""Bodies made safe for readers' browsers: nh3, hardened, to a fixpoint.

bounds     too large, too deep, too many attributes: the words alone are kept
| strip      control characters and marks that turn text about
| resolve    relative links, against where the document came from
| nh3        a list of what may stay; twice, since once is not stable
"""

import re
from functools import lru_cache
from threading import local
from typing import Final
from urllib.parse import urljoin, urlsplit

import nh3

from .bounds import WORDS, settled, within
from .markup import HIDDEN
from .text import paragraphs, seen, text_of

#: What may stand in a body. Pictures are not among it: pages show our own copies.
TAGS: Final = frozenset(
    [
        "a",
        "b",
        "bdi",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "ins",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "rt",
        "ruby",
        "s",
        "small",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
    ]
)
ATTRIBUTES: Final = {
    "a": {"href", "title", "hreflang"},
    "time": {"datetime"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "ins": {"cite", "datetime"},
    "del": {"cite", "datetime"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type"},
}
SCHEMES: Final = frozenset({"http", "https", "mailto"})
REL: Final = "noopener noreferrer nofollow"
#: After so many passes without a fixpoint the words alone are kept; two are the rule.
PASSES: Final = 5

_ADDRESSES: Final = frozenset({"href", "cite"})
_NUMBERS: Final = frozenset({"colspan", "rowspan", "start"})
_WORDS: Final = frozenset({"scope", "type", "hreflang"})
_DIGITS: Final = re.compile(r"[0-9]{1,4}")
_WORD: Final = re.compile(r"[A-Za-z0-9-]{1,35}")
_UNFIT: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"'`\u200b-\u200f\u2028-\u202e\u2060-\u2069]")
_here = local()


def clean(html: str, *, base: str = "") -> str:
    """Give a body that no browser can be harmed by.

    Args:
        html: A fragment or a page, whatever its state.
        base: Address that its relative links start from; without one they are dropped.

    Returns:
        HTML that cleaning does not change again.
    """
    html = seen(html)
    if "<" not in html and "&" not in html:
        html = html.replace("\r\n", "\n").replace("\r", "\n")
        return html.replace(">", "&gt;").replace("\xa0", "&nbsp;")
    if not within(html):
        return _words(html)
    _here.base = base
    before = seen(_FIRST.clean(html))
    for _ in range(PASSES):
        after = seen(_AGAIN.clean(before))
        if after == before:
            return after if settled(after) else _words(after)
        before = after
    return _words(before)


def _words(html: str) -> str:
    """Give a body's words alone, in paragraphs, as many as the bounds allow."""
    text = text_of(html[:WORDS])
    made = paragraphs(text)
    while len(made) > WORDS:  # escaped, it is longer
        text = text[: len(text) * WORDS // len(made) - 1]
        made = paragraphs(text)
    return made


def _check(tag: str, name: str, value: str) -> str | None:
    """Keep an attribute's value, put it right, or drop it."""
    if name in _ADDRESSES:
        return _address(value, "" if tag != "a" or name != "href" else "mailto")
    if name in _NUMBERS:
        return value if _DIGITS.fullmatch(value) else None
    if name in _WORDS:
        return value if _WORD.fullmatch(value) else None
    return value


#: How an address begins that needs no other to be resolved against.
_WHOLE: Final = ("https://", "http://")


def _resolve(tag: str, name: str, value: str) -> str | None:
    """Check an attribute, its address taken from where the document came from."""
    if name in _ADDRESSES and (base := _here.base) and not value.startswith(_WHOLE):
        try:
            value = urljoin(base, value.strip())
        except ValueError:
            return None
    return _check(tag, name, value)


@lru_cache(maxsize=1_024)  # each is asked about once in every pass
def _address(value: str, besides: str) -> str | None:
    """Keep an absolute address of a web page, or of another scheme that is allowed."""
    value = value.strip().replace(" ", "%20")
    if _UNFIT.search(value):
        return None
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 (read, because reading checks it)
    except ValueError:
        return None
    if parts.scheme in {"http", "https"}:
        return value if parts.hostname else None
    return value if besides and parts.scheme == besides and "@" in parts.path else None


def _cleaner(check: object) -> nh3.Cleaner:
    """Make a cleaner with this check of attributes."""
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(HIDDEN),
        # Without the star it would add lang and title everywhere.
        attributes={**ATTRIBUTES, "*": set()},
        attribute_filter=check,  # type: ignore[arg-type]
        link_rel=REL,
        url_schemes=set(SCHEMES),
        url_relative=lambda _: None,
    )


_FIRST: Final = _cleaner(_resolve)
_AGAIN: Final = _cleaner(_check)
