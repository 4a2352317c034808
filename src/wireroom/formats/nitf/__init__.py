"""NITF 3.x, the IPTC's News Industry Text Format, as its schemas have it and as agencies send it.

body   its text as HTML, wherever it stands
"""

from .body import html_of

__all__ = ["html_of"]
