"""Words out of markup, and markup around words."""

import re
from html import unescape
from typing import Final

from .markup import HIDDEN, parted, tag_name, tags

#: Characters that show nothing, or that turn the text around them about.
UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e"
    "\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LINE_BREAKS: Final = re.compile("[\u2028\u2029]")
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_UNREAD: Final = HIDDEN - {"form", "option", "embed"}
_CELLS: Final = frozenset({"td", "th"})
_SPACE: Final = re.compile(r"\s+")
_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
#: Of ASCII.
_CONTROLS: Final = bytes(c for c in (*range(0x20), 0x7F) if c not in b"\t\n\r")
#: So short a text is looked at by its letters, which costs least.
_SHORT: Final = 200
_TAG_LIKE: Final = re.compile(r"</?[A-Za-z!]")


def seen(text: str) -> str:
    """Drop control characters, halves of characters and marks that turn text about."""
    if len(text) <= _SHORT and text.isprintable():
        return text
    if text.isascii():
        if len(text.encode().translate(None, _CONTROLS)) == len(text):
            return text
    elif text.replace("\n", "").replace("\t", "").isprintable():  # none of these is printable
        return text
    return UNSEEN.sub("", _LINE_BREAKS.sub("\n", text))


def text_of(html: str, pieces: list[str] | None = None) -> str:
    """Give the words of HTML as plain paragraphs, parted by blank lines.

    ``pieces`` are its text and tags by turns, where the caller cleaned it and has them to
    give away.
    """
    if pieces is None:
        pieces = parted(html.replace("\n", " ").replace("\r", " "))
        if pieces is None or not HIDDEN.isdisjoint(map(_name, set(pieces[1::2]))):
            return _tidy(seen(_lines(_shown(html))))
        return _tidy(seen(_lines(_read(_gapped(pieces)))))
    if "\n" in html:
        pieces[::2] = [one.replace("\n", " ") for one in pieces[::2]]
    return _tidy(_read(_gapped(pieces)))


def _gapped(pieces: list[str]) -> str:
    """Put between texts what their tags part them by."""
    pieces[1::2] = [_GAPS[tag] if tag in _GAPS else _gap_of(tag) for tag in pieces[1::2]]
    return "".join(pieces)


def _gap_of(tag: str) -> str:
    return "" if tag.startswith("<a ") else _gap(_name(tag))


def _name(tag: str) -> str:
    return tag_name(tag).removeprefix("/")


def _read(text: str) -> str:
    """Read references; most texts have none but ``&amp;``."""
    if "&" not in text:
        return text
    if text.count("&") == text.count("&amp;"):
        return text.replace("&amp;", "&")
    return unescape(text)


def _shown(html: str) -> str:
    """Give the words of any HTML but those that a browser would not show."""
    parts: list[str] = []
    hidden = ""
    end = 0
    for tag in tags(html):
        start, stop = tag.span()
        if not hidden:
            parts.append(_SPACE.sub(" ", unescape(html[end:start])))
        end = stop
        name = (tag["name"] or "").lower()
        if hidden:
            hidden = "" if tag["slash"] and name == hidden else hidden
        elif name in _UNREAD and not tag["slash"]:
            hidden = name
        else:
            parts.append(_gap(name))
    if not hidden:
        parts.append(_SPACE.sub(" ", unescape(html[end:])))
    return "".join(parts)


def _gap(name: str) -> str:
    """Say what stands in the text where a tag of that name stood."""
    if name in _BLOCKS:
        return "\n\n"
    return "\n" if name == "br" else " " if name in _CELLS else ""


#: The same for tags without attributes.
_GAPS: Final = {
    f"<{end}{name}>": _gap(name)
    for name in _BLOCKS | _CELLS | {"br", "a", "b", "em", "i", "strong", "span"}
    for end in ("", "/")
}


def plain(markup: str) -> str:
    """Give a field's words on one line: tags out, entities decoded.

    Entities are decoded once, and a second time only when what is left is still one,
    such as ``&amp;quot;``.
    """
    if not markup:
        return ""
    if "<" in markup and _TAG_LIKE.search(markup):
        markup = "".join(_words(markup))
    if "&" in markup:
        markup = unescape(markup)
        if _REFERENCE.search(markup):
            markup = unescape(markup)
    return " ".join(seen(markup).split())


def paragraphs(text: str) -> str:
    """Write plain text as HTML: a ``<p>`` for each part between blank lines."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", seen(_lines(text))))
    return "".join(f"<p>{escaped(part)}</p>" for part in parts if part)


def escaped(text: str) -> str:
    """Write text so that it stands in HTML as itself, spelled as the cleaner spells it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _words(markup: str) -> list[str]:
    """Give what stands between tags; tags that part words leave a space."""
    parts = []
    end = 0
    for tag in tags(markup):
        start, stop = tag.span()
        if tag["name"] and markup[stop - 1] != ">" and '="' not in tag[0] and "='" not in tag[0]:
            continue  # a sign of mathematics: no tag is left open without a reason
        parts.append(markup[end:start])
        if (name := tag["name"]) and name.lower() in _BLOCKS | _CELLS | {"br"}:
            parts.append(" ")
        end = stop
    parts.append(markup[end:])
    return parts


def _tidy(text: str) -> str:
    """Bring paragraphs to one form: single spaces, a blank line between, none at the ends."""
    single = text.isascii() and "  " not in text and "\t" not in text
    kept: list[str] = []
    for part in text.split("\n\n"):
        if "\n" in (part := part.strip()):  # of lines, of which some may be blank
            lines = "\n".join([" ".join(line.split()) for line in part.split("\n")])
            kept += [one for some in lines.split("\n\n") if (one := " ".join(some.split()))]
        elif part:
            kept.append(part if single else " ".join(part.split()))
    return "\n\n".join(kept)


def _lines(text: str) -> str:
    """Write every end of line as one character."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
