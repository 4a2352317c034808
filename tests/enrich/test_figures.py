"""The figures of docs/enrichment.md, on the labelled news beside the repository.

    .venv/bin/pytest tests/enrich/test_figures.py -s

prints them. None of those texts is in the repository, and nothing was trained on them. The floors
may only rise.
"""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from harness.absent import shared
from wireroom.enrich import dateline, standfirst
from wireroom.enrich.countries import with_countries
from wireroom.enrich.item import Defaults, enrich
from wireroom.enrich.language import language_of
from wireroom.formats.item import Item
from wireroom.vocab.countries import countries

#: What Reuters and LGL call countries, where it is not our name with hyphens.
OTHERWISE = {
    "usa": "US",
    "uk": "GB",
    "ussr": "RU",
    "west-germany": "DE",
    "east-germany": "DE",
    "burma": "MM",
    "uae": "AE",
    "zaire": "CD",
    "yugoslavia": "RS",
    "yemen-arab-republic": "YE",
    "yemen-demo-republic": "YE",
    "turkey": "TR",
    "ivory-coast": "CI",
    "czechoslovakia": "CZ",
    "trinidad-tobago": "TT",
    "netherlands-antilles": "CW",
    "gambia": "GM",
    "bahamas": "BS",
    "vatican": "VA",
    "macao": "MO",
    "congo": "CG",
    "kampuchea": "KH",
}
#: Languages that news is often written in; Malay is told from Indonesian half of the time.
OF_NEWS = (
    "ar bn cs da de el en es fa fi fr gu he hi hu id it ja ko mr nl pa pl pt ro ru sv sw ta te th"
    " tr uk ur vi zh"
)


def code_of(name):
    """Translate a country's name."""
    known = {one.name.lower().replace(" ", "-"): one.code for one in countries().values()}
    name = name.lower().replace(" ", "-")
    return OTHERWISE.get(name) or known.get(name)


@pytest.fixture(scope="module")
def reuters():
    """Read Reuters-21578's training part, once: the places given, and the item enriched."""
    when = datetime(1987, 3, 1, tzinfo=UTC)
    found = []
    for line in shared("nlp/reuters/train.jsonl").read_text().splitlines():
        row = json.loads(line)
        item = Item(
            guid=str(row["id"]),
            version=1,
            headline=row["title"] or "",
            text=row["body"] or "",
            dateline=row["dateline"] or "",
            language="en",
            version_created=when,
        )
        found.append(({code_of(place) for place in row["places"]} - {None}, item))
    return [(places, item, with_countries(item)) for places, item in found]


def test_the_primary_country_of_reuters_stories_of_one_place(reuters):
    single = [(places, story) for places, _, story in reuters if len(places) == 1]
    right = sum({story.countries.primary} == places for places, story in single)
    print(
        f"\nprimary country, Reuters, {len(single)} stories of one place: {right / len(single):.4f}"
    )
    assert right / len(single) >= 0.97


def test_all_countries_of_reuters_stories(reuters):
    right, made, wanted = Counter(), Counter(), Counter()
    for places, _, story in reuters:
        if places:
            right.update(places & set(story.countries.mentioned))
            made.update(story.countries.mentioned)
            wanted.update(places)
    micro = 2 * right.total() / (made.total() + wanted.total())
    macro = sum(2 * right[one] / (made[one] + wanted[one]) for one in wanted) / len(wanted)
    print(f"\ncountries, Reuters: micro F1 {micro:.4f}, macro F1 {macro:.4f}")
    assert micro >= 0.935
    assert macro >= 0.72


def test_reuters_datelines_are_placed(reuters):
    lines = [(places, item.dateline) for places, item, _ in reuters if item.dateline and places]
    found = [(places, dateline.parse(line)) for places, line in lines]
    placed = sum(bool(one and one.country) for _, one in found)
    among = sum(bool(one and one.country in places) for places, one in found)
    inside = [dateline.read(f"{line} Shares rose in the morning.") for _, line in lines]
    read = sum(bool(one and one.country) for one in inside)
    total = len(lines)
    print(
        f"\ndateline, Reuters, {total}: placed {placed / total:.4f} (found before a text"
        f" {read / total:.4f}), in a country the story has {among / total:.4f}"
    )
    assert placed / total >= 0.99
    assert among / total >= 0.95


def test_the_primary_country_of_local_news():
    right = total = 0
    for article in ET.parse(shared("nlp/geo/lgl.xml")).getroot():
        named = Counter(filter(None, (code_of(one.text) for one in article.iter("country"))))
        if not named:
            continue
        text = article.findtext("text", "")
        item = Item(
            guid="l", version=1, headline=article.findtext("title", ""), text=text, language="en"
        )
        total += 1
        primary = enrich(item, defaults=Defaults()).countries.primary
        right += primary == named.most_common(1)[0][0]
    print(f"\nprimary country, LGL, {total} local stories: {right / total:.4f}")
    assert right / total >= 0.54


def test_the_language_of_ten_sentences():
    folder = shared("nlp/language")
    right = total = 0
    for code in OF_NEWS.split():
        lines = (folder / f"{code}.txt").read_text().splitlines()
        for start in range(0, len(lines) - 9, 10):
            total += 1
            right += language_of(" ".join(lines[start : start + 10])) == code
    print(f"\nlanguage, {total} texts in {len(OF_NEWS.split())} languages: {right / total:.4f}")
    assert right / total >= 0.99


def test_the_standfirst_is_in_the_human_extract():
    right = total = 0
    for line in shared("nlp/bbc/stories.jsonl").read_text().splitlines():
        row = json.loads(line)
        headline, _, text = row["text"].partition("\n\n")
        item = Item(guid="b", version=1, headline=headline, text=text, language="en")
        if best := standfirst.choose(item):
            total += 1
            right += best.text.rstrip(".") in re.sub(r"\s+", " ", row["summary"])
    print(f"\nstandfirst, BBC, {total} stories: {right / total:.4f}")
    assert right / total >= 0.79
