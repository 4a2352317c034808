"""Elements of XML that go out: fit words only, and a cleaned body as elements of XHTML."""

import re
from typing import Final

from lxml import etree

from .bodies.markup import tags
from .bodies.text import paragraphs, seen, text_of
from .item import Item

XHTML: Final = "http://www.w3.org/1999/xhtml"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
#: What the cleaner leaves without an end, and writes by a name that XML does not know.
_VOID: Final = frozenset({"br", "hr"})
_BREAK: Final = re.compile("\r\n|[\t\r\n]")
_PARSER: Final = etree.XMLParser(
    resolve_entities=False, load_dtd=False, no_network=True, collect_ids=False
)


def fit(words: str) -> str:
    """Drop signs that XML forbids, or that show nothing."""
    return seen(words).replace("\ufffd", "")


def add(
    parent: etree._Element, name: str, words: str = "", /, **attributes: str | int | None
) -> etree._Element:
    """Add an element of its parent's namespace; attributes that are empty stay away.

    An underscore at the end of an attribute's name is Python's, others are hyphens. Ends of
    lines in an attribute are spaces, as every reader of XML takes them.
    """
    given = {
        key.rstrip("_").replace("_", "-"): " ".join(_BREAK.split(fit(str(value))))
        for key, value in attributes.items()
        if value not in ("", None)
    }
    element = etree.SubElement(parent, beside(parent, name), given)
    element.text = fit(words) or None
    return element


def beside(element: etree._Element, name: str) -> str:
    """Name an element in the namespace of another."""
    return etree.QName(etree.QName(element).namespace, name).text


def serialized(root: etree._Element) -> bytes:
    """Write a document (XML 1.0, UTF-8)."""
    body = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def body_of(item: Item) -> etree._Element:
    """Give an item's body as ``body`` of XHTML; one that no XML can be made of, as its words."""
    try:
        return _parsed(item.body)
    except etree.XMLSyntaxError:
        return _parsed(paragraphs(item.text or text_of(item.body)))


def _parsed(html: str) -> etree._Element:
    parts = []
    end = 0
    for tag in tags(html):
        start, stop = tag.span()
        parts.append(html[end:start])
        said = tag[0][1:-1].replace("<", "&lt;")
        close = "/" if (tag["name"] or "").lower() in _VOID and not tag["slash"] else ""
        parts.append(f"<{said}{close}>")
        end = stop
    parts.append(html[end:])
    made = fit("".join(parts).replace("&nbsp;", "\xa0"))
    return etree.fromstring(f'<body xmlns="{XHTML}">{made}</body>', _PARSER)
