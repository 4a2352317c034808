"""News in JSON, 1.0 to 3.1, as the IPTC's schemas have it and as agencies send it.

documents   one item, a list of them, or one on each line
| fields      the spellings of all generations; what is of a wrong kind is noted
| status      status, embargo, version, kind, signal: what decides a story's life
| words, about, pictures
| item
"""

from .documents import read

__all__ = ["read"]
