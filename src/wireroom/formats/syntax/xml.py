"""Untrusted XML to elements: no DTD, no entity of the document's own, no network, limits.

Covers P01 to P07 and A12: declared entities are never expanded, nothing outside is read,
depth is at most 256 (libxml2), a text or attribute at most 10 MB (libxml2).
"""

import re
from html.entities import html5
from typing import Final, NamedTuple

from lxml import etree

from wireroom.formats.errors import Unreadable

from .characters import utf8

MOST_BYTES: Final = 32 * 2**20
DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.DOTALL)
#: HTML's names, which feeds use without declaring them; XML's own five stay.
NAMED: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
#: Said of a document that declares entities.
OWN: Final = "entities of the document's own are not read"
#: A declaration this long, or an entity made of entities, is there to blow up; bytes.
MOST_DECLARED: Final = 16 * 1024
NESTED: Final = re.compile(rb"<!ENTITY[^>&]*&[A-Za-z]")
#: What libxml2 says of depth, and of texts and attributes, beyond its limits.
BEYOND: Final = re.compile("Excessive depth|XML_PARSE_HUGE")


class Malformed(Unreadable):
    """The document is not well-formed XML; a forgiving reader may still read it."""


class Parsed(NamedTuple):
    """A document that is well-formed."""

    root: etree._Element
    #: What was doubtful.
    notes: list[str]
    #: Its characters as they were parsed, in UTF-8: names that are not in them it does not have.
    text: bytes


def root(raw: bytes, *, address: str = "", charset: str = "") -> tuple[etree._Element, list[str]]:
    """Give the root element of a document, and what was doubtful; raises as ``parsed`` does."""
    found = parsed(raw, address=address, charset=charset)
    return found.root, found.notes


def parsed(raw: bytes, *, address: str = "", charset: str = "") -> Parsed:
    """Read a document.

    Raises:
        Malformed: it is not well-formed.
        Unreadable: it is too large, too deep, or made of entities of its own.
    """
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"the document has {len(raw)} bytes; at most {MOST_BYTES} are read")
    text, doubts = utf8(raw, charset)
    notes = list(doubts)
    text = text.lstrip()
    if b"<!DOCTYPE" in text[:4096]:
        declared = DOCTYPE.search(text)
        if declared and b"<!ENTITY" in declared[0]:
            if len(declared[0]) > MOST_DECLARED or NESTED.search(declared[0]):
                raise Unreadable("it declares entities that would blow up")
            notes.append(OWN)
        text = DOCTYPE.sub(b"", text, count=1)
        text = NAMED.sub(_numbered, text)
    try:
        return Parsed(_parsed(text, address), notes, text)
    except etree.XMLSyntaxError as error:
        mended = NAMED.sub(_numbered, text)
        if mended == text:
            raise _told(error) from error
    try:
        return Parsed(_parsed(mended, address), notes, mended)
    except etree.XMLSyntaxError as error:
        raise _told(error) from error


def _told(error: etree.XMLSyntaxError) -> Unreadable:
    """Tell what no reader should try again from what is only not well-formed."""
    if BEYOND.search(error.msg or ""):
        return Unreadable(f"beyond the limits of what is read: {error.msg}")
    return Malformed(f"not well-formed XML: {error.msg}")


def _parsed(text: bytes, address: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",  # the characters are known by now, whatever is declared
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(text, parser, base_url=address or "")


def _numbered(named: re.Match[bytes]) -> bytes:
    """Write one of HTML's named characters by number, which XML knows; leave others."""
    meant = html5.get(f"{named[1].decode('ascii')};")
    return named[0] if meant is None else "".join(f"&#{ord(c)};" for c in meant).encode("ascii")
