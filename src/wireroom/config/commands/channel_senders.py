"""``wireroom channel senders``: whose mail a channel takes."""

import argparse
from typing import Any

from .outcome import Outcome, Problem, leaf

#: The format of what comes by mail.
MAIL = "mail"


def add(tree: Any) -> None:
    """Put it on the tree of ``channel``."""
    made = leaf(tree, "senders", "say whose mail a channel takes", run)
    made.add_argument("channel", metavar="CHANNEL", help="id or URL")
    for act, words in (("add", "take mail from"), ("remove", "take no more mail from")):
        made.add_argument(
            f"--{act}",
            action="append",
            default=[],
            metavar="ADDRESS",
            help=f"{words} an address, or a whole domain as @agency.example; repeatable",
        )


def hold(read_as: str, senders: list[str]) -> None:
    """Raise Problem where a new channel of mail names no sender, or another one names any."""
    if read_as == MAIL and not senders:
        raise Problem(
            "Whoever knows where it goes can send a mail: say whose are taken with --sender"
            " desk@agency.example or, for a whole domain, --sender @agency.example."
        )
    if senders and read_as != MAIL:
        raise Problem(
            "Only what comes as mail has senders: leave --sender out, or name the format."
        )


def told(row: dict[str, Any]) -> str:
    """Say whose mail a channel of mail takes."""
    if row["format"] != MAIL:
        return ""
    return f"  from {', '.join(row['senders']) or 'everybody'}"


def run(arguments: argparse.Namespace) -> Outcome:
    """Change whose mail a channel takes, where that is asked for, and say whose it is."""
    from wireroom.intake import channels  # noqa: PLC0415

    from .channel import named  # noqa: PLC0415 (it puts this command on its tree)

    channel = named(arguments.channel)
    if channel.format != MAIL:
        raise Problem(f"Only what comes as mail has senders; channel {channel.pk} is no such one.")
    if arguments.add or arguments.remove:
        try:
            channels.change_senders(channel, add=arguments.add, remove=arguments.remove)
        except ValueError as error:
            raise Problem(str(error)) from error
    words = ", ".join(channel.senders) or "everybody"
    document = {"channel": channel.pk, "senders": channel.senders}
    return Outcome(f"Channel {channel.pk} takes mail from {words}.", document)
