"""Editions: the house's lists by region of the world."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from .countries import country


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition."""

    slug: str
    name: str
    #: UN M49 codes of the regions it covers; none: the whole world.
    regions: tuple[str, ...] = ()


#: UN M49, "Standard country or area codes for statistical use"; Antarctica, which lies in
#: none of its regions, goes with the Pacific.
EDITIONS = (
    Edition(slug="global", name="Global"),
    Edition(slug="south-asia", name="South Asia", regions=("034",)),
    Edition(
        slug="east-and-south-east-asia",
        name="East and South-East Asia",
        regions=("030", "035"),
    ),
    Edition(
        slug="europe-and-central-asia",
        name="Europe and Central Asia",
        regions=("143", "151", "154", "039", "155"),
    ),
    Edition(
        slug="middle-east-and-north-africa",
        name="Middle East and North Africa",
        regions=("145", "015"),
    ),
    Edition(slug="north-america", name="North America", regions=("021",)),
    Edition(
        slug="latin-america-and-caribbean",
        name="Latin America and the Caribbean",
        regions=("029", "013", "005"),
    ),
    Edition(slug="pacific", name="Pacific", regions=("053", "054", "057", "061", "010")),
    Edition(slug="west-africa", name="West Africa", regions=("011",)),
    Edition(slug="east-africa", name="East Africa", regions=("014",)),
    Edition(slug="central-africa", name="Central Africa", regions=("017",)),
    Edition(slug="southern-africa", name="Southern Africa", regions=("018",)),
)


def edition(slug: str) -> Edition | None:
    """Find an edition by its slug."""
    return _by_slug().get(slug)


def editions_of(countries: Iterable[str]) -> tuple[Edition, ...]:
    """Say in which editions a story about these countries (codes) belongs: always in Global."""
    found = (country(code) for code in countries)
    regions = {one.region for one in found if one}
    return tuple(one for one in EDITIONS if not one.regions or regions.intersection(one.regions))


@cache
def _by_slug() -> dict[str, Edition]:
    return {edition.slug: edition for edition in EDITIONS}
