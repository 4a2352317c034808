"""What may stand in a body: tags, their attributes, and what these may say."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin, urlsplit

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

_ADDRESSES: Final = frozenset({"href", "cite"})
_NUMBERS: Final = frozenset({"colspan", "rowspan", "start"})
_WORDS: Final = frozenset({"scope", "type", "hreflang"})
_DIGITS: Final = re.compile(r"[0-9]{1,4}")
_WORD: Final = re.compile(r"[A-Za-z0-9-]{1,35}")
_UNFIT: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"'`\u200b-\u200f\u2028-\u202e\u2060-\u2069]")
#: An address of the usual kind, of which nothing is in doubt: its host, no number and nothing
#: that stands for other letters, and signs of the rest.
_LABEL: Final = r"(?!xn--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST: Final = rf"https?://(?:{_LABEL}\.)*+(?=[a-z]){_LABEL}(?::[0-9]{{1,4}})?"
_SIGNS: Final = r"[A-Za-z0-9/._~%?=+,;:@!$*()#-]*"
_USUAL: Final = re.compile(rf"{_HOST}(?:/{_SIGNS}(?:&{_SIGNS})*)?")
#: The same as it stands in markup.
USUAL: Final = rf"{_HOST}(?:/{_SIGNS}(?:&amp;{_SIGNS})*)?"
#: How an address begins that needs no other to be resolved against.
_WHOLE: Final = ("https://", "http://")


def attribute(tag: str, name: str, value: str, base: str) -> str | None:
    """Keep an attribute's value, put it right, or drop it.

    Addresses are resolved against ``base``; what is not absolute then is dropped.
    """
    if name in _ADDRESSES:
        if _USUAL.fullmatch(value):
            return value
        return _address(value, base, "" if tag != "a" or name != "href" else "mailto")
    if name in _NUMBERS:
        return value if _DIGITS.fullmatch(value) else None
    if name in _WORDS:
        return value if _WORD.fullmatch(value) else None
    return value


@lru_cache(maxsize=1_024)  # each is asked about once in every pass
def _address(value: str, base: str, besides: str) -> str | None:
    """Keep an absolute address of a web page, or of another scheme that is allowed."""
    try:
        if base and not value.startswith(_WHOLE):
            value = urljoin(base, value.strip())
        value = value.strip().replace(" ", "%20")
        if _UNFIT.search(value):
            return None
        parts = urlsplit(value)
        parts.port  # noqa: B018 (read, because reading checks it)
    except ValueError:
        return None
    if parts.scheme in {"http", "https"}:
        return value if parts.hostname else None
    return value if besides and parts.scheme == besides and "@" in parts.path else None
