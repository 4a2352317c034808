"""``wireroom settings``: every setting, its meaning, its value and where that came from."""

import argparse
from typing import Any

from wireroom.config import environment

from .outcome import Outcome, leaf


def add(commands: Any) -> None:
    """Put it on the tree."""
    leaf(commands, "settings", "print every setting, its value and its source", run, django=False)


def run(_: argparse.Namespace) -> Outcome:
    """List the settings; secrets are not shown."""
    rows = [
        {
            "name": found.setting.name,
            "value": "(hidden)" if found.setting.secret and found.value else found.value,
            "source": found.source,
            "meaning": found.setting.meaning,
        }
        for found in environment.read().values()
    ]
    words = "\n".join(
        f"{row['name']}={row['value']}  ({row['source']})\n    {row['meaning']}" for row in rows
    )
    return Outcome(words, rows)
