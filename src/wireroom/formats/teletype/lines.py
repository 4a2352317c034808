"""Lines of a teletype text: paragraphs out of wrapped lines, tables as they stand."""

import re
from collections.abc import Iterable, Sequence
from string import digits
from typing import Final

from wireroom.formats.bodies.clean import clean_and_read, clean_paragraphs
from wireroom.formats.bodies.text import escaped


def _border(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE | re.MULTILINE)


#: Sentences and rules under which only editors are spoken to: everybody's, and by provider;
#: by small letters that they have, which are sooner looked for.
BORDERS: Final = {
    "": {
        "*": _border(r"^[ \t]*(?:\*[ \t]*){3,}$"),
        "publica": _border(
            r"\bnot (?:intended )?for publication\b",
            r"\bne sont pas destin\S{1,3} (?:à|a) la publication\b",
            r"\bno (?:es|son|est\Sn destinad\w{1,2}) para publicaci\Sn\b",
        ),
        "ffentlichung": _border(r"\bnicht zur Ver(?:ö|oe)ffentlichung\b"),
    },
    "dpa": {"notizblock": _border(r"^[ \t]*#{0,2}[ \t]*(?:dpa-)?Notizblock\b")},
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


def under_border(lines: list[str], provider: str) -> tuple[list[str], str]:
    """Part the story's lines from those under a border, which are for editors."""
    text = "\n".join(lines)
    small = text.lower()
    starts = [
        found.start()
        for borders in (BORDERS[""], BORDERS.get(provider, {}))
        for letters, border in borders.items()
        if letters in small and (found := border.search(text))
    ]
    if not starts:
        return lines, ""
    place = text.count("\n", 0, min(starts))
    below = (" ".join(one.split()) for one in lines[place:])
    return lines[:place], "\n".join(one for one in below if one.strip("* "))


def blocks(lines: Iterable[str], *, tabular: bool = False) -> list[tuple[str, str]]:
    """Join wrapped lines to paragraphs; columns stay as they stand, as ``pre``."""
    found: list[tuple[str, list[str]]] = []
    fresh = True
    for line in lines:
        words = line.strip()
        if not words:
            fresh = True
            continue
        single = "  " not in words and "\t" not in words
        name = "pre" if tabular or (not single and _COLUMNS.search(words)) else "p"
        if fresh or found[-1][0] != name or (name == "p" and _INDENT.match(line)):
            found.append((name, []))
        if name == "pre":
            words = line.rstrip()
        elif not (single and (words.isascii() or words.isprintable())):
            words = " ".join(words.split())
        found[-1][1].append(words)
        fresh = False
    return [_block(name, some) for name, some in found]


def _block(name: str, lines: list[str]) -> tuple[str, str]:
    if name == "p":
        return name, " ".join(lines)
    if len(lines) > 1:
        return name, "\n".join(lines)
    return "p", " ".join(lines[0].split())


def written(parts: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Write blocks as a body, and give its text."""
    words = [words for name, words in parts if name == "p"]
    if len(words) == len(parts):
        return clean_paragraphs(words)
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
    for _, words in parts[-TAIL:]:
        if "@" in words and _MAIL.search(words):
            return True
        numbers = not words.isascii() or any(map(words.__contains__, digits))
        if numbers and _TELEPHONE.search(words):
            return True
    return False
