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

    from wireroom.intake.where import find, strays, tell, tell_strays  # noqa: PLC0415

    now = timezone.now()
    told = [tell(story, now=now) for story in find(arguments.what)]
    if not told and (receipts := strays(arguments.what)):
        told = [tell_strays(receipts, now=now)]
    if not told:
        raise Problem(f"Nothing that was received is known as {arguments.what}.")
    words = "\n".join(
        f"{one['id'] or '-'} {one['guid']}: {one['standing']}"
        + (f" ({', '.join(one['held_because'])})" if one["held_because"] else "")
        + (f" {one['address']}" if one["address"] else "")
        for one in told
    )
    return Outcome(words, told[0] if len(told) == 1 else {"matches": told})
