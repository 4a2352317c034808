"""Countries and the editions they lie in."""

import pytest

from wireroom.vocab.countries import countries, country
from wireroom.vocab.editions import EDITIONS, edition, editions_of

REGIONAL = [edition for edition in EDITIONS if edition.regions]


def slugs(*codes):
    return [edition.slug for edition in editions_of(codes)]


def test_iso_3166_has_249_countries_and_kosovo_is_known_too():
    codes = set(countries())
    assert len(codes - {"XK"}) == 249
    assert "XK" in codes
    assert all(len(code) == 2 and code.isupper() for code in codes)


def test_a_country_is_found_by_its_code_in_capitals():
    assert country("IN").name == "India"
    assert country("in") is None
    assert country("XX") is None
    assert country("") is None


def test_no_two_countries_share_a_name():
    names = [one.name for one in countries().values()]
    assert len(names) == len(set(names))


def test_there_are_twelve_editions_and_the_first_is_global():
    assert [edition.slug for edition in EDITIONS] == [
        "global",
        "south-asia",
        "east-and-south-east-asia",
        "europe-and-central-asia",
        "middle-east-and-north-africa",
        "north-america",
        "latin-america-and-caribbean",
        "pacific",
        "west-africa",
        "east-africa",
        "central-africa",
        "southern-africa",
    ]


def test_each_country_lies_in_exactly_one_regional_edition():
    for one in countries().values():
        homes = [edition.slug for edition in REGIONAL if one.region in edition.regions]
        assert len(homes) == 1, one


def test_each_region_of_an_edition_has_countries():
    known = {one.region for one in countries().values()}
    assert {region for edition in REGIONAL for region in edition.regions} == known


@pytest.mark.parametrize(
    ("code", "home"),
    [
        ("IN", "south-asia"),
        ("IR", "south-asia"),
        ("JP", "east-and-south-east-asia"),
        ("VN", "east-and-south-east-asia"),
        ("KZ", "europe-and-central-asia"),
        ("RU", "europe-and-central-asia"),
        ("XK", "europe-and-central-asia"),
        ("TR", "middle-east-and-north-africa"),
        ("EG", "middle-east-and-north-africa"),
        ("SD", "middle-east-and-north-africa"),
        ("US", "north-america"),
        ("MX", "latin-america-and-caribbean"),
        ("JM", "latin-america-and-caribbean"),
        ("AU", "pacific"),
        ("TV", "pacific"),
        ("NG", "west-africa"),
        ("KE", "east-africa"),
        ("CD", "central-africa"),
        ("ZA", "southern-africa"),
    ],
)
def test_a_story_is_in_global_and_in_the_edition_of_its_country(code, home):
    assert slugs(code) == ["global", home]


def test_a_story_of_two_countries_is_in_both_editions_once_each():
    assert slugs("US", "CN", "JP") == ["global", "east-and-south-east-asia", "north-america"]


def test_a_story_of_no_known_country_is_in_global_only():
    assert slugs() == slugs("XX") == ["global"]


def test_an_edition_is_found_by_its_slug():
    assert edition("pacific").name == "Pacific"
    assert edition("atlantis") is None
