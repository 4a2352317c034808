"""``wireroom poll``: fetch channels now."""

import argparse
from typing import Any

from .outcome import Outcome, Problem, leaf


def add(commands: Any) -> None:
    """Put it on the tree."""
    made = leaf(commands, "poll", "fetch channels now, whatever their schedule says", run)
    made.add_argument("--once", action="store_true", required=True, help="fetch once and return")
    made.add_argument("channel", metavar="CHANNEL", nargs="*", help="ids or URLs; all if none")


def run(arguments: argparse.Namespace) -> Outcome:
    """Fetch once and return when stories, pictures and search are settled."""
    from wireroom.intake import work  # noqa: PLC0415
    from wireroom.intake.models import Channel  # noqa: PLC0415

    channels = list(Channel.objects.select_related("provider").filter(paused=False))
    if wanted := set(arguments.channel):
        channels = [c for c in channels if {str(c.pk), c.url} & wanted]
        if not channels:
            raise Problem("None of these is a channel that is polled; see `wireroom channel list`.")
    polled = work.poll_once(channels)
    work.settle()
    document = {
        "fetched": polled.fetched,
        "unchanged": polled.unchanged,
        "failed": polled.failed,
    }
    words = ", ".join(f"{count} {name}" for name, count in document.items())
    return Outcome(f"{len(channels)} channels: {words}.", document)
