"""Elements of an XML feed, and the one way they are written."""

from lxml import etree

from wireroom.formats.elements import fit

NAMESPACES = {
    "at": "http://purl.org/atompub/tombstones/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
}


def named(name: str) -> str:
    """Write ``dc:creator`` as lxml names it."""
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def add(
    parent: etree._Element, name: str, words: str | None = None, **attributes: object
) -> etree._Element:
    """Add an element; attributes that are None stay away, and signs that XML forbids."""
    given = {key: fit(str(value)) for key, value in attributes.items() if value is not None}
    element = etree.SubElement(parent, named(name), given)
    element.text = words and fit(words)
    return element


def written(root: etree._Element) -> bytes:
    """Write a document.

    ``&`` and ``<`` go out as numbers: equal for XML, and what readers of RSS titles
    understand best (RSS Profile, characters).
    """
    body = etree.tostring(root, encoding="unicode")
    body = body.replace("&amp;", "&#x26;").replace("&lt;", "&#x3C;")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()
