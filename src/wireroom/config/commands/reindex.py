"""``wireroom reindex``: make search anew from the record."""

import argparse
from typing import Any

from .outcome import Outcome, leaf


def add(commands: Any) -> None:
    """Put it on the tree."""
    leaf(commands, "reindex", "make search anew from the record", run)


def run(_: argparse.Namespace) -> Outcome:
    """Index every story that readers may ever see again."""
    from wireroom.wire.search import reindex  # noqa: PLC0415

    count = reindex()
    return Outcome(f"{count} stories can be found.", {"stories": count})
