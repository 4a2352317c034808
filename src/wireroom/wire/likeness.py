"""How much of one text another contains: told by four words in a row, and by some of them.

A text is compared by the hashes of all its runs of four words (4-grams). What is kept of it
is a part of them, chosen by winnowing, so that equal passages give equal hashes wherever
they stand (Schleimer, Wilkerson, Aiken, 2003). What a text is found by are its anchors:
passages that begin with a word of one letter. They are cut out of the text as it stands, at
a twentieth of what the hashes cost, and decide nothing. Names and numbers are compared apart.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from zlib import crc32

from .terms import spaced

#: Words of a gram; shorter texts than so many grams say too little to be compared.
GRAM = 4
LEAST = 8
#: Of so many grams in a row the lowest is kept.
WINDOW = 4
#: Signs of a text that are compared.
MOST = 100_000
#: Signs of a passage by which a text is found: some four words.
PASSAGE = 24
#: The letter that passages begin with, where it begins one word of so many.
LETTER, EVERY = "b", 40
#: Bytes of a hash in the array that is kept.
KIND = "I"

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: A word that begins no sentence; a name, where it has a capital.
INSIDE = re.compile(r"(?<=[\w,;:] )[^\W\d_][\w'’-]*")  # noqa: RUF001 (as agencies write it)


def grams(text: str) -> list[int]:
    """Hash all runs of four words, in their order."""
    words = spaced(text[:MOST]).encode(errors="replace").split()
    hashes = memoryview(array(KIND, map(crc32, words))).cast("B")
    size = array(KIND).itemsize
    last = len(hashes) - GRAM * size
    return [crc32(hashes[at : at + GRAM * size]) for at in range(0, last + size, size)]


def winnowed(all_: list[int]) -> frozenset[int]:
    """Choose the grams that are kept: of each window the lowest; none of too short a text."""
    if len(all_) < LEAST:
        return frozenset()
    return frozenset(map(min, *(all_[at:] for at in range(WINDOW))))


def hashes_of(kept: bytes | memoryview) -> tuple[int, ...]:
    """Read hashes back that were kept as bytes, in their order."""
    hashes = array(KIND)
    hashes.frombytes(bytes(kept))
    return tuple(hashes)


def found_by(text: str) -> tuple[str, set[int]]:
    """Choose the letter by which a text is found, the usual one or its commonest; its anchors."""
    low = text[:MOST].lower()
    passages = low.split(f" {LETTER}")[1:]
    if len(passages) * EVERY >= low.count(" "):
        return LETTER, _hashed(passages)
    letter = Counter(word[0] for word in low.split()[1:]).most_common(1)[0][0]
    return letter, _hashed(low.split(f" {letter}")[1:])


def anchors(text: str, letter: str) -> set[int]:
    """Hash the passages of a text that begin with a word of a letter."""
    return _hashed(text[:MOST].lower().split(f" {letter}")[1:])


def _hashed(passages: Iterable[str]) -> set[int]:
    return {crc32(one[:PASSAGE].encode(errors="replace")) for one in passages}


def share(part: AbstractSet[int], of: AbstractSet[int]) -> float:
    """Say how much of what was chosen of a text is in another."""
    return len(part & of) / len(part) if part else 0.0


def facts(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Gather names and numbers: words with a capital inside sentences, and figures."""
    names = frozenset(word for word in INSIDE.findall(text) if word[0].isupper())
    return names, frozenset(NUMBER.findall(text))
