"""What names a news item, and its revision (NewsML 1.2: ``Identification/NewsIdentifier``).

A PublicIdentifier ends in revision and letter, so that it names one revision; the story is
named by provider, date and id.
"""

import re
from dataclasses import dataclass
from typing import Final

from wireroom.formats.errors import Unreadable
from wireroom.formats.item import Patch
from wireroom.formats.values.statuses import QUOTED

from .tree import News, Tree

_DIGITS: Final = re.compile(r"[vV]?(\d{1,18})(?:\.0+)?")
_PUBLIC: Final = re.compile(r"(urn:newsml:.+):\d{1,18}[NUA]?", re.IGNORECASE)
#: What a revision changes, by its letter.
PATCHES: Final[dict[str, Patch]] = {"": "", "N": "", "U": "content", "A": "management"}
#: What NewsManagement says; a patch of any letter brings it whole.
MANAGEMENT: Final = ("pubstatus", "embargo", "expires", "expiry_removes", "urgency")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What names an item, which revision it is, and of what it is one."""

    guid: str
    aliases: tuple[str, ...]
    #: None where only its time orders it.
    number: int | None
    patch: Patch


def named(news: News) -> Named:
    """Name a news item.

    Raises Unreadable when nothing names it.
    """
    identifier = "Identification/NewsIdentifier"
    parts = [news.text(f"{identifier}/{name}") for name in ("ProviderId", "DateId", "NewsItemId")]
    public = news.text(f"{identifier}/PublicIdentifier")
    if all(parts):
        raw = f"urn:newsml:{':'.join(parts)}"
    elif found := _PUBLIC.fullmatch(public):
        news.notes.append("its identifier is incomplete: the public one counts")
        raw = found[1]
    else:
        raise Unreadable("it has no ProviderId, DateId and NewsItemId")
    guid = news.quirk.lasting(raw)
    revision = next(iter(news.all(f"{identifier}/RevisionId")), None)
    said, letter = "", ""
    if revision is not None:
        said, letter = Tree.line(revision), revision.get("Update") or ""
    return Named(
        guid=guid,
        aliases=tuple(dict.fromkeys(one for one in (raw, public) if one and one != guid)),
        number=_number(said, news.notes),
        patch=_patch(letter, news),
    )


def _number(said: str, notes: list[str]) -> int | None:
    if not said:
        notes.append("no RevisionId: the time counts")
        return None
    if not (found := _DIGITS.fullmatch(said)):
        notes.append(f"RevisionId is no number, so the time counts: {said[:QUOTED]!r}")
        return None
    if said != found[1]:
        notes.append(f"RevisionId {said[:QUOTED]!r} read as {int(found[1])}")
    return int(found[1])


def _patch(said: str, news: News) -> Patch:
    """Say what a revision changes; one that holds instructions for a change is a change."""
    letter = said.strip().upper()
    if letter not in PATCHES:
        news.notes.append(f"Update is neither N, U nor A: {said[:QUOTED]!r}")
    if news.all("Update"):
        return "content"
    return PATCHES.get(letter, "" if news.all("NewsComponent") else "management")
