"""Sectors: the house's lists by theme, and which Media Topics belong in each."""

import re
from dataclasses import dataclass
from functools import cache

from .tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """One sector."""

    slug: str
    name: str


SECTORS = (
    Sector(slug="agro-forestry", name="Agro-Forestry"),
    Sector(slug="art-culture", name="Art & Culture"),
    Sector(slug="technology", name="Technology"),
    Sector(slug="economy-business", name="Economy & Business"),
    Sector(slug="education", name="Education"),
    Sector(slug="energy-extractives", name="Energy & Extractives"),
    Sector(slug="politics", name="Politics"),
    Sector(slug="law-governance", name="Law & Governance"),
    Sector(slug="health", name="Health"),
    Sector(slug="science-environment", name="Science & Environment"),
    Sector(slug="social-gender", name="Social & Gender"),
    Sector(slug="sports", name="Sports"),
    Sector(slug="transport", name="Transport"),
    Sector(slug="urban-development", name="Urban Development"),
    Sector(slug="wash", name="WASH"),
)

#: A Media Topic as wires write it: ``medtop:20000210``, its address, or the bare number.
_TOPIC = re.compile(
    r"(?:medtop:|https?://cv\.iptc\.org/newscodes/mediatopic/|^)(\d{8})$", re.IGNORECASE
)


def sector(slug: str) -> Sector | None:
    """Find a sector by its slug."""
    return _by_slug().get(slug)


def sector_of_topic(code: str) -> Sector | None:
    """Say in which sector a Media Topic belongs: its own, or that of the nearest topic above.

    None for codes of other schemes, for topics we do not know, and for those no sector covers.
    """
    found = _TOPIC.search(code)
    topic = found[1] if found else ""
    chosen, broader = _chosen(), _broader()
    while topic and topic not in chosen:
        topic = broader.get(topic, "")
    return sector(chosen[topic]) if topic else None


def nearness(code: str) -> int:
    """Count the steps from a Media Topic to the top: a deeper one says more."""
    found = _TOPIC.search(code)
    topic, steps = (found[1] if found else ""), 0
    while topic := _broader().get(topic, ""):
        steps += 1
    return steps


@cache
def _by_slug() -> dict[str, Sector]:
    return {sector.slug: sector for sector in SECTORS}


@cache
def _broader() -> dict[str, str]:
    return {row["code"]: row["broader"] for row in rows("mediatopics.tsv")}


@cache
def _chosen() -> dict[str, str]:
    return {row["code"]: row["sector"] for row in rows("topics.tsv")}
