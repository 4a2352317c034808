"""Full text search, on both databases."""

import pytest

from harness.wires import HOUR, NOON, ONE, hold, kill, take
from wireroom.wire import search as searching
from wireroom.wire.search import capped_count, reindex, search

HINDI = "भारत में कोयला संयंत्र बंद हो गया"


def found(words, wire, at=None):
    return [story.guid for story in search(words, at or wire.now)]


@pytest.fixture
def filled(wire):
    wire.receives(
        take(1, "Coal plant closes", guid="urn:coal", text="The mayor of Greenfield spoke."),
        take(2, "Solar plant opens", guid="urn:solar", text="Coal is not needed, said the mayor."),
        take(3, HINDI, guid="urn:hindi", text="यह कहानी हिंदी में है।"),
    )
    return wire


@pytest.mark.parametrize(
    ("words", "guids"),
    [
        ("coal", ["urn:solar", "urn:coal"]),
        ("COAL", ["urn:solar", "urn:coal"]),
        ("coal mayor", ["urn:solar", "urn:coal"]),
        ('"coal plant"', ["urn:coal"]),
        ('"plant coal"', []),
        ("plant -solar", ["urn:coal"]),
        ('plant -"coal plant"', ["urn:solar"]),
        ("-plant", []),
        ("greenfield", ["urn:coal"]),
        ("green", []),
        ("nothing", []),
    ],
)
def test_question_finds(filled, words, guids):
    assert found(words, filled) == guids


@pytest.mark.parametrize("word", ["कोयला", "संयंत्र", "में", "हिंदी", "भारत"])
def test_hindi_word_is_found_whole(filled, word):
    assert found(word, filled) == ["urn:hindi"]


@pytest.mark.parametrize("part", ["कोयल", "कोय", "संयं", "हिंद", "भार", "त्र"])
def test_hindi_word_is_not_found_by_its_part(filled, part):
    assert found(part, filled) == []


TEXT = (
    "Delhi/Mumbai trains. See example.com/news or write to desk@example.com. COVID-19 fell;"
    " it was -5 degrees, 2.5 per cent, $1,000. Engine v2 by AT&T. Café Zoë in São Paulo,"
    " Straße, Łódź, Ångström, naïve, Москва, Ёлка, Αθήνα, U.S. O\u2019Brien's state-of-the-art x²"
    " co\u00adoperate İstanbul re\u0301sume\u0301. किताब/कलम"
)


@pytest.mark.parametrize(
    "word",
    [
        *("delhi", "Mumbai", "Delhi/Mumbai", "mumbai trains", '"delhi mumbai"', "example.com/news"),
        *("example.com", "example", "news", "desk@example.com", "desk", "COVID-19", "covid", "19"),
        *("covid 19", '"covid 19"', "5", "2.5", '"2 5"', "1,000", "$1,000", "v2", "V2", "AT&T"),
        *(
            "cafe",
            "Café",
            "CAFÉ",
            "cafe\u0301",
            "zoe",
            "Sao Paulo",
            "strasse",
            "Straße",
            "Ångström",
        ),
        *(
            "angstrom",
            "naive",
            "москва",
            "ёлка",
            "елка",
            "Αθηνα",
            "U.S.",
            "o'brien",
            "O\u2019Brien",
        ),
        *("state-of-the-art", "art", "x2", "cooperate", "istanbul", "resume", "résumé"),
        *("किताब", "कलम", "किताब/कलम"),
    ],
)
def test_both_databases_find_the_same_words(wire, word):
    wire.receives(take(1, "Headline", text=TEXT))
    assert found(word, wire) == [ONE]


@pytest.mark.parametrize(
    "word",
    [
        "mumb",
        "ove",
        '"mumbai delhi"',
        "v",
        "किता",
        "delhi -mumbai",
        "delhi -covid-19",
        '"headline delhi"',
    ],
)
def test_both_databases_miss_the_same_words(wire, word):
    wire.receives(take(1, "Headline", text=TEXT))
    assert found(word, wire) == []


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        '"',
        '""',
        '"coal',
        'coal"',
        '"coal" "',
        "'",
        "coal\0plant",
        "\0",
        "%",
        "_",
        "*",
        "coal*",
        "^coal",
        "headline:coal",
        "{headline}: coal",
        "coal AND",
        "AND OR NOT",
        "NEAR(coal plant)",
        "coal + plant",
        "(coal",
        "coal)",
        "-",
        "--coal",
        '-"',
        "coal & plant | !mayor",
        "coal:*",
        "<-> coal",
        "\u202ecoal\u202c",
        "\ud800coal",
        "; DROP TABLE wire_story; --",
        "\\",
        "\\' coal",
        "coal " * 20_480,
        "x" * 102_400,
        '"' * 102_400,
        "-" * 102_400,
        "(" * 102_400,
    ],
    ids=lambda words: ascii(words[:20]),
)
def test_no_question_is_an_error(filled, words):
    """W14: signs of the database's own language, unbalanced quotes, NUL, 100 KB."""
    assert isinstance(found(words, filled), list)


def test_signs_between_words_part_them(filled):
    assert found("coal\0plant", filled) == ["urn:solar", "urn:coal"]


class TestOnlyWhatReadersMaySee:
    def test_killed_story_is_not_found(self, filled):
        filled.receives(kill(9, guid="urn:coal"))
        assert found("coal", filled) == ["urn:solar"]

    def test_withheld_story_is_found_again_when_released(self, filled):
        filled.receives(hold(9, guid="urn:coal"))
        assert found("greenfield", filled) == []
        filled.receives(take(10, "Coal plant closes", guid="urn:coal", text="In Greenfield."))
        assert found("greenfield", filled) == ["urn:coal"]

    def test_embargoed_story_is_found_when_it_lifts(self, wire):
        wire.receives(take(1, "Secret", embargo=NOON + 2 * HOUR))
        assert found("secret", wire, NOON + HOUR) == []
        assert found("secret", wire, NOON + 2 * HOUR) == [ONE]

    def test_words_of_an_older_version_are_not_found(self, wire):
        wire.receives(take(1, "Wrong mayor"), take(2, "Right mayor"))
        assert found("wrong", wire) == []
        assert found("right", wire) == [ONE]

    def test_words_of_a_late_version_are_not_found(self, wire):
        wire.receives(take(2, "Right"), take(1, "Wrong"))
        assert found("wrong", wire) == []


def test_index_made_anew_finds_the_same(filled):
    filled.receives(kill(9, guid="urn:solar"))
    assert reindex(batch=1) == 2
    assert found("coal", filled) == ["urn:coal"]
    assert found("कोयला", filled) == ["urn:hindi"]


def test_text_of_many_words_is_indexed_as_far_as_it_goes(wire):
    text = " ".join(f"word{n}" for n in range(150_000))
    wire.receives(take(1, "Long", text=text))
    assert found("word77", wire) == [ONE]


def test_count_stops_one_past_the_cap(wire, monkeypatch):
    wire.receives(*(take(1, f"Coal {n}", guid=f"urn:{n}") for n in range(4)))
    assert capped_count(search("coal", wire.now)) == 4
    monkeypatch.setattr(searching, "CAP", 2)
    assert capped_count(search("coal", wire.now)) == 3
