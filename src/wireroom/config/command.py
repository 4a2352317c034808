"""The ``wireroom`` command.

Exit status: 0 done, 1 could not (a sentence on stderr says why and what to do), 2 wrong
usage. With ``--json`` one JSON document goes to stdout and words go to stderr.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TextIO

from wireroom import __version__

from .commands import COMMANDS
from .commands.outcome import Outcome, Problem
from .environment import Invalid


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
    described = parser()
    chosen, rest = described.parse_known_args(_parted(arguments))
    if rest and not chosen.takes_rest:
        described.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        outcome = _run(chosen)
    except (Problem, Invalid) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"{error.filename or 'The system'}: {error.strerror or error}.\n")
        return 1
    except KeyboardInterrupt:
        return 130
    as_json: bool = getattr(chosen, "json", False)
    _say(outcome.words, sys.stderr if as_json else sys.stdout)
    _say(outcome.complaint, sys.stderr)
    if as_json and outcome.document is not None:
        sys.stdout.write(json.dumps(outcome.document, ensure_ascii=False, default=_told) + "\n")
    return outcome.status


def _parted(arguments: Sequence[str] | None) -> Sequence[str]:
    """Keep what follows ``manage`` together: it is Django's, options too."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    return ["manage", "--", *given[1:]] if given[:1] == ["manage"] else given


def _run(chosen: argparse.Namespace) -> Outcome:
    """Run what was chosen; a database that is away or empty is a problem like others."""
    if not chosen.needs_django:
        outcome: Outcome = chosen.run(chosen)
        return outcome
    import django  # noqa: PLC0415 (a second and a half that `--help` need not cost)
    from django.db import InterfaceError, OperationalError, ProgrammingError  # noqa: PLC0415

    django.setup()
    try:
        outcome = chosen.run(chosen)
    except (InterfaceError, OperationalError, ProgrammingError) as error:
        said = str(error).strip().partition("\n")[0]
        raise Problem(
            f"The database cannot be used: {said}."
            " `wireroom check` looks at it; `wireroom setup` brings it up to date."
        ) from error
    return outcome


def _told(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _say(words: str, stream: TextIO) -> None:
    if words:
        stream.write(words.rstrip("\n") + "\n")


if __name__ == "__main__":
    sys.exit(main())
