"""Sectors, and the Media Topics that belong in them."""

import json
import re

import pytest

from harness.absent import shared
from wireroom.vocab.sectors import SECTORS, nearness, sector, sector_of_topic
from wireroom.vocab.tables import rows


def test_there_are_fifteen_sectors_with_addresses_of_their_own():
    slugs = [one.slug for one in SECTORS]
    assert len(slugs) == len(set(slugs)) == 15
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)


def test_a_sector_is_found_by_its_slug():
    assert sector("wash").name == "WASH"
    assert sector("gossip") is None


@pytest.mark.parametrize(
    ("topic", "slug"),
    [
        ("medtop:01000000", "art-culture"),
        ("medtop:02000000", "law-governance"),
        ("medtop:04000000", "economy-business"),
        ("medtop:05000000", "education"),
        ("medtop:06000000", "science-environment"),
        ("medtop:07000000", "health"),
        ("medtop:11000000", "politics"),
        ("medtop:13000000", "science-environment"),
        ("medtop:14000000", "social-gender"),
        ("medtop:15000000", "sports"),
        ("medtop:16000000", "politics"),
        ("medtop:17000000", "science-environment"),
        ("medtop:20000210", "agro-forestry"),  # agriculture, below the economy
        ("medtop:20000212", "agro-forestry"),  # arable farming, below agriculture
        ("medtop:20000225", "technology"),
        ("medtop:20000231", "technology"),  # software
        ("medtop:20000243", "economy-business"),  # consumer goods
        ("medtop:20000258", "energy-extractives"),  # coal
        ("medtop:20000320", "energy-extractives"),  # mining
        ("medtop:20000338", "transport"),  # air transport
        ("medtop:20000270", "wash"),  # water supply
        ("medtop:20000429", "wash"),  # water pollution
        ("medtop:20000628", "urban-development"),  # housing and urban planning
        ("medtop:20000241", "urban-development"),  # real estate
        ("medtop:20000597", "law-governance"),  # constitution
        ("medtop:20000639", "politics"),  # diplomacy
        ("medtop:20000793", "social-gender"),  # gender
        ("medtop:20000888", "sports"),  # cricket
        ("medtop:20000436", "energy-extractives"),  # renewable energy
        ("medtop:20000433", "agro-forestry"),  # forests
    ],
)
def test_a_topic_has_its_own_sector_or_that_of_the_nearest_topic_above(topic, slug):
    assert sector_of_topic(topic).slug == slug


@pytest.mark.parametrize(
    "code",
    [
        "medtop:20000888",
        "MEDTOP:20000888",
        "http://cv.iptc.org/newscodes/mediatopic/20000888",
        "https://cv.iptc.org/newscodes/mediatopic/20000888",
        "20000888",
    ],
)
def test_a_topic_is_known_in_each_form_that_wires_write(code):
    assert sector_of_topic(code).slug == "sports"


@pytest.mark.parametrize(
    "code",
    ["", "medtop:", "medtop:99999999", "subj:15000000", "sector:wash", "cricket", "200008888"],
)
def test_what_is_no_topic_we_know_has_no_sector(code):
    assert sector_of_topic(code) is None


def test_a_deeper_topic_is_nearer_to_what_the_story_is_about():
    assert nearness("medtop:20000212") > nearness("medtop:04000000") == nearness("nothing") == 0


def test_each_line_of_the_choice_names_a_topic_and_a_sector():
    known = {row["code"] for row in rows("mediatopics.tsv")}
    for row in rows("topics.tsv"):
        assert row["code"] in known
        assert sector(row["sector"])


def test_each_sector_has_a_topic():
    assert {row["sector"] for row in rows("topics.tsv")} == {one.slug for one in SECTORS}


def test_the_whole_tree_of_media_topics_has_sectors():
    concepts = json.loads(shared("corpora/iptc/mediatopics.json").read_text())["concepts"]
    assert len(concepts) > 1200
    assert [one["qcode"] for one in concepts if not sector_of_topic(one["qcode"])] == []
