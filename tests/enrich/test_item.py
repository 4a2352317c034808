"""All steps together."""

import pytest

from wireroom.enrich.item import Defaults, enrich
from wireroom.formats.item import Countries, Subject

TEXT = (
    "OSLO, May 3 (XYZ) - Apple growers in Norway lost half of their blossom to frost on Monday.\n\n"
    '"We lit fires all night," said a grower.'
)


def test_each_field_filled_in_says_why(item):
    story = enrich(item(headline="Frost", text=TEXT), defaults=Defaults(sector="agro-forestry"))
    assert story.language == "en"
    assert story.dateline == "OSLO, May 3"
    assert story.countries == Countries(primary="NO", mentioned=("NO",))
    assert story.standfirst.startswith("Apple growers in Norway")
    assert story.subjects[-1].code == "sector:agro-forestry"
    fields = ["language", "dateline", "countries", "standfirst", "sector"]
    assert [made.field for made in story.made] == fields
    assert all(made.because for made in story.made)


def test_what_the_agency_wrote_is_not_touched(item):
    story = item(headline="Frost", text=TEXT, body="<p>OSLO</p>", keywords=("frost",))
    richer = enrich(story, defaults=Defaults())
    for field in ("guid", "version", "headline", "text", "body", "keywords", "pubstatus"):
        assert getattr(richer, field) == getattr(story, field)


def test_an_item_that_says_all_itself_comes_back_as_it_was(item):
    story = item(
        headline="Frost",
        text=TEXT,
        language="en",
        dateline="OSLO",
        countries=Countries(primary="NO"),
        standfirst="Frost in Norway.",
        subjects=(Subject(code="sector:health"),),
    )
    assert enrich(story, defaults=Defaults(language="fr", sector="wash")) is story


def test_enriching_twice_changes_nothing_more(item):
    once = enrich(item(headline="Frost", text=TEXT), defaults=Defaults(sector="wash"))
    assert enrich(once, defaults=Defaults(sector="wash")) is once


@pytest.mark.parametrize("said", [{"pubstatus": "canceled"}, {"patch": "management"}])
def test_what_only_acts_on_a_story_is_left_as_it_came(item, said):
    story = item(headline="Frost", text=TEXT, **said)
    assert enrich(story, defaults=Defaults(language="en", sector="wash")) is story


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n\n", "-" * 500, "A" * 50_000, "( " * 5000, "Oslo, " * 5000, "\u200b", "💧" * 99],
    ids=["empty", "space", "lines", "dashes", "one word", "brackets", "commas", "joiner", "drops"],
)
def test_odd_texts_are_lived_through(item, text):
    enrich(item(headline=text[:300], text=text), defaults=Defaults())
