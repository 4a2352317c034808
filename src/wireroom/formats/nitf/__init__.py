"""NITF 3.x, the IPTC's News Industry Text Format, as its schemas have it and as agencies send it.

documents   one item
| paper       its elements by name, where they mean something
| identity    what names it and the story it is of; the number of its version
| status      status, embargo, expiry, kind, signal, acts on others: what decides a story's life
| words, about, pictures
| item

``body`` writes its text as HTML, wherever NITF stands.
"""

from .body import html_of
from .documents import read, traced

__all__ = ["html_of", "read", "traced"]
