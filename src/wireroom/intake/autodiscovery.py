"""Where a site has its feed: what its page's head names, then the usual places.

A page names its feeds by ``<link rel="alternate" type="…" href="…">`` (RSS Autodiscovery;
HTML, section 4.6.7.1).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from wireroom.formats.bodies.markup import value_of

#: Types of feeds. WordPress names its interface as application/json: that is none.
TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
#: Where feeds mostly are, from a site's root.
USUAL = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")
#: Bytes of a page that are looked into, and feeds that are taken from it.
HEAD, MOST = 300_000, 5
END = re.compile(r"</head|<body", re.IGNORECASE)
TAG = re.compile(r"<(link|base)\s([^<>]{1,4000})>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([a-zA-Z-]{1,40})\s?=\s?(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


class Link(NamedTuple):
    """One ``<link>`` of a page's head."""

    rels: list[str]
    kind: str
    #: Whole; empty for what is none of the web.
    href: str


def named_by(page: bytes, address: str) -> list[str]:
    """Give the addresses of the feeds that a page names, in its order."""
    found = [
        link.href
        for link in links(page, address)
        if "alternate" in link.rels and link.kind in TYPES and link.href
    ]
    return list(dict.fromkeys(found))[:MOST]


def links(page: bytes, address: str) -> Iterator[Link]:
    """Read the links in a page's head, in its order."""
    first, *rest = page[:HEAD].decode(errors="replace").split("<!--")
    text = first + "".join(part.partition("-->")[2] for part in rest)
    head = END.split(text, maxsplit=1)[0]
    base = address
    for tag in TAG.finditer(head):
        said = {
            name.lower(): value_of(double or single or bare).strip()
            for name, double, single, bare in ATTRIBUTE.findall(tag[2])
        }
        if tag[1].lower() == "base":
            base = joined(address, said.get("href", "")) or base
        elif said.get("href"):
            kind = said.get("type", "").partition(";")[0].strip().lower()
            rels = said.get("rel", "").lower().split()
            yield Link(rels, kind, joined(base, said["href"]))


def usual(address: str) -> list[str]:
    """Give the places where the site of an address would have its feed."""
    return [urljoin(address, place) for place in USUAL]


def joined(base: str, href: str) -> str:
    """Make an address whole; empty for what is none of the web."""
    try:
        joined = urljoin(base, href)
        return joined if urlsplit(joined).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
