"""Countries: ISO 3166-1, with Kosovo under its user-assigned code."""

from dataclasses import dataclass
from functools import cache

from .tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One country or territory."""

    #: ISO 3166-1 alpha-2, in capitals.
    code: str
    #: In English, as CLDR has it.
    name: str
    #: The UN M49 code of the region it lies in: ``034`` is Southern Asia.
    region: str


def country(code: str) -> Country | None:
    """Find a country by its code in capitals."""
    return countries().get(code)


@cache
def countries() -> dict[str, Country]:
    """Read all countries, by code."""
    return {row["code"]: Country(**row) for row in rows("countries.tsv")}
