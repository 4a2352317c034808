"""Tables shipped with the package: tab-separated, the first line names the columns."""

import csv
from importlib.resources import files


def rows(name: str, package: str = "wireroom.vocab") -> list[dict[str, str]]:
    """Read a table of a package's ``data`` folder; lines that begin with # are remarks."""
    text = (files(package) / "data" / name).read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
