"""The sentence under the headline: the agency's own, else one of the story, whole and unchanged."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from wireroom.formats.item import Item, Made

from . import dateline
from .fold import fold
from .words import folded

#: Letters and sentences looked at.
READ = 2400
SENTENCES = 10
#: A sentence shorter than this says too little, a longer one too much.
SHORTEST, LONGEST = 45, 320
#: What counts: to say the headline's words, to say the story's most frequent words, and what
#: each sentence before it takes away.
HEADLINE = 1.5
THEME = 3.0
STEP = 0.15
#: How many of the most frequent words are the story's theme.
FREQUENT = 15

_QUOTES = "\"'“”„‘’«»‹›「『（([*•-–—…"  # noqa: RUF001 (what a sentence must not begin with)
_WORD = re.compile(r"[^\s\d_,.;:!?()\[\]\"“”«»„।؟،—–/-]+")  # noqa: RUF001 (marks of all scripts)
_ENDS = re.compile(r"[.!?。！？।؟]$")  # noqa: RUF001 (the full stops of other scripts)
#: Lines that are no sentence of the story.
_ASIDE = re.compile(
    r"^(?:by |reporting by|editing by|writing by|read (?:also|more)|also read|photo|image|source"
    r"|disclaimer|follow us|copyright|©|\*|http)|\((?:ani|pti|ians|reporting by)",
    re.IGNORECASE,
)
#: Marks in Chinese and Japanese say as much as three letters elsewhere.
_DENSE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence that may stand under the headline."""

    text: str
    #: Its place in the story, from 0.
    position: int
    worth: float


def with_standfirst(item: Item) -> Item:
    """Choose a standfirst, when the agency gives none and the story has one."""
    if item.standfirst.strip() or not (best := choose(item)):
        return item
    because = f"sentence {best.position + 1} of the story"
    made = Made(field="standfirst", because=because)
    return replace(item, standfirst=best.text, made=(*item.made, made))


def choose(item: Item) -> Sentence | None:
    """Choose the sentence that says most of the headline and the story, early in it."""
    told, theme = words_of(item.headline), _theme(item.text[:READ])
    best = None
    for position, text in enumerate(islice(_sentences(item), SENTENCES)):
        if not may_stand(text) or fold(text).rstrip(".") == fold(item.headline).rstrip("."):
            continue
        said = words_of(text)
        worth = HEADLINE * _share(said, told) + THEME * _share(said, theme) - STEP * position
        if best is None or worth > best.worth:
            best = Sentence(text=text, position=position, worth=worth)
    return best


def _share(said: frozenset[str], wanted: frozenset[str]) -> float:
    return len(said & wanted) / len(wanted) if wanted else 0.0


def _theme(text: str) -> frozenset[str]:
    counts = Counter(_telling(text)).most_common(FREQUENT)
    return frozenset(word for word, times in counts if times > 1)


def may_stand(sentence: str) -> bool:
    """Say whether a sentence can be read by itself: no quote, no pronoun, no dateline first."""
    size = len(sentence) + 2 * len(_DENSE.findall(sentence))
    if not SHORTEST <= size <= LONGEST or not _ENDS.search(sentence.rstrip("\"'”’»)")):  # noqa: RUF001 (closing quotes)
        return False
    if sentence[0] in _QUOTES or _ASIDE.search(sentence):
        return False
    first = _WORD.search(sentence)
    if not first or first[0][0].islower():
        return False
    if fold(first[0]).partition("'")[0] in folded("pointers.txt"):
        return False
    return dateline.read(sentence) is None


def words_of(text: str) -> frozenset[str]:
    """List the beginnings of the words that carry meaning: those of four letters or more."""
    return frozenset(_telling(text))


def _telling(text: str) -> Iterator[str]:
    for word in _WORD.findall(fold(text)):
        if len(word) > 3 or not word.isascii():  # noqa: PLR2004 (as said)
            yield word.removesuffix("s")[:6]


def _sentences(item: Item) -> Iterator[str]:
    from sentencex import segment  # type: ignore[import-untyped] # noqa: PLC0415 (loaded when used)

    text = item.text[:READ]
    found = dateline.read(text)
    text = text[found.end :].lstrip() if found else text
    whole = len(item.text) <= READ
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    for number, paragraph in enumerate(paragraphs):
        pieces = [
            one.strip() for one in segment(item.language.partition("-")[0] or "en", paragraph)
        ]
        if number == len(paragraphs) - 1 and not whole:
            pieces = pieces[:-1]  # the last one may be cut off
        yield from filter(None, pieces)
