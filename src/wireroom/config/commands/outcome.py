"""What a command comes to."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class Problem(Exception):
    """The command could not; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to say: for people, and as one JSON document."""

    words: str = ""
    document: Any = None
    status: int = 0
    #: Why the status is not 0, and what to do; for stderr.
    complaint: str = ""


Run = Callable[[argparse.Namespace], Outcome]


def leaf(  # the one way a command is put on the tree
    commands: Any,
    name: str,
    help: str,  # noqa: A002 (what argparse calls it)
    run: Run,
    *,
    django: bool = True,
) -> argparse.ArgumentParser:
    """Add one command: its name, a line of help, what it runs, whether that needs Django."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    made.add_argument("--json", action="store_true", help="print one JSON document")
    made.set_defaults(run=run, needs_django=django, takes_rest=False)
    return made


def group(commands: Any, name: str, help: str) -> Any:  # noqa: A002 (the same)
    """Add a command that has commands of its own."""
    made = commands.add_parser(name, help=help, description=help)
    return made.add_subparsers(dest=f"{name}_command", required=True, metavar="COMMAND")
