"""Lines of a teletype text: paragraphs out of wrapped lines, tables as they stand."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from wireroom.formats.bodies.clean import clean_and_read, clean_paragraphs
from wireroom.formats.bodies.text import escaped

#: Sentences and rules under which only editors are spoken to: everybody's, and by provider.
#: Each with small letters that it has, which are sooner looked for.
BORDERS: Final = {
    "": (
        ("*", r"^[ \t]*(?:\*[ \t]*){3,}$"),
        ("for publication", r"\bnot (?:intended )?for publication\b"),
        ("ffentlichung", r"\bnicht zur Ver(?:ö|oe)ffentlichung\b"),
        ("la publication", r"\bne sont pas destin\S{1,3} (?:à|a) la publication\b"),
        ("para publica", r"\bno (?:es|son|est\Sn destinad\w{1,2}) para publicaci\Sn\b"),
    ),
    "dpa": (("notizblock", r"^[ \t]*#{0,2}[ \t]*(?:dpa-)?Notizblock\b"),),
}
#: What tells a contact: a telephone number, a mail's address.
_TELEPHONE: Final = re.compile(r"\d[\d ()/.-]{7,20}\d")
_MAIL: Final = re.compile(r"[\w.+-]@[\w-]{1,64}\.\w")
#: Columns stand apart by three spaces or more, or by a tab.
_COLUMNS: Final = re.compile(r"\S(?: {3,}|\t)\s*\S")
_INDENT: Final = re.compile(r"^(?:\t| {2,})\S")
_DATELINE: Final = re.compile(
    r"(?P<place>[^()\n]{2,80}?)\s*\((?P<agency>[^()\d\s]{2,12})\)\s*(?:--?|[–—_])\s"  # noqa: RUF001 (dashes as written)
)
TAIL: Final = 2


def under_border(lines: Sequence[str], provider: str) -> tuple[list[str], str]:
    """Part the story's lines from those under a border, which are for editors."""
    text = "\n".join(lines)
    small = text.lower()
    places = [
        text.count("\n", 0, found.start())
        for letters, border in (*BORDERS[""], *BORDERS.get(provider, ()))
        if letters in small
        and (found := re.search(border, text, re.IGNORECASE | re.MULTILINE)) is not None
    ]
    if not places:
        return list(lines), ""
    below = (" ".join(one.split()) for one in lines[min(places) :])
    return list(lines[: min(places)]), "\n".join(one for one in below if one.strip("* "))


def blocks(lines: Iterable[str], *, tabular: bool = False) -> list[tuple[str, str]]:
    """Join wrapped lines to paragraphs; columns stay as they stand, as ``pre``."""
    found: list[tuple[str, list[str]]] = []
    fresh = True
    for line in lines:
        if not line.strip():
            fresh = True
            continue
        name = "pre" if tabular or _parted(line.strip()) else "p"
        if fresh or not found or found[-1][0] != name or (name == "p" and _INDENT.match(line)):
            found.append((name, []))
        found[-1][1].append(line.rstrip() if name == "pre" else line.strip())
        fresh = False
    return [_block(name, some) for name, some in found]


def _parted(line: str) -> bool:
    """Say whether a line has columns."""
    return ("   " in line or "\t" in line) and _COLUMNS.search(line) is not None


def _block(name: str, lines: list[str]) -> tuple[str, str]:
    if name == "pre" and len(lines) > 1:
        return name, "\n".join(lines)
    words = " ".join(lines).strip()
    if "  " not in words and words.isprintable():
        return "p", words
    return "p", " ".join(words.split())


def written(parts: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Write blocks as a body, and give its text."""
    if all(name == "p" for name, _ in parts):
        return clean_paragraphs([words for _, words in parts])
    return clean_and_read("".join(f"<{name}>{escaped(words)}</{name}>" for name, words in parts))


def dateline(text: str) -> tuple[str, str]:
    """Give the dateline that a text begins with, and its place; the text keeps it."""
    found = _DATELINE.match(text) if "(" in text else None
    if not found:
        return "", ""
    words = " ".join(found["place"].split())
    return words, words.partition(",")[0].strip()


def seems_contact(parts: Sequence[tuple[str, str]]) -> bool:
    """Say whether one of a text's last paragraphs has what contacts have."""
    return any(
        _TELEPHONE.search(words) or ("@" in words and _MAIL.search(words))
        for _, words in parts[-TAIL:]
    )
