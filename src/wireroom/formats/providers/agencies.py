"""What single agencies' own vocabularies and habits of writing mean: data, one row each.

Readers of coded formats look here for what the IPTC's vocabularies do not say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from wireroom.formats.item import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """The codes and habits of one agency."""

    #: Codes, of genres for the most part, that say what an item is.
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    #: Its codes of countries.
    countries: Mapping[str, str] = field(default_factory=dict)
    #: Aliases of schemes that sort items by desk, not by what they are about.
    desks: frozenset[str] = frozenset()
    #: Names of people that are only accounts in its editorial system.
    accounts: re.Pattern[str] | None = None
    #: Rank of the headline that only sorts the story: the kicker.
    kicker: int | None = None

    def people(self, names: list[str]) -> list[str]:
        """Give names that are people's."""
        own = self.accounts
        return [one for one in names if not (own and own.fullmatch(one))]


NOBODY: Final = Agency()
#: By the provider's slug, as in ``wireroom channel add``.
AGENCIES: Final[dict[str, Agency]] = {
    "dpa": Agency(
        # Lists of what the day will bring, and notes on what was sent.
        kinds={"dpatextgenre:32": "planning", "dpatextgenre:27": "advisory"},
        countries={
            "dpacountry:1": "DE",
            "dpacountry:67": "IL",
            "dpacountry:93": "LB",
            "dpacountry:184": "US",
        },
        desks=frozenset({"dpacat"}),
        accounts=re.compile(r"[a-z-]+(?:\.[a-z-]+)*"),
        kicker=3,
    ),
}
