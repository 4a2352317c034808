"""Pictures as readers get them: our own copies, with caption and credit."""

import re
from dataclasses import dataclass

from wireroom.wire.models import Picture
from wireroom.wire.pictures import KINDS

from .provenance import sentence

REPRESENTATIVE = "Representative Image"
CREDIT_WORDS = re.compile(r"^\s*(?:image|photo|picture)\s+credit\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """One picture on a page."""

    path: str
    mime: str
    #: Pixels.
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    rights: str

    @property
    def representative(self) -> bool:
        """It does not show the event, and says so."""
        return REPRESENTATIVE.lower() in self.caption.lower()

    @property
    def tall(self) -> bool:
        """It would lose too much in a wide frame."""
        return self.width < self.height * 1.2


def photo_of(picture: Picture) -> Photo:
    """Make a kept picture fit for a page."""
    return Photo(
        path=f"/picture/{picture.sha256}.{KINDS[picture.mime]}",
        mime=picture.mime,
        width=picture.width or 16,
        height=picture.height or 9,
        alt=picture.alt,
        caption=_caption(picture.caption.strip(), representative=picture.representative),
        credit=CREDIT_WORDS.sub("", picture.credit).strip(),
        rights=_rights(picture.rights.split("\n")),
    )


def _caption(words: str, *, representative: bool) -> str:
    """Say that a picture does not show the event, where its own words do not."""
    if not representative or REPRESENTATIVE.lower() in words.lower():
        return words
    return f"{REPRESENTATIVE}. {words}".rstrip(" .")


def _rights(lines: list[str]) -> str:
    """Write holder, notice and terms in one line, parted where there are several."""
    return lines[0] if len(lines) == 1 else " ".join(map(sentence, filter(None, lines)))
