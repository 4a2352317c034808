"""News of the AP Media API in JSON, as its description and its customers' code have it.

documents   one item under ``data.item``, or a page of a feed under ``data.items``
| status      status, embargo, kind, signal: signals, pubstatus, editorialtypes
| words       headline, standfirst, the text where it stands inside
| about       subjects, places, rights, links
| pictures
| item

Properties are looked up as in ninjs, whose names the agency shares.
"""

from .documents import read

__all__ = ["read"]
