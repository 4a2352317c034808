"""Countries as documents write them (ISO 3166-1): by either code, or by their exact name."""

import csv
from functools import cache
from importlib.resources import files


def alpha_2(said: str) -> str:
    """Give a country's code of two letters; empty when the words are no code and no name."""
    return _codes().get(" ".join(said.split()).lower(), "")


@cache
def _codes() -> dict[str, str]:
    """Read all countries, by what they are called."""
    text = (files("wireroom.formats") / "data" / "countries.tsv").read_text("utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        for name in (row["name"], row["alpha3"], row["code"]):
            found[name.lower()] = row["code"]
    return found
