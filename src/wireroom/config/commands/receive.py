"""``wireroom receive``: take documents in as a push would."""

import argparse
import sys
from pathlib import Path
from typing import Any

from .channel import FORMATS
from .outcome import Outcome, Problem, leaf
from .settle import LONGEST, unsettled


def add(commands: Any) -> None:
    """Put it on the tree."""
    made = leaf(commands, "receive", "take documents in, as a push would", run)
    made.add_argument("file", metavar="FILE", nargs="+", help="a document; - for stdin")
    made.add_argument("--provider", metavar="NAME", required=True, help="the agency")
    made.add_argument("--format", choices=FORMATS, default="", help="told from the bytes if absent")
    made.add_argument("--timeout", type=float, metavar="S", default=LONGEST, help="seconds (300)")


def run(arguments: argparse.Namespace) -> Outcome:
    """Store the documents, then return when they are settled."""
    from wireroom.intake import channels, work  # noqa: PLC0415

    documents = [(name, content_of(name)) for name in arguments.file]
    try:
        provider = channels.provider_named(arguments.provider)
    except ValueError as error:
        raise Problem(str(error)) from error
    stored = work.put_in(documents, provider=provider, format=arguments.format)
    left = work.settle(own=[delivery.pk for delivery in stored], timeout=arguments.timeout)
    rows = [work.told(delivery) for delivery in stored]
    words = "\n".join(
        f"{row['file']}: {row['state']}"
        + (f", {row['reason']}" if row["reason"] else "")
        + "".join(
            f"\n    {one['guid']}: {one['ruling']} {one['reason']}".rstrip() for one in row["items"]
        )
        for row in rows
    )
    bad = any(row["state"] == "quarantined" for row in rows)
    return Outcome(
        words,
        rows,
        status=1 if bad or left else 0,
        complaint=unsettled(left, arguments.timeout) if left else "",
    )


def content_of(name: str) -> bytes:
    """Read a document from a file or from stdin."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Problem(f"{name} cannot be read: {error.strerror}.") from error
