"""Words as search compares them: one rule for texts and questions, on both databases.

A word is letters, their marks and digits; whatever else stands between parts words, but
for signs that nobody sees. Small and capital letters are one, and accents are left out
(``café`` is ``cafe``); marks of other scripts belong to their words, as in Hindi.
"""

import unicodedata

#: Signs of a word that are compared.
LONGEST = 100
#: Accents of Latin, Greek and Cyrillic letters.
ACCENTS = range(0x0300, 0x0370)
#: Soft hyphens and joiners: they part no words.
INVISIBLE = frozenset({0x00AD, *range(0x200B, 0x200E), 0xFEFF})


class _Signs(dict[int, str]):
    """What each sign becomes, found once."""

    def __missing__(self, number: int) -> str:
        if number in INVISIBLE:
            made = ""
        else:
            apart = unicodedata.normalize("NFKD", chr(number).casefold())
            made = "".join(map(_kept, apart))
        self[number] = made
        return made


def _kept(sign: str) -> str:
    if ord(sign) in ACCENTS:
        return ""
    category = unicodedata.category(sign)
    return sign if category[0] in "LN" or category in {"Mn", "Mc"} else " "


_SIGNS = _Signs()


def words(text: str) -> list[str]:
    """Cut a text into its words."""
    return spaced(text).split()


def spaced(text: str) -> str:
    """Write a text as its words with spaces between, one or more."""
    signs = text.translate(_SIGNS)
    if _has_long(signs):
        return " ".join([word[:LONGEST] for word in signs.split()])
    return signs


def _has_long(signs: str) -> bool:
    """Say whether a word is longer than what is compared: leap from space to space."""
    place, end = 0, len(signs)
    while end - place > LONGEST:
        space = signs.rfind(" ", place, place + LONGEST + 1)
        if space < 0:
            return True
        place = space + 1
    return False
