"""The house's mark: its name, punched in five-hole telegraph code (ITA2)."""

import unicodedata

from markupsafe import Markup

#: The five holes of each letter, from the first to the fifth.
HOLES = {
    "A": "11000", "B": "10011", "C": "01110", "D": "10010", "E": "10000", "F": "10110",
    "G": "01011", "H": "00101", "I": "01100", "J": "11010", "K": "11110", "L": "01001",
    "M": "00111", "N": "00110", "O": "00011", "P": "01101", "Q": "11101", "R": "01010",
    "S": "10100", "T": "00001", "U": "11100", "V": "01111", "W": "11001", "X": "10111",
    "Y": "10101", "Z": "10001", " ": "00100",
}  # fmt: skip
#: Heights of the five holes; the feed holes run between the second and the third.
ROWS = ("4", "11.6", "26.8", "34.4", "42")
FEED = "19.2"
#: Letters drawn; a long name is cut.
LONGEST = 14


def tape(name: str) -> Markup:
    """Draw a name as a piece of tape; a name without Latin letters has none."""
    letters = _latin(name)[:LONGEST]
    if not letters:
        return Markup()
    return Markup(  # noqa: S704 (circles of ours; of the name, nothing)
        f'<svg class="tape" viewBox="0 0 {9 * len(letters)} 46" aria-hidden="true"'
        f' focusable="false">{_punched(letters)}</svg>'
    )


def mark(name: str, colour: str = "#1d3f9a") -> str:
    """Draw the first two letters as the site's icon."""
    letters = _latin(name)[:2] or "  "
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 46 46">'
        f'<path fill="{colour}" d="M0 0h46v46H0z"/>'
        f'<g fill="#fff" transform="translate(9 4) scale(1.56 .83)">{_punched(letters)}</g></svg>'
    )


def _latin(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).upper()
    return "".join(letter for letter in bare if letter in HOLES).strip()


def _punched(letters: str) -> str:
    return "".join(_column(5 + 9 * place, HOLES[letter]) for place, letter in enumerate(letters))


def _column(x: int, holes: str) -> str:
    punched = [
        f'<circle cx="{x}" cy="{y}" r="2.7"/>'
        for y, hole in zip(ROWS, holes, strict=True)
        if hole == "1"
    ]
    return "".join([*punched, f'<circle cx="{x}" cy="{FEED}" r="1"/>'])
