"""The invented agencies, as ``agencies/*.toml`` describes them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
CREDIT = "Wireroom sample drawing"
NAMES = ("gulmohar", "lakeland", "equator")
#: What the drawings show, for those who cannot see them.
ALTS = {
    "city": "Roofs and towers of a city",
    "dam": "A dam between hills, with water before it",
    "fields": "Fields in rows under a wide sky",
    "forest": "Rows of fir trees, one behind another",
    "harbour": "Boats and cranes in a harbour",
    "house": "A house beside a road",
    "market": "Stalls of a market under awnings",
    "peaks": "Mountains with snow",
    "rail": "A train crosses a viaduct above wooded hills",
    "school": "A school with a red roof and children before it",
    "stadium": "A sports ground with stands",
    "vials": "Vials of glass in a row",
    "well": "Water runs from a tap into a bucket",
    "wind": "Wind turbines on a ridge",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One version of a news item, and when it is sent."""

    id: str
    #: From the start of the sample wire; negative before it.
    at: timedelta
    headline: str
    text: str
    standfirst: str = ""
    language: str = ""
    byline: str = ""
    sector: str = ""
    #: ISO 3166-1 alpha-2, for whoever reads the file: the house has to find it by itself.
    country: str = ""
    picture: str = ""
    caption: str = ""
    #: Not before, from the start of the sample wire.
    embargo: timedelta | None = None
    #: What it does when it is no plain news: delete, withhold, release, kill, correct, refile.
    act: str = ""
    #: To editors.
    note: str = ""
    #: What the terminal says when the moment has come.
    say: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One invented agency."""

    name: str
    #: What stands after its texts.
    tag: str
    slug: str
    #: rss, atom or ninjs.
    format: str
    language: str
    #: For items that name none.
    sector: str
    #: Seconds between polls of its channel.
    every: int
    #: In the order in which they are sent.
    pieces: tuple[Piece, ...] = field(repr=False)

    @property
    def path(self) -> str:
        """The address of its channel on the sample's server."""
        return f"/{self.slug}/wire.{self.format}"


@cache
def agencies() -> tuple[Agency, ...]:
    """Read the three of them."""
    return tuple(_agency(HERE / "agencies" / f"{name}.toml") for name in NAMES)


def _agency(path: Path) -> Agency:
    words = tomllib.loads(path.read_text("utf-8"))
    held: dict[str, dict[str, Any]] = {}
    pieces = []
    for row in words.pop("item"):
        pieces.append(_piece(row, held.get(row["id"], {})))
        held[row["id"]] = held.get(row["id"], {}) | row
    return Agency(**words, pieces=tuple(sorted(pieces, key=lambda piece: piece.at)))


def _piece(row: Mapping[str, Any], before: Mapping[str, Any]) -> Piece:
    """Read one version: what it does not say stands as in the version before."""
    own = {"before", "after", "act", "note", "say"}
    words = {name: value for name, value in {**before, **row}.items() if name not in own}
    words |= {name: row[name] for name in ("act", "note", "say") if name in row}
    if "embargo" in words:
        words["embargo"] = timedelta(seconds=words["embargo"])
    at = timedelta(minutes=-row.get("before", 0), seconds=row.get("after", 0))
    return Piece(**words, at=at)
