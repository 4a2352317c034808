"""XML names as readers match them: by namespace and local name, never by prefix.

A namespace is known by a short name of ours, under all the addresses that the wild gives
it: older, without the last slash, in other letters, with white space around. Elements of
RSS itself, and those without a namespace, have none: ``title``, but ``media:title``.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from lxml import etree

XML: Final = "{http://www.w3.org/XML/1998/namespace}"
BASE: Final = f"{XML}base"
LANG: Final = f"{XML}lang"

#: Address, in small letters and without a last slash or ``#``, to our short name.
KNOWN: Final = {
    "": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://cyber.law.harvard.edu/rss/rss.html": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://purl.org/rss/1.0": "",
    "http://purl.org/net/rss1.1": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns": "atom03",
    # What Atom was called while it was being drafted; some feeds still are.
    "http://example.com/newformat": "atom03",
    "http://example.com/necho": "atom03",
    "http://purl.org/echo": "atom03",
    "http://purl.org/pie": "atom03",
    "http://purl.org/atompub/tombstones/1.0": "at",
    "http://www.w3.org/2007/app": "app",
    "http://purl.org/atom/app": "app",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/syndication": "sy",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos": "geo",
    "http://www.opengis.net/gml": "gml",
    "http://prismstandard.org/namespaces/basic/1.2": "prism",
    "http://prismstandard.org/namespaces/basic/2.0": "prism",
    "http://prismstandard.org/namespaces/basic/3.0": "prism",
    "http://prismstandard.org/namespaces/1.2/basic": "prism",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://web.resource.org/cc": "cc",
    "http://backend.userland.com/creativecommonsrssmodule": "cc",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "cc",
    "http://creativecommons.org/ns": "cc",
}

#: RSS gave itself a namespace for a while, with the version in it.
USERLAND: Final = "http://backend.userland.com/rss"


@lru_cache(maxsize=4096)
def name(tag: str) -> str:
    """Give an element's name as we match it: ``media:title``, ``title``.

    In small letters, as the wild is not careful with capitals. An unknown namespace keeps
    its address, and so meets nothing.
    """
    if not tag.startswith("{"):
        return tag.lower()
    address, _, local = tag[1:].partition("}")
    plain = address.strip().lower().rstrip("/#")
    known = "" if plain.startswith(USERLAND) else KNOWN.get(plain)
    if known is None:
        return f"{address}:{local}"
    return f"{known}:{local.lower()}" if known else local.lower()


def local(tag: str) -> str:
    """Give an element's name without its namespace."""
    return tag.rpartition("}")[2]


class Names(dict[object, str]):
    """What the elements of a vocabulary are called, by tag: read once, kept for all documents.

    A comment, or an entity that is not read, has no name.
    """

    #: Documents may make names up without end.
    MOST: Final = 4_096

    def __init__(self, called: Callable[[str], str]) -> None:
        super().__init__()
        self._called = called

    def __missing__(self, tag: object) -> str:
        """Read a tag that is met for the first time."""
        name = self._called(tag) if isinstance(tag, str) else ""
        if len(self) < self.MOST:
            self[tag] = name
        return name

    def below(self, parents: Iterable[etree._Element]) -> dict[str, list[etree._Element]]:
        """Sort by name what stands directly in elements; what has no name is left out."""
        found: dict[str, list[etree._Element]] = {}
        for parent in parents:
            for one in parent:
                if name := self[one.tag]:
                    if name in found:
                        found[name].append(one)
                    else:
                        found[name] = [one]
        return found


@lru_cache(maxsize=64)
def names_beside(tag: str) -> Names:
    """Give the names in the vocabulary of an element; those of all others have none."""
    space = tag[: tag.rfind("}") + 1]

    def called(tag: str) -> str:
        return tag[len(space) :] if tag[: tag.rfind("}") + 1] == space else ""

    return Names(called)
