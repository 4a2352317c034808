"""``wireroom quarantine``: what could not be read or stored."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .outcome import Outcome, Problem, group, leaf
from .settle import LONGEST, unsettled

if TYPE_CHECKING:
    from wireroom.intake.quarantine import Held

#: Signs of the bytes that are shown; ``--raw`` gives all of them.
SHOWN = 4_000
#: Characters below the blank that a text may have.
SPACES = frozenset("\n\t")


def add(commands: Any) -> None:
    """Put it on the tree."""
    tree = group(commands, "quarantine", "list, show, replay and drop what could not be read")
    made = leaf(tree, "list", "list documents and items in quarantine, with the reason", run_list)
    made.add_argument("--all", action="store_true", help="also those that were dropped")
    made = leaf(tree, "show", "show one: the reason and the bytes", run_show)
    made.add_argument("id", metavar="ID", help="as in the list: 12, or 12.3 for one item")
    made.add_argument("--raw", metavar="FILE", help="write all bytes as they came; - for stdout")
    made = leaf(tree, "replay", "read one's document again with today's readers", run_replay)
    made.add_argument("id", metavar="ID", help="as in the list")
    made.add_argument("--timeout", type=float, metavar="S", default=LONGEST, help="seconds (300)")
    made = leaf(tree, "drop", "forget the bytes of one; its fate stays", run_drop)
    made.add_argument("id", metavar="ID", help="as in the list")
    made.add_argument("--why", required=True, help="kept with its fate")
    made.add_argument("--by", metavar="NAME", required=True, help="an existing user")


def run_list(arguments: argparse.Namespace) -> Outcome:
    """List what is in quarantine."""
    from wireroom.intake import quarantine  # noqa: PLC0415

    rows = [_row(one) for one in quarantine.held(dropped=arguments.all)]
    words = "\n".join(
        f"{row['id']:>8}  {row['what']:<8}  {row['provider']:<20} {row['at']}"
        f"  {_line(row['name'], row['reason'])}"
        for row in rows
    )
    return Outcome(words or "Nothing is in quarantine.", rows)


def run_show(arguments: argparse.Namespace) -> Outcome:
    """Show one; its bytes can do nothing to a terminal."""
    one = _named(arguments.id)
    raw = one.raw
    row = _row(one) | {"bytes": len(raw), "address": one.delivery.address}
    if arguments.raw:
        _there(one)
        if arguments.raw != "-":
            Path(arguments.raw).write_bytes(raw)
            return Outcome(f"{len(raw)} bytes are written to {arguments.raw}.", row)
        if arguments.json:
            raise Problem("Bytes and a JSON document cannot both go to stdout: name a file.")
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return Outcome()
    text = printable(raw.decode(errors="backslashreplace"))
    more = f"\n… {len(raw)} bytes; --raw FILE writes all" if len(text) > SHOWN else ""
    row["text"] = text[:SHOWN]
    head = f"{row['id']} {row['what']} {row['provider']} {row['at']} {printable(row['name'])}"
    return Outcome(f"{head.rstrip()}\n{printable(row['reason'])}\n\n{text[:SHOWN]}{more}", row)


def run_replay(arguments: argparse.Namespace) -> Outcome:
    """Read a document again and return when it is settled; 1 while any of it is left."""
    from wireroom.intake import quarantine, work  # noqa: PLC0415

    one = _named(arguments.id)
    _there(one)
    if not quarantine.replay(one):
        raise Problem(f"Delivery {one.delivery.pk} waits to be read already.")
    left = work.settle(own=[one.delivery.pk], timeout=arguments.timeout)
    row = work.told(one.delivery)
    again = [item for item in row["items"] if item["ruling"] == "quarantined"]
    still = [item for item in again if not item["reason"].startswith(quarantine.DROPPED)]
    lines = [f"Delivery {row['delivery']}: {row['state']} {printable(row['reason'])}".rstrip()]
    lines += [
        f"    {printable(item['guid'])}: {item['ruling']} {printable(item['reason'])}".rstrip()
        for item in row["items"]
    ]
    bad = row["state"] == "quarantined" or still
    complaint = unsettled(left, arguments.timeout) if left else ""
    if bad:
        complaint = (
            "Some of it still cannot be read or stored; `wireroom quarantine list` says why."
        )
    return Outcome("\n".join(lines), row, status=1 if bad or left else 0, complaint=complaint)


def run_drop(arguments: argparse.Namespace) -> Outcome:
    """Forget the bytes of one."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from wireroom.intake import quarantine  # noqa: PLC0415

    why = " ".join(arguments.why.split())
    if not why:
        raise Problem("Say why: --why is kept with its fate.")
    if not get_user_model().objects.filter(username=arguments.by).exists():
        raise Problem(f"There is no user {arguments.by}; `wireroom user add` makes one.")
    one = _named(arguments.id)
    _there(one)
    quarantine.drop(one, by=arguments.by, why=why, now=timezone.now())
    document = {"id": one.id, "dropped": True, "by": arguments.by, "why": why}
    return Outcome(f"The bytes of {one.id} are dropped; `wireroom where` still tells.", document)


def printable(text: str) -> str:
    """Write text so that no character of it acts on a terminal."""
    return "".join(
        sign
        if sign.isprintable() or sign in SPACES
        else sign.encode("unicode_escape").decode("ascii")
        for sign in text
    )


def _line(*words: str) -> str:
    """Write what others named on one line."""
    return printable(" ".join(" ".join(words).split()))


def _named(name: str) -> "Held":
    """Find what is in quarantine under an id.

    Raises Problem when nothing is.
    """
    from wireroom.intake import quarantine  # noqa: PLC0415

    if found := quarantine.find(name):
        return found
    raise Problem(f"Nothing in quarantine is {name}; `wireroom quarantine list` names all.")


def _there(one: "Held") -> None:
    """Raise Problem for what was dropped."""
    if one.is_dropped:
        raise Problem(f"{one.id} was {one.reason}. Its bytes are gone.")


def _row(one: "Held") -> dict[str, Any]:
    """Say of one what it is, whose, since when and why."""
    from wireroom.intake.channels import shown  # noqa: PLC0415

    delivery = one.delivery
    return {
        "id": one.id,
        "what": "item" if one.item else "document",
        "provider": delivery.provider.slug,
        "at": delivery.received_at.isoformat(),
        "channel": shown(str(delivery.channel or "")),
        "name": one.item.guid if one.item else delivery.address,
        "reason": one.reason,
    }
