"""NewsML-G2 2.x, as the IPTC's schemas have it and as agencies send it.

documents   one item, or a news message with many
| codes       QCodes, addresses and literals as concepts, by catalogs that are kept
| sheet       the elements of one item by name, where they mean something
| status      status, embargo, expiry, kind, signal: what decides a story's life
| words, about, pictures
| item
"""

from .documents import read, traced

__all__ = ["read", "traced"]
