"""``wireroom manage``: Django's own commands."""

import argparse
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from .outcome import Outcome


def add(commands: Any) -> None:
    """Put it on the tree; what follows it is Django's."""
    made = commands.add_parser("manage", help="run one of Django's own commands", add_help=False)
    made.add_argument("arguments", nargs="*")
    made.set_defaults(run=run, needs_django=True, takes_rest=False)


def run(arguments: argparse.Namespace) -> Outcome:
    """Hand over to Django; with ``--json`` first or last, what it prints is put in a document."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    line = ["wireroom manage", *arguments.arguments]
    place = 1 if line[1:2] == ["--json"] else -1
    if line[place] != "--json":
        execute_from_command_line(line)
        return Outcome()
    del line[place]
    arguments.json = True
    printed = StringIO()
    with redirect_stdout(printed):
        execute_from_command_line(line)
    return Outcome(document={"command": " ".join(line[1:]), "output": printed.getvalue()})
