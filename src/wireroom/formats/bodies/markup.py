"""Tags of HTML as a browser would part them from text, in linear time and without a tree.

HTML, section 13.2.5 (tokenization). Attributes end where the standard says, so that no
quote can hide a tag.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import Final

_ATTRIBUTE: Final = r"""
    [\s/]*+ [^\s/>] [^\s/>=]*+
    (?: \s*+ = \s*+ (?: "[^"]*+"?+ | '[^']*+'?+ | [^\s>"'] [^\s>]*+ )?+ )?+
"""
#: A tag (``slash``, ``name``, ``attributes``), a comment, or a declaration.
TAG: Final = re.compile(
    rf"""
    < (?:
        !-- (?: -?+> | .*?--!?> | .*+ )
      | [!?] [^>]*+ >?+
      | (?P<slash> /?+ ) (?P<name> [A-Za-z] [^\s/>]*+ )
        (?P<attributes> (?: {_ATTRIBUTE} )*+ ) [\s/]*+ >?+
      | / [^A-Za-z>] [^>]*+ >?+
    )
    """,
    re.VERBOSE | re.DOTALL,
)
ATTRIBUTE: Final = re.compile(_ATTRIBUTE, re.VERBOSE)
#: A reference in an attribute's value; before ``=`` one without its end is none.
_REFERENCE: Final = re.compile(
    r"&(?: \#[0-9]++;? | \#[xX][0-9A-Fa-f]++;? | [A-Za-z][A-Za-z0-9]*+ (?: ; | (?!=) ) )",
    re.VERBOSE,
)

#: The way most tags are written. Where every ``<`` begins one of these, nothing is hidden.
_PLAIN: Final = re.compile(
    r"""
    ( < /?+ [A-Za-z] [A-Za-z0-9]*+
      (?: > | (?: [ ] [A-Za-z-]{1,20}+ = (?: "[^"<>]{0,2000}+" | '[^'<>]{0,2000}+' ) ){0,9}+
          [ ]? /? > ) )
    """,
    re.VERBOSE,
)

#: What stands between their tags is not text to show, and its tags are no tags.
HIDDEN: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "iframe",
        "object",
        "embed",
        "template",
        "textarea",
        "title",
        "xmp",
        "noembed",
        "noframes",
        "svg",
        "math",
        "select",
        "option",
        "form",
        "applet",
        "frameset",
    ]
)
#: Elements without an end.
VOID: Final = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
#: Elements whose inside a browser takes for text, up to their end tag.
RAW: Final = frozenset(
    ["script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "textarea", "title"]
)


def tags(html: str) -> Iterator[re.Match[str]]:
    """Yield the tags, comments and declarations of a document, in order."""
    return TAG.finditer(html)


def parted(html: str) -> list[str] | None:
    """Part text from tags, by turns, text first; None unless all tags are plainly written."""
    pieces = _PLAIN.split(html)
    return pieces if len(pieces) // 2 == html.count("<") else None


def tag_name(tag: str) -> str:
    """Name a tag that is plainly written, in small letters; an end tag with its slash."""
    return tag[1:-1].partition(" ")[0].removesuffix("/").lower()


def value_of(written: str) -> str:
    """Read an attribute's value as a browser does: ``?a=1&copy=2`` has no reference in it.

    HTML, section 13.2.5.73 (named character reference state).
    """
    return _REFERENCE.sub(_meant, written) if "&" in written else written


def _meant(reference: re.Match[str]) -> str:
    said = reference[0]
    return unescape(said) if said[1] == "#" else html5.get(said[1:], said)
