"""In which language a story is written."""

import subprocess
import sys
from pathlib import Path

import pytest

from wireroom.enrich import language
from wireroom.enrich.language import language_of, with_language
from wireroom.formats.item import Made

GOLD = Path(__file__).parent / "gold/languages.tsv"
STORIES = dict(line.split("\t") for line in GOLD.read_text().splitlines() if line[0] != "#")


@pytest.mark.parametrize("code", STORIES)
def test_a_story_tells_its_language(code):
    assert language_of(STORIES[code]) == code


@pytest.mark.parametrize("text", ["", "   ", "123 456", "Oslo", "+++ 4:2 +++", "http://"])
def test_too_little_tells_nothing(text):
    assert language_of(text) == ""


def test_what_the_item_says_stays(item):
    story = item(language="fr", text=STORIES["de"])
    assert with_language(story, "es") is story


def test_the_channel_speaks_for_items_that_do_not(item):
    story = with_language(item(text=STORIES["de"]), "de-AT")
    assert story.language == "de-AT"
    assert story.made == (Made(field="language", because="the channel's language"),)


def test_the_words_speak_when_nobody_else_does(item):
    story = with_language(item(headline="Frost", text=STORIES["de"]), "")
    assert story.language == "de"
    assert story.made == (Made(field="language", because="its words"),)


def test_nothing_is_said_when_unsure(item):
    story = item(headline="Oslo")
    assert with_language(story, "") is story


def test_no_model_is_loaded_for_an_item_that_says_its_language(item, monkeypatch):
    def loaded():
        raise AssertionError

    monkeypatch.setattr(language, "_model", loaded)
    assert with_language(item(language="en", text=STORIES["en"]), "").language == "en"
    assert with_language(item(text=STORIES["ta"]), "").language == "ta"  # told by its letters


def test_importing_enrichment_loads_none_of_its_tables_and_models():
    asked = (
        "import sys, wireroom.enrich.item;"
        "print([name for name in ('py3langid', 'ahocorasick', 'babel', 'sentencex', 'numpy')"
        " if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
