"""``wireroom where``: the fate of an item."""

import argparse
from typing import Any

from .outcome import Outcome, Problem, leaf


def add(commands: Any) -> None:
    """Put it on the tree."""
    made = leaf(commands, "where", "tell an item's fate", run)
    made.add_argument("what", metavar="WHAT", help="guid, alias, id, path or address")


def run(arguments: argparse.Namespace) -> Outcome:
    """Find the story and tell its whole way."""
    from django.utils import timezone  # noqa: PLC0415

    from wireroom.intake.where import find, tell  # noqa: PLC0415

    found = find(arguments.what)
    if not found:
        raise Problem(f"Nothing that was received is known as {arguments.what}.")
    told = [tell(story, now=timezone.now()) for story in found]
    words = "\n".join(
        f"{one['id']} {one['guid']}: {one['standing']}"
        + (f" ({', '.join(one['held_because'])})" if one["held_because"] else "")
        + (f" {one['address']}" if one["address"] else "")
        for one in told
    )
    return Outcome(words, told[0] if len(told) == 1 else {"matches": told})
