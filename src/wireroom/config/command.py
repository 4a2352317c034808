"""The ``wireroom`` command.

Exit status: 0 done, 1 could not (a sentence on stderr says why and what to do), 2 wrong
usage. With ``--json`` one JSON document goes to stdout and words go to stderr.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from wireroom import __version__

from .commands import COMMANDS
from .commands.outcome import Outcome, Problem


def parser() -> argparse.ArgumentParser:
    """Describe every command, its arguments and its help."""
    top = argparse.ArgumentParser(
        prog="wireroom", description="Agency wires in, a live and trustworthy news site out."
    )
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wireroom.config.settings")
    chosen = parser().parse_args(arguments)
    as_json: bool = getattr(chosen, "json", False)
    try:
        if chosen.needs_django:
            _start_django()
        outcome: Outcome = chosen.run(chosen)
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    _say(outcome.words, sys.stderr if as_json else sys.stdout)
    if as_json:
        sys.stdout.write(json.dumps(outcome.document, ensure_ascii=False, default=str) + "\n")
    return outcome.status


def _start_django() -> None:
    import django  # noqa: PLC0415 (a second and a half that `--help` need not cost)

    django.setup()


def _say(words: str, stream: Any) -> None:
    if words:
        stream.write(words.rstrip("\n") + "\n")


if __name__ == "__main__":
    sys.exit(main())
