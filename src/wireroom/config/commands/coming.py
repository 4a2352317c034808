"""Commands whose names are fixed and whose work is still to come."""

import argparse
from typing import Any

from .outcome import Outcome, Problem, group, leaf

#: The command, and with what it comes.
COMING = {
    "kill": "the life of a story",
    "hold": "the life of a story",
    "publish": "the life of a story",
    "restore": "the life of a story",
    "ledger": "the life of a story",
    "drill": "the life of a story",
    "purge": "the life of a story",
    "enrich": "the full enrichment",
    "gold": "the full enrichment",
    "copy": "running it for years",
    "upgrade": "running it for years",
    "import": "running it for years",
    "export": "running it for years",
}
GROUPS = {
    "backup": (("make", "restore"), "running it for years"),
}


def add(commands: Any) -> None:
    """Put them on the tree, so that help shows what is coming."""
    for name, what in COMING.items():
        to_come(commands, name, name, what)
    for name, (parts, what) in GROUPS.items():
        tree = group(commands, name, f"comes with {what}")
        for part in parts:
            to_come(tree, part, f"{name} {part}", what)


def refuse(arguments: argparse.Namespace) -> Outcome:
    """Say that the command is not there yet."""
    raise Problem(f"wireroom {arguments.called} comes with {arguments.coming}.")


def to_come(commands: Any, name: str, called: str, what: str) -> None:
    """Add one command to come; what else it is given, it takes without a look."""
    made = leaf(commands, name, f"comes with {what}", refuse, django=False)
    made.add_argument("arguments", nargs="*", help=argparse.SUPPRESS)
    made.set_defaults(coming=what, called=called, takes_rest=True)
