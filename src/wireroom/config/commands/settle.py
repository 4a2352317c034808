"""``wireroom settle``: wait until inbox and outbox are empty."""

import argparse
from typing import Any

from .outcome import Outcome, Problem, leaf


def add(commands: Any) -> None:
    """Put it on the tree."""
    made = leaf(commands, "settle", "wait until inbox and outbox are empty", run)
    made.add_argument("--timeout", type=float, metavar="S", default=60.0, help="seconds (60)")


def run(arguments: argparse.Namespace) -> Outcome:
    """Work and wait."""
    from wireroom.intake import work  # noqa: PLC0415

    left = work.settle(timeout=arguments.timeout)
    if left:
        raise Problem(
            f"{left} deliveries or pictures are still waiting after {arguments.timeout:g} s;"
            " call again, or see the log."
        )
    return Outcome("Settled.", {"settled": True})
