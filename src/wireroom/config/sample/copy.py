"""What an agency has on its wire at a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .agency import Agency, Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One news item as it stands on the wire, in its newest version."""

    guid: str
    #: Where the agency has it.
    link: str
    #: From 1.
    version: int
    created: datetime
    updated: datetime
    piece: Piece
    paragraphs: tuple[str, ...]
    #: Address of the picture; empty without one.
    picture: str
    embargo: datetime | None


def on_wire(agency: Agency, *, start: datetime, now: datetime, base: str) -> tuple[Copy, ...]:
    """Say what is on the wire, newest first; ``base`` is the server's address."""
    sent: dict[str, list[Piece]] = {}
    for piece in agency.pieces:
        if start + piece.at <= now:
            sent.setdefault(piece.id, []).append(piece)
    copies = [_copy(agency, pieces, start, base) for pieces in sent.values()]
    return tuple(sorted(copies, key=lambda copy: copy.updated, reverse=True))


def _copy(agency: Agency, pieces: Sequence[Piece], start: datetime, base: str) -> Copy:
    newest = pieces[-1]
    created = _whole(start + pieces[0].at)
    day = {"date": f"{created.day} {created:%B}", "day": f"{created:%A}"}
    text = newest.text.replace("{date}", day["date"]).replace("{day}", day["day"])
    return Copy(
        guid=f"tag:{agency.slug}.example,2026:{newest.id}",
        link=f"{base}/{agency.slug}/{newest.id}",
        version=len(pieces),
        created=created,
        updated=_whole(start + newest.at),
        piece=newest,
        paragraphs=tuple(part.strip() for part in text.split("\n\n") if part.strip()),
        picture=f"{base}/pictures/{newest.picture}.webp" if newest.picture else "",
        embargo=_whole(start + newest.embargo) if newest.embargo is not None else None,
    )


def _whole(moment: datetime) -> datetime:
    """Leave out what is less than a second: RSS cannot say it."""
    return moment.replace(microsecond=0)
