"""``wireroom settle``: wait until inbox and outbox are empty."""

import argparse
from typing import Any

from .outcome import Outcome, Problem, leaf

#: Seconds that a command waits for what it brought in.
LONGEST = 300.0


def add(commands: Any) -> None:
    """Put it on the tree."""
    made = leaf(commands, "settle", "wait until inbox and outbox are empty", run)
    made.add_argument("--timeout", type=float, metavar="S", default=60.0, help="seconds (60)")


def run(arguments: argparse.Namespace) -> Outcome:
    """Work and wait."""
    from wireroom.intake import work  # noqa: PLC0415

    left = work.settle(timeout=arguments.timeout)
    if left:
        raise Problem(unsettled(left, arguments.timeout))
    return Outcome("Settled.", {"settled": True})


def unsettled(left: int, timeout: float) -> str:
    """Say that the time (seconds) was up before all was settled."""
    return (
        f"{left} deliveries or pictures are still waiting after {timeout:g} s;"
        " `wireroom settle` waits for them, and the log says why."
    )
