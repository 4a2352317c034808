"""``wireroom channel import`` and ``export``: lists of channels as OPML."""

import argparse
from typing import Any

from wireroom.formats import opml
from wireroom.formats.errors import Unreadable

from .outcome import Outcome, Problem, leaf


def add(tree: Any) -> None:
    """Put them on the tree of ``channel``."""
    made = leaf(tree, "import", "add the channels of a list (OPML)", run_import)
    made.add_argument("file", metavar="FILE", help="a list; - for stdin")
    made.add_argument(
        "--provider", metavar="NAME", default="", help="the agency; by folder if absent"
    )
    leaf(tree, "export", "print all channels as a list (OPML)", run_export)


def run_import(arguments: argparse.Namespace) -> Outcome:
    """Add what a list names; what is there already, or cannot be taken, is told."""
    from wireroom.intake import channels  # noqa: PLC0415

    from .receive import content_of  # noqa: PLC0415 (it needs channel's names first)

    try:
        outlines, notes = opml.read(content_of(arguments.file))
    except Unreadable as error:
        raise Problem(f"{arguments.file} cannot be read: {error}.") from error
    taken = channels.take_list(outlines, provider=arguments.provider)
    rows = [
        {
            "channel": one.channel.pk if one.channel else None,
            "provider": one.channel.provider.slug if one.channel else None,
            "url": channels.shown(one.outline.url),
            "added": one.added,
            "refused": one.refused,
        }
        for one in taken
    ]
    refused = sum(not row["channel"] for row in rows)
    return Outcome(
        "\n".join([*map(_told, rows), *notes]) or "The list names no channels.",
        rows,
        status=1 if refused else 0,
        complaint=f"{refused} of {len(rows)} were not added." if refused else "",
    )


def run_export(_: argparse.Namespace) -> Outcome:
    """Print the list; nobody's password is in it."""
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from wireroom.intake import channels  # noqa: PLC0415

    outlines = channels.listed()
    title = f"Channels of {settings.WAGTAIL_SITE_NAME}"
    document = opml.written(outlines, title=title, now=timezone.now())
    rows = [{"provider": one.folders[0], "url": one.url, "name": one.name} for one in outlines]
    return Outcome(document.decode(), rows)


def _told(row: dict[str, Any]) -> str:
    """Say in a line what became of a channel."""
    if not row["channel"]:
        return f"Not added: {row['url']}: {row['refused']}"
    before = "" if row["added"] else " It was there before."
    return f"Channel {row['channel']}: {row['url']} from {row['provider']}.{before}"
