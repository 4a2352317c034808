"""dpa digitalwires in JSON, as the agency sends it.

documents   one item, a list of them, or one on each line
| status      status, embargo, kind, signal, order
| words       headline, standfirst, text and box, notes and notepad
| about       subjects, places, names, rights, by the agency's categories
| pictures
| item
"""

from .documents import read, traced

__all__ = ["read", "traced"]
