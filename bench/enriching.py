"""Enriching stories on one core: those of the sample wire, as if no agency had said anything."""

import tomllib
from pathlib import Path

from .rounds import Contender, rates
from .row import Row

IDS = ("ENRICH",)
SAMPLE = Path(__file__).parents[1] / "src/wireroom/config/sample/agencies"
#: How often a round takes all stories through.
TIMES = 10


def measure() -> list[Row]:
    """Measure with the language said and not said."""
    from wireroom.enrich.item import Defaults, enrich
    from wireroom.formats.item import Item

    stories = [
        (one["headline"], one["text"].strip())
        for agency in sorted(SAMPLE.glob("*.toml"))
        for one in tomllib.loads(agency.read_text())["item"]
        if "text" in one and "headline" in one
    ]
    items = [Item(guid=head, version=1, headline=head, text=text) for head, text in stories]

    def through(language: str) -> int:
        for _ in range(TIMES):
            for item in items:
                enrich(item, defaults=Defaults(language=language))
        return TIMES * len(items)

    found = rates(
        {
            "said": Contender(lambda _number: through("en")),
            "not said": Contender(lambda _number: through("")),
        }
    )
    return [
        Row(
            id=f"ENRICH {name}",
            what=f"stories enriched per CPU-second, language {name}",
            figure=figure,
            goal=500,
            asks="figure",
        )
        for name, figure in found.items()
    ]
