"""In which sector a story is filed."""

import pytest

from wireroom.enrich.sector import with_sector
from wireroom.formats.item import Made, Subject
from wireroom.vocab.sectors import sector
from wireroom.vocab.tables import rows


@pytest.fixture
def filed(item):
    """Name the sector of an item with these subjects and keywords."""

    def file(*subjects, keywords=(), default=""):
        named = tuple(Subject(code=code, name=name) for code, name in subjects)
        story = with_sector(item(subjects=named, keywords=keywords), default)
        found = [one.code for one in story.subjects if one.code.startswith("sector:")]
        return found[0].removeprefix("sector:") if found else None

    return file


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("medtop:15000000", "sports"),
        ("medtop:20000212", "agro-forestry"),
        ("http://cv.iptc.org/newscodes/mediatopic/20000338", "transport"),
        ("subj:15054000", "sports"),
        ("iptc:04000000", "economy-business"),
        ("subject:07013000", "health"),
        ("07013000", "health"),
    ],
)
def test_a_media_topic_decides(filed, code, slug):
    assert filed((code, "whatever")) == slug


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Business", "economy-business"),
        ("business news", "economy-business"),
        ("Sports", "sports"),
        ("Cricket", "sports"),
        ("Tech", "technology"),
        ("Science & Environment", "science-environment"),
        ("Climate change", "science-environment"),
        ("Health", "health"),
        ("Agriculture", "agro-forestry"),
        ("Oil & Gas", "energy-extractives"),
        ("Education", "education"),
        ("Entertainment", "art-culture"),
        ("Crime", "law-governance"),
        ("Politics", "politics"),
        ("Women", "social-gender"),
        ("Aviation", "transport"),
        ("Real estate", "urban-development"),
        ("Water and sanitation", "wash"),
        ("News/Sport", "sports"),
        ("World > Asia > Politics", "politics"),
        ("top stories; health", "health"),
        ("Deportes", "sports"),
        ("Wirtschaft", "economy-business"),
        ("खेल", "sports"),
        ("اقتصاد", "economy-business"),
        ("Top stories", None),
        ("World", None),
        ("", None),
    ],
)
def test_the_agencys_category_decides_in_its_own_words(filed, words, slug):
    assert filed(("category:x", words)) == slug


def test_a_category_without_a_name_speaks_by_its_code(filed):
    assert filed(("https://example.org/terms#health", "")) == "health"


def test_keywords_decide_when_no_category_does(filed):
    assert filed(("category:x", "World"), keywords=("Oslo", "football")) == "sports"


def test_a_topic_goes_before_a_category_and_a_category_before_the_channel(filed):
    assert filed(("c:1", "Sports"), ("medtop:07000000", "health"), default="wash") == "health"
    assert filed(("c:1", "Sports"), default="wash") == "sports"
    assert filed(("c:1", "World"), default="wash") == "wash"
    assert filed(default="no-such-sector") is None


def test_most_topics_win_and_deeper_ones_say_more(filed):
    assert filed(("medtop:11000000", ""), ("medtop:20000212", "")) == "agro-forestry"
    twice = [("medtop:20000888", "cricket"), ("medtop:15000000", "sport")]
    assert filed(("medtop:20000597", "constitution"), *twice) == "sports"


def test_a_sector_the_item_names_stays(item):
    story = item(subjects=(Subject(code="sector:wash"), Subject(code="medtop:15000000")))
    assert with_sector(story, "health") is story


def test_the_subject_says_why(item):
    story = with_sector(item(subjects=(Subject(code="medtop:20000888", name="cricket"),)), "")
    because = "its topic medtop:20000888 cricket"
    assert story.subjects[-1] == Subject(code="sector:sports", name="Sports", because=because)
    assert story.made == (Made(field="sector", because=because),)


def test_each_word_of_the_table_is_in_one_sector_only():
    words = []
    for row in rows("categories.tsv", "wireroom.enrich"):
        assert sector(row["sector"])
        words += row["words"].split("|")
    assert sorted(words) == sorted(set(words))
    assert all(word == word.casefold() for word in words)
