"""Texts of a feed: of RSS, and the constructs of Atom 1.0 (RFC 4287 section 3.1, 4.1.3) and 0.3."""

import base64
import binascii
import re
from html import escape
from typing import Final

from lxml import etree

from wireroom.formats.bodies.inside import Bases, inner, text
from wireroom.formats.syntax.namespaces import name

from .feed import Prose

#: What a browser would swallow as a comment, though it is text.
NO_DECLARATION: Final = re.compile(r"<!(?!--|doctype|\[CDATA\[)", re.IGNORECASE)
#: Base64 of anything but text.
BINARY: Final = re.compile(r"[A-Za-z0-9+/=\s]*")
MARKUP: Final = frozenset(("html", "text/html", "xhtml", "application/xhtml+xml"))


def prose(element: etree._Element, bases: Bases) -> Prose:
    """Give the text of an element that holds HTML, escaped or naked."""
    base = bases.at(element) if bases.stated else ""
    if len(element):
        return Prose(inner(element, bases).strip(), "markup", base)
    said = (element.text or "").strip()
    if "<!" in said:
        said = NO_DECLARATION.sub("&lt;!", said)
    return Prose(said, "markup", base)


def construct(element: etree._Element, bases: Bases) -> Prose | None:  # noqa: PLR0911 (one a type)
    """Read a title, summary, rights or content; None when its bytes are no text."""
    kind = (element.get("type") or "text").strip().lower().partition(";")[0].strip()
    base = bases.at(element) if bases.stated else ""
    src = (element.get("src") or "").strip()
    if src:
        return Prose("", "markup", base, bases.href(element, src), kind)
    if name(element.tag).startswith("atom03:"):
        return _old(element, bases, kind, base)
    if len(element):
        return Prose(_inside(element, bases), "markup", base, mime=kind)
    said = (element.text or "").strip()
    if kind in MARKUP:
        # Inside of an xhtml construct without a div, characters mean themselves.
        if kind in {"xhtml", "application/xhtml+xml"}:
            said = escape(said, quote=False)
        return Prose(said, "markup", base, mime=kind)
    if kind == "text" or kind.startswith("text/"):
        return Prose(said, "plain", base, mime=kind)
    if kind.endswith(("+xml", "/xml")):
        return Prose(escape(said, quote=False), "markup", base, mime=kind)
    if "/" not in kind:  # a type that nobody knows: as text
        return Prose(said, "plain", base, mime=kind)
    return _decoded(said, base, kind) or _undecoded(element, said)


def _undecoded(element: etree._Element, said: str) -> Prose | None:
    """Take what is no base64 for text; only content may be of another type."""
    if not said or (name(element.tag) == "atom:content" and BINARY.fullmatch(said)):
        return None
    return Prose(said, "plain")


def _old(element: etree._Element, bases: Bases, kind: str, base: str) -> Prose | None:
    mode = (element.get("mode") or "xml").strip().lower()
    if mode == "base64":
        return _decoded(text(element), base, kind)
    if len(element):
        return Prose(_inside(element, bases), "markup", base, mime=kind)
    said = (element.text or "").strip()
    if mode == "escaped" or (kind in MARKUP and mode != "xml"):
        return Prose(said, "markup" if kind in MARKUP else "plain", base, mime=kind)
    return Prose(said, "plain", base, mime=kind)


def _inside(element: etree._Element, bases: Bases) -> str:
    """Give the markup in an element; the one div that XHTML demands is not part of it."""
    only = element[0]
    bare = len(element) == 1 and not (element.text or "").strip() and not (only.tail or "").strip()
    if bare and name(only.tag) == "xhtml:div":
        if element.get("type") == "xhtml":
            return inner(only, bases).strip()
        if element.get("type") == "html" and not len(only):
            return (only.text or "").strip()  # escaped HTML within a naked div
    return inner(element, bases).strip()


def _decoded(said: str, base: str, kind: str) -> Prose | None:
    try:
        value = base64.b64decode("".join(said.split()), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return Prose(value.strip(), "markup", base, mime=kind)
