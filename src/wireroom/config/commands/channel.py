"""``wireroom channel``: ways in from agencies."""

import argparse
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from . import channel_lists, channel_senders, channel_try
from .channel_senders import MAIL
from .outcome import Outcome, Problem, group, leaf

if TYPE_CHECKING:
    from wireroom.intake.models import Channel

#: What a channel or a sender may name.
FORMATS = (
    "rss",
    "atom",
    "jsonfeed",
    "newsml-g2",
    "nitf",
    "ninjs",
    "newsml1",
    "ap",
    "dpa",
    "iptc7901",
    "anpa",
    MAIL,
)
#: Seconds.
DAY = 86_400
SCHEMES = ("http", "https", "ftp", "ftps", "sftp", "imap", "imaps", "file")


def add(commands: Any) -> None:
    """Put it on the tree."""
    tree = group(commands, "channel", "add, list, pause and remove ways in")
    made = leaf(tree, "add", "add a way in from an agency", run_add)
    made.add_argument(
        "url",
        metavar="URL",
        help="http(s)://…, ftp(s)://…, sftp://…, imaps://…, file:///folder, or SITE/push/NAME",
    )
    made.add_argument("--provider", metavar="NAME", required=True, help="the agency")
    made.add_argument("--format", choices=FORMATS, default="", help="told from the bytes if absent")
    made.add_argument("--every", type=seconds, metavar="S", help="seconds between polls")
    made.add_argument("--sector", default="", help="the sector of items that name none")
    made.add_argument(
        "--representative-pictures", action="store_true", help="its pictures do not show the event"
    )
    made.add_argument(
        "--full-text",
        action="store_true",
        help="the contract lets stories be completed from their own pages",
    )
    made.add_argument("--language", default="", help="the language of items that name none")
    made.add_argument(
        "--sender",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="whose mail is taken: an address, or a whole domain as @agency.example; repeatable",
    )
    leaf(tree, "list", "list channels and how they stand", run_list)
    channel_try.add(tree, FORMATS)
    for name, run, words in (
        ("pause", run_pause, "stop polling a channel"),
        ("resume", run_resume, "poll a channel that was paused or failed, at once"),
        ("remove", run_remove, "remove a channel; its stories stay"),
    ):
        leaf(tree, name, words, run).add_argument("channel", metavar="CHANNEL", help="id or URL")
    channel_senders.add(tree)
    channel_lists.add(tree)


def seconds(text: str) -> int:
    """Read a number of seconds from 1 to a day.

    Raises ValueError for anything else.
    """
    if not 1 <= (number := int(text)) <= DAY:
        raise ValueError
    return number


def run_add(arguments: argparse.Namespace) -> Outcome:
    """Add a channel; an unknown provider is made with the default contract."""
    from wireroom.intake import channels, push  # noqa: PLC0415
    from wireroom.outbound import remote  # noqa: PLC0415
    from wireroom.outbound.errors import Refused  # noqa: PLC0415

    scheme, place, path = _parts(arguments.url)
    if scheme not in SCHEMES or (scheme == "file") == bool(place) or not (place or path):
        told = channels.shown(arguments.url)
        raise Problem(
            f"{told} is no address of a channel: use http(s)://, ftp(s)://, sftp://, imaps:// or"
            " file:///."
        )
    if scheme in remote.PORTS:
        try:
            remote.reach(arguments.url)
        except Refused as error:
            raise Problem(f"{channels.shown(arguments.url)}: {error}.") from error
    read_as = _format(arguments, is_mail=scheme in remote.MAIL)
    ours = push.stored(arguments.url) != arguments.url
    if push.is_below(arguments.url) and not ours:
        raise Problem(
            "What is sent to us has a name of small letters, digits and hyphens, 60 at most."
        )
    if arguments.every and ours:
        raise Problem("What is sent to us is not polled: leave --every out.")
    try:
        channel = channels.add(
            arguments.url,
            provider=arguments.provider,
            format=read_as,
            every=arguments.every,
            sector=arguments.sector,
            representative_pictures=arguments.representative_pictures,
            full_text=arguments.full_text,
            language=arguments.language,
            senders=arguments.sender,
        )
    except ValueError as error:
        raise Problem(str(error)) from error
    url = channels.shown(channel.url)
    document = {
        "channel": channel.pk,
        "provider": channel.provider.slug,
        "url": url,
        "format": channel.format,
    }
    words = f"Channel {channel.pk}: {url} from {channel.provider}."
    if channel.secret:
        words += f" Its secret, shown this once: {channel.secret}"
        document["secret"] = channel.secret
    return Outcome(words, document)


