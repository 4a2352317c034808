"""``wireroom manage``: Django's own commands."""

import argparse
from typing import Any

from .outcome import Outcome


def add(commands: Any) -> None:
    """Put it on the tree; what follows it is Django's."""
    made = commands.add_parser("manage", help="run one of Django's own commands", add_help=False)
    made.add_argument("arguments", nargs=argparse.REMAINDER)
    made.set_defaults(run=run, needs_django=True)


def run(arguments: argparse.Namespace) -> Outcome:
    """Hand over to Django."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["wireroom manage", *arguments.arguments])
    return Outcome()
