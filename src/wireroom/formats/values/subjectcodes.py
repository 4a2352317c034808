"""The IPTC's old Subject Codes, eight digits, beside the Media Topics that came after them.

The seventeen topics at the top kept their codes; below them each vocabulary counts by itself,
so that only the top is told as a Media Topic, and the code itself is kept.
"""

from typing import Final

from wireroom.formats.item import Subject

#: The topics at the top: arts, … weather.
TOPS: Final = range(1, 18)


def about(code: str, name: str, because: str) -> list[Subject]:
    """Give what a Subject Code says an item is about; ``code`` has eight digits."""
    found = [Subject(code=f"subj:{code}", name=name, because=because)]
    if int(code[:2]) in TOPS:
        top = f"{code[:2]}000000"
        found.insert(
            0, Subject(code=f"medtop:{top}", name=name if code == top else "", because=because)
        )
    return found
