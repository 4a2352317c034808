"""The country that acts, and those a story is about."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wireroom.enrich.countries import with_countries
from wireroom.enrich.gazetteer import gazetteer
from wireroom.enrich.item import Defaults, enrich
from wireroom.formats.item import Countries, Item, Made, Place
from wireroom.vocab.countries import country
from wireroom.vocab.tables import rows

GOLD = Path(__file__).parent / "gold/countries.tsv"
#: Floors: they may only rise.
PRIMARY, F1 = 0.985, 0.975


def gold():
    """Read the labelled items."""
    lines = [line for line in GOLD.read_text().splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def found(row):
    """Enrich a labelled item and return its countries."""
    item = Item(
        guid="g", version=1, headline=row["headline"], text=row["text"], language=row["language"]
    )
    return enrich(item, defaults=Defaults()).countries


@pytest.fixture
def primary(item):
    """Name the primary country of a headline and a text."""

    def named(headline, text="", **more):
        story = item(headline=headline, text=text, language="en", **more)
        return enrich(story, defaults=Defaults()).countries.primary

    return named


def test_the_gold_file_is_large_and_names_real_countries():
    labelled = gold()
    assert len(labelled) >= 150
    assert len({row["headline"] + row["text"] for row in labelled}) == len(labelled)
    for row in labelled:
        for code in {*row["also"].split(), row["primary"]} - {"-"}:
            assert country(code), row


def test_the_country_that_acts_is_found_on_gold():
    labelled = gold()
    wrong = [row for row in labelled if (found(row).primary or "-") != row["primary"]]
    print(*(f"{row['primary']} wanted: {row['headline']}" for row in wrong), sep="\n")
    assert 1 - len(wrong) / len(labelled) >= PRIMARY


def test_the_countries_a_story_is_about_are_found_on_gold():
    right = made = wanted = 0
    for row in gold():
        true = {*row["also"].split(), row["primary"]} - {"-"}
        seen = set(found(row).mentioned)
        right, made, wanted = right + len(true & seen), made + len(seen), wanted + len(true)
    assert 2 * right / (made + wanted) >= F1


def test_a_state_department_story_about_china_is_filed_under_the_united_states(item):
    story = enrich(
        item(
            headline="US 'concerned' over China's new border law, says State Department",
            text=(
                "Washington [US], December 23 (ANI): A spokesperson of the US State Department"
                " said the United States would watch how China applies the law.\n\n"
                "China says the law changes nothing."
            ),
            language="en",
        ),
        defaults=Defaults(),
    )
    assert story.countries == Countries(primary="US", mentioned=("US", "CN"))
    because = {made.field: made.because for made in story.made}["countries"]
    assert "headline “US”" in because
    assert "dateline “Washington [US], December 23”" in because
    assert "CN: headline “China”" in because


@pytest.mark.parametrize(
    ("headline", "code"),
    [
        ("US to send grain", "US"),
        ("U.S. to send grain", "US"),
        ("They told us to send grain", None),
        ("GIVE US MORE TIME, GROWERS ASK", None),
        ("US TO SEND GRAIN", "US"),
        ("UK to send grain", "GB"),
        ("Polish growers send grain", "PL"),
        ("Growers polish apples", None),
        ("New Mexico growers send grain", "US"),
        ("Mexico growers send grain", "MX"),
        ("Grain ship lost in Indian Ocean", None),
        ("Indian grain ship lost", "IN"),
        ("Mr. Jordan buys a boat", None),
        ("Jordan buys a boat", "JO"),
        ("Lady Chad opens flower show", None),
        ("Bank of America cuts fees", None),
        ("Latin America grows more grain", None),
        ("Gulf of Mexico warms", None),
        ("Guinea pigs fill shelter", None),
        ("Papua New Guinea votes", "PG"),
        ("Northern Ireland votes", "GB"),
        ("Ireland votes", "IE"),
        ("Pak flood relief begins", "PK"),
        ("Pack flood relief bags", None),
        ("TURKEY RAISES WAGES", "TR"),
        ("turkey prices rise", None),
        ("Nigeria raises wages", "NG"),
        ("Niger raises wages", "NE"),
        ("<MEA> raises wages", None),
        ("Côte d’Ivoire raises wages", "CI"),  # noqa: RUF001 (as agencies write it)
        ("", None),
    ],
)
def test_a_word_counts_only_where_it_means_the_country(primary, headline, code):
    assert primary(headline) == code


@pytest.mark.parametrize(
    ("headline", "text", "code"),
    [
        ("Turkey costs more", "A frozen turkey costs more, shoppers say.", None),
        ("Turkey costs more", "A turkey costs more in Ankara.", "TR"),
        ("Turkey costs more", "Bread costs more.", "TR"),
        ("China breaks", "A plate of old china broke at an auction.", None),
        ("French toast, Swiss cheese and Danish pastry for all", "", None),
    ],
)
def test_a_bird_a_plate_and_a_dish_are_no_countries(primary, headline, text, code):
    assert primary(headline, text) == code


def test_a_name_borne_by_a_person_in_the_story_is_that_person_throughout(primary):
    assert primary("", "Michael Jordan retired. Jordan had played for years.") is None


def test_a_citys_country_is_that_of_the_region_after_its_comma(primary):
    assert primary("", "A mill in Birmingham, Ala. burned down.") == "US"
    assert primary("", "A mill in Birmingham burned down.") == "GB"


@pytest.mark.parametrize(
    ("year", "code"), [(1986, "US"), (2024, None)], ids=["in office", "long after"]
)
def test_a_leader_means_the_country_only_in_those_years(primary, year, code):
    when = datetime(year, 5, 1, tzinfo=UTC)
    assert primary("Reagan signs the bill", version_created=when) == code


def test_the_first_country_of_a_headline_acts_though_the_text_names_the_other_more(primary):
    text = "Chile got a letter from Brazil on lithium, the Chilean minister said."
    assert primary("Brazil asks Chile to share lithium", text) == "BR"


def test_money_named_after_a_country_does_not_make_the_story_its_own(primary):
    text = "LONDON, May 4 - The bank issued 50 mln Canadian dollars of notes."
    assert primary("Bank issues Canadian dollar notes", text) == "GB"


def test_what_the_agency_says_stays(item):
    given = Countries(primary="CN", mentioned=("CN",))
    story = item(headline="US sends grain to Japan", language="en", countries=given)
    assert with_countries(story) is story


def test_of_the_countries_the_agency_names_the_one_that_acts_is_primary(item):
    given = Countries(mentioned=("JP", "US"))
    story = item(headline="US sends grain to Japan", language="en", countries=given)
    assert with_countries(story).countries == Countries(primary="US", mentioned=("US", "JP"))


def test_the_agencys_first_country_is_primary_when_the_words_name_none(item):
    given = Countries(mentioned=("JP", "US"))
    story = with_countries(item(headline="Grain sent", language="en", countries=given))
    assert story.countries.primary == "JP"
    assert story.made == (Made(field="countries.primary", because="the agency names it first"),)


@pytest.mark.parametrize(
    "place", [Place(country="NO"), Place(name="Oslo"), Place(name="Oslo", country="?")]
)
def test_a_place_the_agency_codes_speaks_for_its_country(item, place):
    story = item(headline="Grain sent", places=(place,), language="en")
    assert with_countries(story).countries.primary == "NO"


def test_nothing_is_said_when_nothing_is_named(item):
    story = item(headline="Ten ways to cook rice", text="Wash it first.", language="en")
    assert with_countries(story) is story


def test_where_names_overlap_the_longest_is_meant():
    named = gazetteer("en").find("The Democratic Republic of the Congo and South Sudan")
    assert [hit.name.code for hit in named] == ["CD", "SS"]


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("hi", "नेपाल में चुनाव", "NP"),
        ("ar", "وبمصر محطة جديدة", "EG"),
        ("bn", "বাংলাদেশে বন্যা", "BD"),
        ("ur", "پاکستان میں سیلاب", "PK"),
        ("de", "in der Türkei", "TR"),
        ("tr", "Almanya'da seçim", "DE"),
        ("pl", "wybory we Francji, Francja głosuje", "FR"),
        ("ja", "韓国で選挙", "KR"),
        ("zh-TW", "日本地震", "JP"),
        ("ko", "일본에서 지진", "JP"),
        ("xx", "Zzz", None),
    ],
)
def test_countries_are_found_in_the_storys_own_language(item, language, text, code):
    assert with_countries(item(headline=text, language=language)).countries.primary == code


def test_each_entry_of_the_tables_names_a_country():
    for table in ("names.tsv", "cities.tsv", "states.tsv", "stems.tsv"):
        for row in rows(table, "wireroom.enrich"):
            assert row["code"] == "-" or country(row["code"]), (table, row)
