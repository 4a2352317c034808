"""Tables shipped with the package: tab-separated, the first line names the columns."""

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """Read a table of ``vocab/data``; lines that begin with # are remarks."""
    text = (files(__package__) / "data" / name).read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
