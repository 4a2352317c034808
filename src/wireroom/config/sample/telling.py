"""What a newcomer is told in the terminal: what will happen, and what happens."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from .agency import Agency, Piece, agencies

#: Seconds from which a moment is said in minutes.
LONG = 200


def to_come(start: datetime, now: datetime) -> list[tuple[Agency, Piece]]:
    """List what the sample wire has still to send, in order; an embargo's end among it."""
    rows = [(agency, piece) for agency, piece in _told() if start + piece.at > now]
    return sorted(rows, key=lambda row: row[1].at)


def programme(start: datetime | None, now: datetime) -> str:
    """Say what is about to happen."""
    rows = to_come(start or now, now)
    if not rows:
        return "All that the sample wire had to send has been sent."
    lines = [f"  {_when(piece, start or now, now):>9}  {piece.say}" for _, piece in rows]
    return "\n".join(["What the sample wire sends from now on:", *lines])


def tell(start: datetime, clock: Callable[[], datetime]) -> None:
    """Say each thing as it happens, until all has happened."""
    for agency, piece in to_come(start, clock()):
        while (left := (start + piece.at - clock()).total_seconds()) > 0:
            time.sleep(left)
        sys.stdout.write(f"{clock():%H:%M:%S} UTC  {agency.name}: {piece.say}\n")
        sys.stdout.flush()


def _told() -> Iterator[tuple[Agency, Piece]]:
    for agency in agencies():
        for piece in agency.pieces:
            if piece.say:
                yield agency, piece
            if piece.embargo is not None:
                lifts = f"an embargo lifts by the clock, without a new poll: {piece.headline}"
                yield agency, replace(piece, at=piece.embargo, say=lifts)


def _when(piece: Piece, start: datetime, now: datetime) -> str:
    seconds = round((start + piece.at - now).total_seconds())
    return f"in {seconds} s" if seconds < LONG else f"in {seconds // 60} min"
