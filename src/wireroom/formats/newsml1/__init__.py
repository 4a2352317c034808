"""NewsML 1.0 to 1.2, as the DTDs have it and as agencies send it.

documents   an envelope and its news items, also those inside each other
| tree        elements by path; topics and others that are referred to
| identity    what names an item, its revision, and what a revision changes
| status      status, changes announced, instructions: what decides a story's life
| components  walked down, with what holds from above
| content     what a content item holds, whatever it calls it
| texts, lines, about, pictures
| item
"""

from .documents import read, traced

__all__ = ["read", "traced"]
