"""What single providers do otherwise than the standards say: data, one row each."""

import re
from dataclasses import dataclass
from typing import Final

from wireroom.formats.item import Kind, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirk:
    """The habits of one provider."""

    #: What moves at the end of a guid from version to version.
    suffix: re.Pattern[str] | None = None
    #: Words before a headline that say what the item is.
    marks: tuple[tuple[re.Pattern[str], Signal], ...] = ()
    #: Words before a headline that say it is for newsrooms; it is shown to nobody.
    notices: tuple[tuple[re.Pattern[str], Kind], ...] = ()
    #: Words before a headline that say copy must not be used: a person looks at it.
    forbids: re.Pattern[str] | None = None
    #: The tag that stands at the end of a body, and sometimes twice.
    tail: str = ""
    #: Its HTML is escaped once too often.
    escaped_twice: bool = False
    #: What is addressed to editors at the head of a body; the whole paragraph must match.
    to_editors: re.Pattern[str] | None = None
    #: What a caption says to editors, where it ends.
    pointer: re.Pattern[str] | None = None

    def lasting(self, guid: str) -> str:
        """Cut what moves from a guid."""
        return (self.suffix.sub("", guid) or guid) if self.suffix else guid


def _mark(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})\s*[-\u2013\u2014:]+\s*", re.IGNORECASE)


NONE: Final = Quirk()
#: By the provider's slug, as in ``wireroom channel add``.
QUIRKS: Final[dict[str, Quirk]] = {
    # The number after the mark counts edits of one story.
    "bbc": Quirk(suffix=re.compile(r"#\d+$")),
    "reuters": Quirk(
        marks=(
            (_mark(r"CORRECTED|CORRECTION"), "correction"),
            (_mark(r"REFILE"), "refile"),
            (_mark(r"RPT(?: \d+)?"), "repeat"),
            (_mark(r"(?:UPDATE|WRAPUP) \d+"), "update"),
        ),
        notices=(
            (_mark(r"ADVISORY|TAKE A LOOK"), "advisory"),
            (_mark(r"DIARY"), "planning"),
        ),
        forbids=_mark(r"(?:STORY )?WITHDRAWN|EMBARGOED"),
    ),
    "ap": Quirk(
        marks=((re.compile(r"Correction: ", re.IGNORECASE), "correction"),),
        to_editors=re.compile(r"(?:Eds|EDITORS|Editors): .*|\(EDITORS: .*\)", re.DOTALL),
    ),
    "dpa": Quirk(
        marks=(
            (re.compile(r"KORR(?:EKTUR)?\s*[-:]\s*"), "correction"),
            (re.compile(r"\((?:Korrektur|Berichtigung)[^()]{0,200}\)\s*"), "correction"),
        ),
        pointer=re.compile(r"\s*\((?:zu|Zu) dpa\b[^()]{0,300}\)\s*$"),
    ),
    "afp": Quirk(marks=((re.compile(r"(?:CORRECTION|CORRECTED):?\s+"), "correction"),)),
    "ani": Quirk(tail="(ANI)"),
    "ians": Quirk(tail="--IANS"),
    "pti": Quirk(escaped_twice=True),
}
QUIRKS["pa"] = Quirk(suffix=re.compile(r"(?:-v\d+|:\d+|\?rev=\d+)$"))
