"""Samples made into nonsense: the same for the same seed, on any machine."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

#: A document grows no longer than this.
LONGEST: Final = 64 * 1024
#: So many changes at most, one upon the other.
CHANGES: Final = 6
#: How often a document ends where it is changed.
CUT_OFF: Final = 0.1


def nonsense(seed: int, samples: Sequence[bytes], words: Sequence[bytes]) -> Iterator[bytes]:
    """Give changed samples without end."""
    random = Random(seed)
    while True:
        made = random.choice(samples)
        for _ in range(random.randint(1, CHANGES)):
            made = _changed(made, random, samples, words)
        yield made[:LONGEST]


def _changed(
    given: bytes, random: Random, samples: Sequence[bytes], words: Sequence[bytes]
) -> bytes:
    """Change a document in one place."""
    start = random.randint(0, len(given))
    end = min(len(given), start + int(random.expovariate(1 / 20)))
    cut = given[start:end]
    other = random.choice(samples)
    place = random.randint(0, len(other))
    instead = (
        b"",
        cut * random.randint(2, 50),
        random.choice(words),
        random.choice(words) + cut,
        random.randbytes(random.randint(1, 4)),
        other[place : place + random.randint(1, 400)],
        bytes(byte ^ (1 << random.randrange(8)) for byte in cut[:2]) + cut[2:],
    )
    if random.random() < CUT_OFF:
        return given[:start]
    return given[:start] + random.choice(instead) + given[end:]
