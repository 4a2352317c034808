"""Bodies made safe for readers' browsers: nh3, hardened, to a fixpoint.

bounds     too large, too deep, too many attributes: the words alone are kept
| strip      control characters and marks that turn text about
| spell      as the cleaner would, where all is plainly written; what is orderly then is clean
| nh3        a list of what may stay, links resolved; until it changes nothing
"""

from collections.abc import Sequence
from threading import local
from typing import Final

import nh3

from .allowed import ATTRIBUTES, REL, SCHEMES, TAGS, attribute
from .bounds import WORDS, brief, settled, shallow
from .markup import HIDDEN, parted
from .spelling import orderly, spelled
from .text import escaped, paragraphs, seen, text_of

#: After so many passes without a fixpoint the words alone are kept; two are the rule.
PASSES: Final = 6
_here = local()


def clean(html: str, *, base: str = "") -> str:
    """Give a body that no browser can be harmed by.

    Args:
        html: A fragment or a page, whatever its state.
        base: Address that its relative links start from; without one they are dropped.

    Returns:
        HTML that cleaning does not change again.
    """
    return _cleaned(html, base)[0]


def clean_and_read(html: str, *, base: str = "") -> tuple[str, str]:
    """Give a body as ``clean`` does, and its words as ``text_of`` would read them from it."""
    body, pieces = _cleaned(html, base)
    return body, text_of(body, pieces)


def clean_paragraphs(parts: Sequence[str]) -> tuple[str, str]:
    """Give paragraphs as a clean body, and its text.

    Each has words, with single spaces between them: what cleaning leaves as it is.
    """
    text = "\n\n".join(parts)
    plain = parts if escaped(text) == text else map(escaped, parts)
    html = f"<p>{'</p><p>'.join(plain)}</p>" if parts else ""
    shown = seen(text) == text if text.isascii() else "".join(parts).isprintable()
    if shown and brief(html) and settled(html):
        return html, text
    return clean_and_read(html)


def _cleaned(html: str, base: str) -> tuple[str, list[str] | None]:
    """Clean a body; give its text and tags by turns too, where they are known."""
    html = seen(html)
    if "<" not in html and "&" not in html:
        html = html.replace("\r\n", "\n").replace("\r", "\n")
        return html.replace(">", "&gt;").replace("\xa0", "&nbsp;"), None
    if not brief(html) or not shallow(html, pieces := parted(html)):
        return _words(html), None
    pieces = spelled(pieces, base) if pieces else None
    before = "".join(pieces) if pieces else html
    if pieces and "\r" not in before and orderly(pieces) and settled(before):
        return before, pieces
    for _ in range(PASSES):
        after = one_pass(before, base)
        if after == before or (after := seen(after)) == before:
            return (after, pieces) if settled(after) else (_words(after), None)
        before, pieces = after, None
    return _words(before), None


def one_pass(html: str, base: str) -> str:
    """Give what the cleaner makes of a body, looked at once."""
    _here.base = base
    return _CLEANER.clean(html)


def _words(html: str) -> str:
    """Give a body's words alone, in paragraphs, as many as the bounds allow."""
    text = text_of(html[:WORDS])
    made = paragraphs(text)
    while len(made) > WORDS:  # escaped, it is longer
        text = text[: len(text) * WORDS // len(made) - 1]
        made = paragraphs(text)
    return made


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Check an attribute, its address taken from where the document came from."""
    return attribute(tag, name, value, _here.base)


_CLEANER: Final = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(HIDDEN),
    # Without the star it would add lang and title everywhere.
    attributes={**ATTRIBUTES, "*": set()},
    attribute_filter=_attribute,
    link_rel=REL,
    url_schemes=set(SCHEMES),
    url_relative=lambda _: None,
)
