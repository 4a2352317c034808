"""Text made comparable, letter by letter, so that places in it stay where they are."""

import unicodedata

#: Above this, letters are not taken apart: Hangul would fall to pieces.
_LAST = 0x0700
_SAME = {"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "‑": "-", "ı": "i", "đ": "d", "ł": "l", "ø": "o"}  # noqa: RUF001 (the letters it is about)


class _Letters(dict[int, str]):
    """One letter for each letter: small, without marks; white space as a space."""

    def __missing__(self, number: int) -> str:
        letter = chr(number).lower()
        letter = _SAME.get(letter, letter)
        if letter.isspace():
            letter = " "
        elif number < _LAST:
            letter = unicodedata.normalize("NFD", letter)
        self[number] = letter[:1]
        return letter[:1]


_LETTERS = _Letters()


def fold(text: str) -> str:
    """Write a text small, without accents and line ends, at the same length."""
    return text.translate(_LETTERS)


def is_part_of_word(letter: str) -> bool:
    """Say whether a letter goes on with a word; vowel signs do, in the scripts that have them."""
    return letter.isalnum() or (letter > "\u02ff" and unicodedata.category(letter)[0] == "M")