def _format(arguments: argparse.Namespace, *, is_mail: bool) -> str:
    """Say what a new channel is read as, and hold that mail, and mail alone, has senders.

    Raises Problem where what was said does not fit together.
    """
    if is_mail and arguments.format not in {"", MAIL}:
        raise Problem(
            "What comes by mail is mail: leave --format out, and the format of what is attached"
            " is told from it."
        )
    read_as = MAIL if is_mail else arguments.format
    channel_senders.hold(read_as, arguments.sender)
    return read_as


def run_list(_: argparse.Namespace) -> Outcome:
    """List channels; who may enter at their addresses is not shown."""
    from wireroom.intake.channels import shown  # noqa: PLC0415
    from wireroom.intake.models import Channel  # noqa: PLC0415

    rows = [
        {
            "channel": channel.pk,
            "provider": channel.provider.slug,
            "url": shown(channel.url),
            "format": channel.format,
            "senders": channel.senders,
            "paused": channel.paused,
            "status": channel.last_status,
            "polled": channel.last_polled_at,
            "next": None if channel.paused else channel.next_at,
        }
        for channel in Channel.objects.select_related("provider").order_by("pk")
    ]
    words = "\n".join(
        f"{row['channel']:>4}  {row['provider']:<20} {row['url']}  "
        f"{'paused' if row['paused'] else row['status'] or _quiet(row)}{channel_senders.told(row)}"
        for row in rows
    )
    return Outcome(words or "No channels yet; `wireroom channel add URL --provider NAME`.", rows)


def run_pause(arguments: argparse.Namespace) -> Outcome:
    """Pause a channel."""
    channel = named(arguments.channel)
    channel.paused, channel.paused_because = True, "paused from the shell"
    channel.save(update_fields=["paused", "paused_because"])
    return Outcome(f"Channel {channel.pk} is paused.", {"channel": channel.pk, "paused": True})


def run_resume(arguments: argparse.Namespace) -> Outcome:
    """Resume a channel; it is due at once, and what failed before is forgotten."""
    from django.utils import timezone  # noqa: PLC0415

    channel = named(arguments.channel)
    channel.paused, channel.paused_because = False, ""
    channel.next_at = None if channel.secret else timezone.now()
    channel.failures = 0
    channel.save(update_fields=["paused", "paused_because", "next_at", "failures"])
    document = {"channel": channel.pk, "paused": False}
    again = "taken in" if channel.secret else "polled"
    return Outcome(f"Channel {channel.pk} is {again} again.", document)


def run_remove(arguments: argparse.Namespace) -> Outcome:
    """Remove a channel; what it delivered stays."""
    channel = named(arguments.channel)
    pk = channel.pk
    channel.delete()
    return Outcome(f"Channel {pk} is removed; its stories stay.", {"channel": pk})


def _quiet(row: dict[str, Any]) -> str:
    """Say how a channel is that was never asked."""
    return "not polled yet" if row["next"] else "is sent to"


def _parts(url: str) -> tuple[str, str, str]:
    """Part an address into scheme, place and path; all empty for what is none."""
    try:
        return urlsplit(url)[:3]
    except ValueError:
        return "", "", ""


def named(name: str) -> "Channel":
    """Find a channel by id or address.

    Raises Problem when there is none.
    """
    from wireroom.intake.channels import shown  # noqa: PLC0415
    from wireroom.intake.models import Channel  # noqa: PLC0415
    from wireroom.intake.push import stored  # noqa: PLC0415

    number = name.isascii() and name.isdecimal()
    channels = Channel.objects.select_related("provider")
    found = channels.filter(**({"pk": name} if number else {"url": stored(name)})).first()
    if found is None:
        raise Problem(f"There is no channel {shown(name)}; `wireroom channel list` names them.")
    return found
