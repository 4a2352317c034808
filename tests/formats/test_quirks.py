"""What single agencies do otherwise: each row of the table has samples of what must happen."""

import re
from pathlib import Path
from time import process_time

import pytest

from formats.terms import wrong
from formats.test_feed_samples import arrival, said_of
from wireroom.formats.item import Item, Picture
from wireroom.formats.newsroom.advisories import judged
from wireroom.formats.newsroom.habits import put_right
from wireroom.formats.providers.quirks import NONE, QUIRKS
from wireroom.formats.read import parse

FOLDER = Path(__file__).parent / "samples" / "quirks"
SAMPLES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expect")


def providers():
    return {found for path in SAMPLES for found in re.findall(r"provider: (\S+)", said_of(path))}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_is_what_it_says(path):
    assert not wrong(path, parse(path.read_bytes(), "", arrival(said_of(path))))


def test_each_row_has_a_sample():
    assert providers() >= set(QUIRKS)


def test_each_mark_of_a_row_is_in_its_samples():
    titles = "\n".join(path.read_text() for path in SAMPLES)
    said = re.findall(r"(?:<title>|\"headline\": \")([^<\"]+)", titles)
    for name, quirk in QUIRKS.items():
        patterns = [*(mark for mark, _ in quirk.marks), *(mark for mark, _ in quirk.notices)]
        patterns += [quirk.forbids] if quirk.forbids else []
        for pattern in patterns:
            assert any(pattern.match(one) for one in said), (name, pattern.pattern)


class TestPuttingRight:
    def test_an_item_without_a_habit_is_given_back_as_it_is(self):
        story = Item(guid="ferry-17", version=1, body="<p>It sailed.</p>", text="It sailed.")
        for quirk in (NONE, *QUIRKS.values()):
            assert put_right(story, quirk) is story or story.pictures

    @pytest.mark.parametrize(
        "contact", ["0049 5550 1234567", "+49 5550 1234", "(05550) 123 456", "desk@harbour.example"]
    )
    def test_contacts_below_a_border_go_to_the_note_however_they_are_written(self, contact):
        story = Item(
            guid="ferry-17",
            version=1,
            body=f"<p>It sailed.</p><hr><p>Desk: {contact}</p>",
            text=f"It sailed.\n\nDesk: {contact}",
        )
        found = put_right(story, NONE)
        assert (found.text, found.ednote) == ("It sailed.", f"Desk: {contact}")

    def test_an_item_that_was_put_right_stays_as_it_is(self):
        body = "<p>Eds: UPDATES.</p><p>It sailed. (ANI) (ANI)</p>"
        item = Item(
            guid="ferry-17",
            version=1,
            body=body,
            text="Eds: UPDATES.\n\nIt sailed. (ANI) (ANI)",
            pictures=(Picture(href="https://harbour.example/1.jpg", caption="It. (zu dpa «It»)"),),
        )
        for quirk in QUIRKS.values():
            once = put_right(item, quirk)
            assert put_right(once, quirk) == once
            assert judged(judged(once, quirk), quirk) == judged(once, quirk)

    @pytest.mark.parametrize(
        "body",
        [
            "<p>Eds: a</p>" * 70_000,
            "<p>* * *</p>" * 80_000,
            "<hr>" * 200_000,
            "<p>" + "* " * 400_000,
        ],
        ids=lambda one: one[:8],
    )
    def test_a_body_made_to_be_slow_is_put_right_at_once(self, body):
        item = Item(guid="ferry-17", version=1, body=body, text="(0555) 0100-22")
        began = process_time()
        put_right(item, QUIRKS["ap"])
        assert process_time() - began < 1.5
