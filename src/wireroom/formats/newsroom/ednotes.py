"""Notes to editors, gathered from wherever a document has them, each said once."""

import re
from collections.abc import Iterable
from typing import Final

from wireroom.formats.bodies.text import seen

_BLANK: Final = re.compile(r"\n\s*\n")


def gathered(notes: Iterable[str]) -> str:
    """Join notes by blank lines; a paragraph that stands in several of them stays once."""
    parts = (part.strip() for one in notes for part in _BLANK.split(seen(one)))
    return "\n\n".join(dict.fromkeys(part for part in parts if part))
