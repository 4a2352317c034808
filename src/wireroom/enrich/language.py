"""In which language a story is written.

What the item says, else what its channel says, else what its letters and words say. Scripts
that only one language of the news uses are told by their letters; the others by py3langid,
which is loaded when first needed.
"""

import re
from dataclasses import replace
from functools import cache
from typing import Any

from wireroom.formats.item import Item, Made

#: Letters looked at.
READ = 240
#: Fewer letters than this tell nothing.
LEAST = 20
#: Surer than this, or nothing is said.
SURE = 0.5

#: Scripts by their first and last letter, and the language they are written for.
_SCRIPTS = {
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "gu": "\u0a80-\u0aff",
    "pa": "\u0a00-\u0a7f",
    "or": "\u0b00-\u0b7f",
    "si": "\u0d80-\u0dff",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f",
    "km": "\u1780-\u17ff",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f",
    "el": "\u0370-\u03ff",
    "he": "\u0590-\u05ff",
    "ko": "\uac00-\ud7af",
    "ja": "\u3040-\u30ff",
}
_WRITTEN = {language: re.compile(f"[{span}]") for language, span in _SCRIPTS.items()}
#: Shares of the letters that must be in the script; kana stand between Chinese signs.
_MOST = 0.5
_KANA = 0.15
#: Languages that news is written in; the model knows others, and mistakes these for them.
_CODES = """
    af am ar az be bg bn ca cs cy da de en eo es et eu fa fi fr ga gl ha hi hr hu id is it kk ky
    la lg lt lv mg mk mn mr ms mt ne nl nn no pl ps pt ro ru rw sk sl sn so sq sr st sv sw tl tr
    ug uk ur uz vi xh yo zh zu
"""
_KNOWN = frozenset(_CODES.split())


def with_language(item: Item, default: str) -> Item:
    """Fill in the language, when the item does not say it."""
    if item.language:
        return item
    if default:
        return _with(item, default, "the channel's language")
    words = f"{item.headline}\n{item.text}"
    found = language_of(words)
    return _with(item, found, "its words") if found else item


def language_of(text: str) -> str:
    """Tell a text's language (ISO 639); empty when that is not sure."""
    letters = "".join(filter(str.isalpha, text[:READ]))
    if not letters:
        return ""
    for language, script in _WRITTEN.items():
        share = len(script.findall(letters)) / len(letters)
        if share > (_KANA if language == "ja" else _MOST):
            return language
    if len(letters) < LEAST and letters.isascii():
        return ""
    language, certainty = _model().classify(text[:READ])
    return str(language) if certainty >= SURE else ""


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (a second, 130 MB)

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([language for language in model.labels if language in _KNOWN])
    return model


def _with(item: Item, language: str, because: str) -> Item:
    made = Made(field="language", because=because)
    return replace(item, language=language, made=(*item.made, made))
