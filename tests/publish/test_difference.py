"""What is said of a correction follows from the two versions alone."""

from difflib import SequenceMatcher

import pytest

from wireroom.publish.difference import Words, difference

FIRST = "A plant closed on Friday."
SECOND = "It had 50 workers, officials said."
THIRD = "The mayor, Ana Bello, was not there."


def words(*paragraphs, headline="Plant closes", standfirst="It had workers."):
    """Make a version."""
    return Words(headline, standfirst, paragraphs or (FIRST, SECOND, THIRD))


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (words(), []),
        (words(f" {FIRST}\n", "", SECOND, THIRD), []),
        (
            words(headline="Plant <b>opens"),
            ["The headline was “Plant closes”; it is now “Plant <b>opens”."],
        ),
        (words(headline=""), ["The headline was changed."]),
        (words(standfirst="It had jobs."), ["In the standfirst, “workers” became “jobs”."]),
        (
            words(FIRST, SECOND.replace("50", "15"), THIRD),
            ["In paragraph 2, “50” became “15”."],
        ),
        (
            words(FIRST, SECOND, THIRD.replace("Ana Bello", "Ana Belo")),
            ["In paragraph 3, “Bello” became “Belo”."],
        ),
        (
            words(FIRST, "It had 15 workers, an owner said.", THIRD),
            ["In paragraph 2, “50” became “15”, and “officials” became “an owner”."],
        ),
        (words(FIRST, SECOND.replace("50 ", ""), THIRD), ["In paragraph 2, “50” was removed."]),
        (
            words(FIRST.replace("plant", "new plant"), SECOND, THIRD),
            ["In paragraph 1, “new” was added."],
        ),
        (
            words("Nothing of it is true, says nobody at all now.", SECOND, THIRD),
            ["Paragraph 1 was changed."],
        ),
        (words(FIRST, "Nobody knows.", SECOND, THIRD), ["Paragraph 2 was added."]),
        (words(FIRST, "One.", "Two.", SECOND, THIRD), ["Paragraphs 2 to 3 were added."]),
        (words(FIRST, THIRD), ["A paragraph was removed."]),
        (words(FIRST), ["2 paragraphs were removed."]),
        (words(FIRST, "One.", "Two.", "Three."), ["Paragraphs 2 to 4 were changed."]),
        (words(FIRST.replace("Friday.", "Friday!"), SECOND, THIRD), ["Paragraph 1 was changed."]),
    ],
)
def test_sentences_say_what_changed_and_where(after, said):
    assert difference(words(), after) == said


def test_text_made_to_be_hard_to_compare_is_named_and_not_compared(monkeypatch):
    compared = []
    monkeypatch.setattr(
        SequenceMatcher, "get_opcodes", lambda self: compared.append(len(self.a)) or []
    )
    paragraphs = tuple(f"{n}." for n in range(2000))
    assert difference(words(), words(*paragraphs)) == ["The text was changed."]
    long = "word " * 5000
    assert difference(words(standfirst=long), words(standfirst=f"{long}x")) == [
        "The standfirst was changed."
    ]
    assert compared == []
