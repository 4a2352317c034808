"""What a correction changed, told in sentences made of the two versions and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Beyond these, changes are named and not quoted: words that changed in one place, such
#: places in a paragraph, words of a paragraph, paragraphs.
QUOTED, PLACES, LONG, MANY = 8, 3, 400, 300
#: Signs that do not belong to the word they stand at.
EDGES = ".,;:!?()[]\"'“”‘’«»—–"  # noqa: RUF001 (as agencies write them)


@dataclass(frozen=True, slots=True)
class Words:
    """What readers could see of a version."""

    headline: str
    standfirst: str
    paragraphs: tuple[str, ...]


def difference(before: Words, after: Words) -> list[str]:
    """Say how two versions differ, in sentences of plain text; none where no word does."""
    return [
        *_whole("headline", before.headline, after.headline),
        *_within("the standfirst", before.standfirst, after.standfirst),
        *_text(_in_line(before.paragraphs), _in_line(after.paragraphs)),
    ]


def _in_line(paragraphs: Sequence[str]) -> list[str]:
    return [words for one in paragraphs if (words := " ".join(one.split()))]


def _whole(name: str, before: str, after: str) -> Iterator[str]:
    """Tell a line's change by both its forms."""
    if before.split() == after.split():
        return
    if before and after:
        yield f"The {name} was “{before}”; it is now “{after}”."
    else:
        yield f"The {name} was changed."


def _text(before: list[str], after: list[str]) -> Iterator[str]:
    """Tell which paragraphs changed; they are counted as they stand now."""
    if before == after:
        return
    if max(len(before), len(after)) > MANY:
        yield "The text was changed."
        return
    for how, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "replace" and b - a == d - c:
            for number in range(d - c):
                name = f"paragraph {c + number + 1}"
                yield from _within(name, before[a + number], after[c + number])
        elif how == "delete":
            yield "A paragraph was removed." if b - a == 1 else f"{b - a} paragraphs were removed."
        elif how != "equal":
            yield f"{_named(c, d)} {'added' if how == 'insert' else 'changed'}."


def _named(first: int, end: int) -> str:
    if end - first == 1:
        return f"Paragraph {end} was"
    return f"Paragraphs {first + 1} to {end} were"


def _within(name: str, before: str, after: str) -> Iterator[str]:
    """Tell which words became which others, where these are few; else that it changed."""
    old, new = before.split(), after.split()
    if old == new:
        return
    told = list(_changes(old, new)) if max(len(old), len(new)) <= LONG else []
    if told and all(told) and len(told) <= PLACES:
        yield f"In {name}, {', and '.join(told)}."
    else:
        yield f"{name[0].upper()}{name[1:]} was changed."


def _changes(old: list[str], new: list[str]) -> Iterator[str]:
    """Tell each place where words differ; empty where they are too many, or only signs."""
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = _bare(old[a:b]), _bare(new[c:d])
        if how == "equal":
            continue
        if was == now or max(b - a, d - c) > QUOTED:
            yield ""
        elif was and now:
            yield f"“{was}” became “{now}”"
        else:
            yield f"“{was or now}” was {'removed' if was else 'added'}"


def _bare(words: list[str]) -> str:
    return " ".join(words).strip(EDGES)
