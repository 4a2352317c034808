"""``wireroom poll``: fetch channels now."""

import argparse
from typing import TYPE_CHECKING, Any

from .channel import named
from .outcome import Outcome, Problem, leaf
from .settle import LONGEST, unsettled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireroom.intake.models import Channel

WORDS = ("fetched", "unchanged", "failed")


def add(commands: Any) -> None:
    """Put it on the tree."""
    made = leaf(commands, "poll", "fetch channels now, whatever their schedule says", run)
    made.add_argument("--once", action="store_true", required=True, help="fetch once and return")
    made.add_argument("--timeout", type=float, metavar="S", default=LONGEST, help="seconds (300)")
    made.add_argument("channel", metavar="CHANNEL", nargs="*", help="ids or URLs; all if none")


def run(arguments: argparse.Namespace) -> Outcome:
    """Fetch once and return when stories, pictures and search are settled.

    The status is 1 when a channel that was named failed, or all of them did.
    """
    from django.utils import timezone  # noqa: PLC0415

    from wireroom.intake import work  # noqa: PLC0415

    began = timezone.now()
    channels = _chosen(arguments.channel)
    work.poll_once([channel for channel in channels if not channel.paused])
    rows = _told(channels)
    left = work.settle(own=work.brought(channels, since=began), timeout=arguments.timeout)
    counts = {word: sum(row["outcome"] == word for row in rows) for word in WORDS}
    failed = [row for row in rows if row["outcome"] == "failed"]
    said = [f"Channel {row['channel']}, {row['url']}: {row['reason']}." for row in failed]
    stops = left or (failed and (arguments.channel or len(failed) == len(rows)))
    words = ", ".join(f"{count} {word}" for word, count in counts.items())
    return Outcome(
        f"{len(channels)} channels: {words}.",
        counts | {"channels": rows},
        status=1 if stops else 0,
        complaint="\n".join([*said, *([unsettled(left, arguments.timeout)] if left else [])]),
    )


def _chosen(names: "Sequence[str]") -> "list[Channel]":
    """Find the channels that were named; all that are not paused if none was."""
    from wireroom.intake.models import Channel  # noqa: PLC0415

    if names:
        found = list({channel.pk: channel for channel in map(named, names)}.values())
        if sent_to := next((one.pk for one in found if one.secret), None):
            raise Problem(f"Channel {sent_to} cannot be polled: its agency sends to it.")
        return found
    polled = Channel.objects.select_related("provider").filter(paused=False, secret="")
    return list(polled.order_by("pk"))


def _told(channels: "Sequence[Channel]") -> list[dict[str, Any]]:
    """Say what came of each channel; one that is paused was not asked."""
    from wireroom.intake import work  # noqa: PLC0415
    from wireroom.intake.channels import shown  # noqa: PLC0415
    from wireroom.intake.models import Channel  # noqa: PLC0415

    now = Channel.objects.in_bulk([channel.pk for channel in channels])
    rows = []
    for channel in channels:
        outcome, reason = work.came_of(channel, now.get(channel.pk))
        if channel.paused:
            outcome, reason = "failed", f"it is paused ({channel.paused_because})"
        url = shown(channel.url)
        rows.append({"channel": channel.pk, "url": url, "outcome": outcome, "reason": reason})
    return rows
