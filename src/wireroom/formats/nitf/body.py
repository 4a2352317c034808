"""The text of NITF as HTML, before cleaning (NITF 3.6: ``body.content``, block content).

Notes, taglines and what describes a table are for editors and never come out here;
``media`` are pictures, read elsewhere. Names of NITF that have no meaning in HTML
(``person``, ``chron``, ``money``) leave their words.
"""

import re
from functools import lru_cache
from html import escape
from typing import Final

from lxml import etree

from wireroom.formats.bodies.allowed import TAGS
from wireroom.formats.bodies.inside import VOID, plainly
from wireroom.formats.bodies.text import escaped
from wireroom.formats.syntax.namespaces import Names, local

#: The namespace of NITF 3.3 and later ends in the day it was made; XHTML stands in the wild.
NAMESPACES: Final = ("http://iptc.org/std/nitf/", "http://www.w3.org/1999/xhtml")
#: Elements of NITF that HTML calls otherwise; those it calls the same pass.
NAMES: Final = {
    "hl1": "h2",
    "hl2": "h2",
    "bq": "blockquote",
    "datasource": "p",
    "byline": "p",
    "dateline": "p",
    "distributor": "p",
    "copyrite": "p",
    "object.title": "cite",
}
#: What is not the story's text, with all that stands inside.
APART: Final = frozenset(
    (
        *("note", "tagline", "media", "ed-msg", "nitf-table-metadata", "table-reference"),
        *("tobject", "key-list", "alt-code", "col", "colgroup", "rp", "head", "body.head"),
        *("docdata", "body.end", "script", "style"),
    )
)
#: A classifier directly in one of these says something of it; inside a text it is a word.
BLOCKS: Final = frozenset({"body.content", "block", "body", "nitf"})
#: The parts of these stand in elements of their own, with no space between.
PARTED: Final = frozenset({"postaddr", "addressee", "delivery.point", "delivery.office"})
#: What may stand in them.
SEVERED: Final = frozenset(
    (
        *("addressee", "delivery.point", "postcode", "delivery.office", "region", "country"),
        *("person", "function", "care.of", "city", "state"),
    )
)
#: Attributes that HTML knows, too.
ATTRIBUTES: Final = {
    "a": ("href", "title"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "ol": ("start", "type"),
}

#: What else a plain link says is not NITF's; no text has such a sign as it ends with.
_REL: Final = re.compile('" rel="[^"]*">')


def html_of(element: etree._Element) -> str:
    """Write ``body.content``, or those of a whole ``nitf``, as a fragment of HTML.

    The work is linear in the size of the element; what comes out has yet to be cleaned.
    """
    return "".join([html_inside(one) for one in contents(element)])


def html_inside(element: etree._Element) -> str:
    """Write what stands inside one ``body.content``."""
    if not len(element):
        return escaped(element.text or "")
    said = plainly(element)
    if said is None:
        return "".join(_written(element))
    return _REL.sub('">', said) if " rel=" in said else said


def contents(element: etree._Element) -> list[etree._Element]:
    """Find the ``body.content`` that hold the story; an element without any is taken whole."""
    name = local(str(element.tag))
    if name not in {"nitf", "body"}:
        return [element]
    called = names(namespace(element))
    bodies = [element] if name == "body" else [one for one in element if called[one.tag] == "body"]
    found = [one for body in bodies for one in body if called[one.tag] == "body.content"]
    return found or bodies


def namespace(element: etree._Element) -> str:
    """Give the address of an element's vocabulary, or nothing."""
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


@lru_cache(maxsize=64)
def names(own: str) -> Names:
    """Give the names of NITF's elements; those of any other vocabulary have none.

    ``own`` is the namespace of what they stand in, of any version or of none.
    """
    return Names(lambda tag: _name(tag, own))


def _name(tag: str, own: str) -> str:
    if not tag.startswith("{"):
        return tag
    address = tag[1:].partition("}")[0]
    known = address == own or address.lower().startswith(NAMESPACES)
    return local(tag) if known else ""


def _written(top: etree._Element) -> list[str]:
    """Write an element's inside; what is open at a time is at most as deep as XML may be."""
    called = names(namespace(top))
    walk = etree.iterwalk(top, events=("start", "end"))
    written = [escaped(top.text or "")]
    ends: list[str] = []
    for event, one in walk:
        if one is top:
            continue
        if event == "end":
            said = one.tail
            written += (ends.pop(), escaped(said)) if said else (ends.pop(),)
            continue
        name = called[one.tag]
        if not name or name in APART or (name == "classifier" and _around(one) in BLOCKS):
            walk.skip_subtree()
            ends.append("")
            continue
        begin, end = _tags(one, name)
        ends.append(end)
        written.append(begin)
        if said := one.text:
            written.append(escaped(said))
    return written


def _around(element: etree._Element) -> str:
    """Name what an element stands in."""
    parent = element.getparent()
    return local(str(parent.tag)) if parent is not None else ""


def _tags(element: etree._Element, name: str) -> tuple[str, str]:
    """Give what stands before and after the words of an element."""
    if name == "denom":  # a half may be 1 and 2, with nothing between
        before = element.getprevious()
        return ("/" if before is not None and local(str(before.tag)) == "numer" else ""), ""
    if name in SEVERED and _around(element) in PARTED:
        return "", " "
    begin, end = _pair(name)
    if name in ATTRIBUTES and element.attrib:
        return f"{begin[:-1]}{_attributes(element, name)}>", end
    return begin, end


@lru_cache(maxsize=1_024)
def _pair(name: str) -> tuple[str, str]:
    """Give the tags of HTML that an element of a name is written as."""
    if name == "credit":
        return "<p><cite>", "</cite></p>"
    name = NAMES.get(name, name)
    if name not in TAGS:
        return "", ""
    return f"<{name}>", "" if name in VOID else f"</{name}>"


def _attributes(element: etree._Element, name: str) -> str:
    """Write the attributes that HTML knows."""
    said = {key: element.get(key) for key in ATTRIBUTES[name]}
    if name == "ol" and said["start"] is None:
        said["start"] = element.get("seqnum")
    return "".join(f' {key}="{escape(value)}"' for key, value in said.items() if value)
