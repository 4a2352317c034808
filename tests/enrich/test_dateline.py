"""Where a story was written, in the many ways that agencies write it."""

import pytest

from wireroom.enrich.dateline import country_of, parse, read, with_dateline
from wireroom.formats.item import Made

DATELINES = [
    ("NEW DELHI, Dec 23 (PTI) - The court sat.", "NEW DELHI, Dec 23", "IN"),
    ("New Delhi, Dec 23 (PTI) The court sat.", "New Delhi, Dec 23", "IN"),
    (
        "New Delhi [India], December 23 (ANI): The court sat.",
        "New Delhi [India], December 23",
        "IN",
    ),
    (
        "Mumbai (Maharashtra) [India], May 4 (ANI): Banks rose.",
        "Mumbai (Maharashtra) [India], May 4",
        "IN",
    ),
    ("Washington [US], December 23 (ANI): The House sat.", "Washington [US], December 23", "US"),
    ("WASHINGTON (AP) — The House sat.", "WASHINGTON", "US"),
    ("WASHINGTON, D.C., Jan 4 (UPI) -- The House sat.", "WASHINGTON, D.C., Jan 4", "US"),
    ("LONDON, March 3 (Reuters) - Shares rose.", "LONDON, March 3", "GB"),
    ("LONDON, March 3 - Shares rose.", "LONDON, March 3", "GB"),
    ("LONDON - Shares rose.", "LONDON", "GB"),
    ("BEIJING, Nov. 24 (Xinhua) -- Growers met.", "BEIJING, Nov. 24", "CN"),
    ("MOSCOW, November 24. /TASS/. Growers met.", "MOSCOW, November 24", "RU"),
    ("KUALA LUMPUR: Growers met.", "KUALA LUMPUR", "MY"),
    ("PARIS, 3 December 2022 (AFP) – Growers met.", "PARIS, 3 December 2022", "FR"),  # noqa: RUF001 (as written)
    ("Berlin (dpa) - Die Bauern trafen sich.", "Berlin", "DE"),
    ("Rom/Berlin (dpa) - Die Bauern trafen sich.", "Rom/Berlin", "IT"),
    ("Madrid, 24 nov (EFE).- Los agricultores.", "Madrid, 24 nov", "ES"),
    ("São Paulo, 24 de novembro (Lusa) - Os agricultores.", "São Paulo, 24 de novembro", "BR"),
    ("PARIS, 3 déc 2022 (AFP) - Les paysans.", "PARIS, 3 déc 2022", "FR"),
    ("МИНСК, 24 ноя - БелТА. Совещание.", "МИНСК, 24 ноя", ""),
    ("नई दिल्ली, 24 नवंबर (भाषा) किसान मिले।", "नई दिल्ली, 24 नवंबर", "IN"),
    ("القاهرة (رويترز) - اجتمع المزارعون.", "القاهرة", "EG"),
    ("NEW YORK/LONDON, Nov 3 (Reuters) - Oil fell.", "NEW YORK/LONDON, Nov 3", "US"),
    ("LAGOS, Nigeria — Growers met.", "LAGOS, Nigeria", "NG"),
    ("PORT-AU-PRINCE, Haiti (AP) -- Growers met.", "PORT-AU-PRINCE, Haiti", "HT"),
    ("SANA'A, Oct 4 (Saba) - Growers met.", "SANA'A, Oct 4", "YE"),
    ("CAMBRIDGE, Mass., Feb 27 - The firm grew.", "CAMBRIDGE, Mass., Feb 27", "US"),
    ("SAN FRANCISCO, Calif., Nov 3 /PRNewswire/ -- A firm.", "SAN FRANCISCO, Calif., Nov 3", "US"),
    ("WHITE HILL, Tenn. (AP) — A firm grew.", "WHITE HILL, Tenn.", "US"),
    (
        "VANCOUVER, British Columbia, March 2 - A firm.",
        "VANCOUVER, British Columbia, March 2",
        "CA",
    ),
    ("LONDON, Ontario - A firm grew.", "LONDON, Ontario", "CA"),
    ("ST. LOUIS, March 5 - A firm grew.", "ST. LOUIS, March 5", "US"),
    ("NOWHERE IN PARTICULAR, March 5 (XYZ) - It rained.", "NOWHERE IN PARTICULAR, March 5", ""),
]


@pytest.mark.parametrize(("text", "words", "country"), DATELINES, ids=[d[1] for d in DATELINES])
def test_a_dateline_is_found_and_placed(text, words, country):
    found = read(text)
    assert (found.words, found.country) == (words, country)
    assert text[found.end :].strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Oil prices - the highest in a year - fell again.",
        "Breaking news: the bridge is open.",
        "The minister said - in Paris - that growers met.",
        "A bridge fell, March 3 - the day of the storm.",
        "(Reuters) - Shares rose.",
        "UN: The council met.",
        "he said (again) - no.",
        "Growers met in Oslo on Monday and agreed to meet again.",
        "“We met,” said a grower - in Oslo.",
        "- Growers met.",
        " ",
    ],
)
def test_what_is_no_dateline_is_not_taken_for_one(text):
    assert read(text) is None


def test_a_byline_may_stand_before_the_dateline():
    text = "By ANN LAKE, Example Press\n\nOSLO, Norway (AP) — Growers met."
    found = read(text)
    assert found.country == "NO"
    assert text[found.end :].strip() == "Growers met."


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("CHICAGO, April 7 -", "US"),
        ("NEW DELHI", "IN"),
        ("HAMMOND, IND., March 26 -", "US"),
        ("Oslo, Norway", "NO"),
        ("EL PASO, Texas, March 11 -", "US"),
        ("MANNHEIM, West Germany, March 11 -", "DE"),
    ],
)
def test_a_dateline_given_by_itself_is_placed(words, country):
    assert parse(words).country == country


def test_no_words_are_no_dateline():
    assert parse("") is None
    assert parse(" - ") is None


@pytest.mark.parametrize(
    ("place", "region", "country"),
    [
        ("PARIS", "", "FR"),
        ("PARIS", "Texas", "US"),
        ("Springfield", "Ill.", "US"),
        ("Victoria", "B.C.", "CA"),
        ("Newcastle", "NSW", "AU"),
        ("Hyderabad", "Pakistan", "PK"),
        ("Erewhon", "", ""),
    ],
)
def test_the_region_decides_before_the_citys_fame(place, region, country):
    assert country_of(place, region) == country


def test_the_item_gets_the_dateline_and_says_why(item):
    story = with_dateline(item(text="OSLO, May 3 (XYZ) - Growers met."))
    assert (story.dateline, story.located) == ("OSLO, May 3", "OSLO")
    assert story.text == "OSLO, May 3 (XYZ) - Growers met."
    because = "the text begins with “OSLO, May 3 (XYZ) -”"
    assert story.made == (Made(field="dateline", because=because),)


def test_the_agencys_own_dateline_stays(item):
    story = item(text="OSLO, May 3 (XYZ) - Growers met.", dateline="Bergen")
    assert with_dateline(story) is story


def test_where_the_agency_says_it_was_written_stays(item):
    story = with_dateline(item(text="OSLO, May 3 (XYZ) - Growers met.", located="Bergen"))
    assert story.located == "Bergen"
