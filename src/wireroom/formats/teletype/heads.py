"""The lines above a text, sorted: which is the headline, whose it is, what is for editors.

A teletype format has no field for a status. Words that seem to kill, to hold or to forbid
never do so: they are noted, and an embargo of words holds until a person has read it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from wireroom.formats.item import Kind, Signal
from wireroom.formats.values.statuses import FOR_EDITORS

#: Characters of a line that are looked at.
LOOKED: Final = 500
#: Words of editors; each is looked for in the lines above a text, never in the text.
KILL: Final = re.compile(
    r"\bkill\s+kill\b|\b(?:mandatory|story|bulletin|advisory)\s+kill\b|\bkill\s*[:-]|^\W*kill\W*$"
    r"|\bkill,?\s+(?:this|the)?\s*(?:story|item|headline|lead)\b|\belimination\b|\bdisregard\b"
    r"|\b(?:story|item|report|dispatch)\s+(?:is\s+)?(?:withdrawn|killed|withheld)\b"
    r"|^\W*(?:withhold|withdrawn?|annul\w*|streichung|zur(?:ü|ue)ckgezogen)\b",
    re.IGNORECASE,
)
EMBARGO: Final = re.compile(
    r"\bembargo(?:ed|e|o)?\b|\bsperrfrist\b|\bhold(?:ing)?\s+for\s+release\b"
    r"|\b(?:not\s+)?for\s+(?:release|publication|use)\s+(?:before|until|at|on|after)\b"
    r"|\bdo\s+not\s+(?:use|publish|release)\s+(?:before|until)\b",
    re.IGNORECASE,
)
#: Letters of which every line has some that forbids, where it is of ASCII.
_FORBIDDING: Final = (
    *("embargo", "sperrfrist", "release", "publication", "publish", "use"),
    *("kill", "elimination", "disregard", "withdraw", "withh", "annul", "streichung", "zurueck"),
)
CORRECTS: Final = re.compile(
    r"^\W*(?:correct(?:ion|ed|ive|s)?|clarification|korr(?:ektur)?|berichtigung)\b", re.IGNORECASE
)
REPEATS: Final = re.compile(r"^\W*(?:repeat(?:ing)?|rpt|resending|wiederholung)\b", re.IGNORECASE)
#: Versions as words: ``1st Ld-Writethru``, ``2ndLd``, ``Update``.
UPDATES: Final = re.compile(
    r"\b(?:\d\s?(?:st|nd|rd|th)\s?-?(?:ld|lead|update)|ld-?|writethru|write-?through|update)\b"
    r"|\b\d(?:st|nd|rd|th)ld\b",
    re.IGNORECASE,
)
CORRECTIVE: Final = re.compile(r"\b(?:correction|corrective|clarification)\b", re.IGNORECASE)
#: A later part of a text: ``Add``, ``1st Add``, ``take 2``.
LATER: Final = re.compile(
    r"\b(?:(?P<add>\d?)\s?(?:st|nd|rd|th)?\s?-?add|take\s?-?(?P<take>\d{1,2}))\b", re.IGNORECASE
)
_EDITORS: Final = re.compile(
    r"^\W*(?:eds?\.?|editors?|desks?|note to editors|attention|attn|redaktionshinweis)\b\s*[:,-]",
    re.IGNORECASE,
)
_POINTERS: Final = re.compile(
    r"^\W*(?:with\b.{0,40}\b)?(?:ap |photos?|pictures?|graphics?|video|foto|bild)\b.{0,60}$"
    r"|^\W*\(?(?:with|mit)\s.{0,40}(?:photos?|pictures?|graphics?|video|fotos?|bild\w*)\)?\W*$",
    re.IGNORECASE,
)
_BYLINE: Final = re.compile(r"^(?:by|von|par|por|di)\s+\S", re.IGNORECASE)
_RUSH: Final = re.compile(r"^\W*(?:flash|bulletin|urgent|eil(?:meldung)?|alert)\W*$", re.IGNORECASE)
_GENRE: Final = re.compile(r"^\([^)]{1,40}\)$")
#: How each line begins that one of these patterns knows.
_KNOWN: Final = re.compile(
    r"\(|\W*(?:corr|clarif|korr|beric|repeat|rpt|resen|wiederh|flash|bullet|urgent|eil|alert|ed"
    r"|desk|note|att|redak|with|mit|ap|photo|picture|graphic|video|foto|bild)",
    re.IGNORECASE,
)
#: ASCII in small letters, and what of it is no letter.
_SMALL: Final = bytes(range(256)).lower()
_NO_LETTERS: Final = bytes(byte for byte in range(128) if not chr(byte).isalpha())


@dataclass(slots=True)
class Heads:
    """What the lines above a text say."""

    headline: str = ""
    byline: str = ""
    signal: Signal = ""
    kind: Kind = "story"
    #: Words forbid use until a moment that no field gives.
    embargo: bool = False
    #: Words seem to take a story back.
    kills: bool = False
    ednotes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def sorted_heads(lines: Iterable[str]) -> Heads:
    """Sort the lines above a text; what nobody knows is a headline."""
    found = Heads()
    plain: list[str] = []
    for line in lines:
        words = " ".join(line.split()).rstrip("=").strip()
        if words and not _is_known(words, found):
            plain.append(words)
    if plain:
        # The longest says most; the first of those that are as long.
        found.headline = max(plain, key=len)
        if len(plain) > 1:
            found.notes.append(f"one of {len(plain)} lines taken for the headline, the longest")
            found.ednotes += [one for one in plain if one != found.headline]
    return found


def kind_of(words: str) -> Kind | None:
    """Say what an item is when all its line says is that it is for editors."""
    if words.isascii():
        return FOR_EDITORS.get(words.encode().translate(_SMALL, _NO_LETTERS).decode())
    return FOR_EDITORS.get("".join(filter(str.isalpha, words.lower())))


def forbids(line: str, found: Heads) -> bool:
    """Note a line that forbids use, and say whether it is one."""
    looked = line[:LOOKED]
    if looked.isascii() and not any(map(looked.lower().__contains__, _FORBIDDING)):
        return False
    if EMBARGO.search(looked):
        found.embargo = True
        found.notes.append(f"words of an embargo above the text: {line[:100]}")
    elif KILL.search(looked):
        found.kills = True
        found.notes.append(f"words of a kill above the text, which kill nothing: {line[:100]}")
    else:
        return False
    found.ednotes.append(line)
    return True


def _is_known(line: str, found: Heads) -> bool:
    """Sort a line that says by itself what it is."""
    if forbids(line, found):
        return True
    line, whole = line[:LOOKED], line
    if _BYLINE.match(line) and not found.byline:
        found.byline = whole
        return True
    if kind := kind_of(line):
        found.kind = kind
        return True
    return _KNOWN.match(line) is not None and _is_labelled(whole, found)


def _is_labelled(whole: str, found: Heads) -> bool:
    """Sort a line that begins with what it is."""
    line = whole[:LOOKED]
    if CORRECTS.match(line):
        found.signal = "correction"
    elif REPEATS.match(line):
        found.signal = found.signal or "repeat"
    elif _RUSH.match(line):
        return True  # the header's priority says it, too
    elif not (_EDITORS.match(line) or _POINTERS.match(line) or _GENRE.match(line)):
        return False
    found.ednotes.append(whole)
    return True
