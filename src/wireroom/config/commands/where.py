"""``wireroom where``: the fate of an item."""

import argparse
from typing import TYPE_CHECKING, Any

from .outcome import Outcome, Problem, leaf

if TYPE_CHECKING:
    from datetime import datetime

    from wireroom.intake.models import Receipt
    from wireroom.wire.models import Story

#: What keeps a story from readers, in words.
HELD = {
    "desk": "the desk has not let it out",
    "embargo": "its embargo lasts or cannot be read",
    "empty": "it has no words yet",
    "for_desk": "it asks for a person",
    "killed_text": "its text contains that of a killed story",
    "merged": "it is one with another story",
    "withheld": "the agency withholds it",
}


def add(commands: Any) -> None:
    """Put it on the tree."""
    made = leaf(commands, "where", "tell an item's fate", run)
    made.add_argument("what", metavar="WHAT", help="guid, alias, id, path or address")


def run(arguments: argparse.Namespace) -> Outcome:
    """Find the item and tell its whole way."""
    what = arguments.what.strip()
    if not what:
        raise Problem("Say which item: its guid, id, path or address.")
    told = found(what)
    if not told:
        raise Problem(
            f"Nothing that was received is known as {arguments.what}."
            " Ask by guid, id, path or address."
        )
    words = "\n".join(map(said, told))
    return Outcome(words, told[0] if len(told) == 1 else {"matches": told})


def found(what: str) -> list[dict[str, Any]]:
    """Tell of each story of that name; of what never became one, only when there is none."""
    from django.utils import timezone  # noqa: PLC0415

    from wireroom.intake import where  # noqa: PLC0415

    now = timezone.now()
    if stories := where.find(what):
        return [where.tell(one, now=now) | {"outputs": outputs(one, now)} for one in stories]
    agencies: dict[str, list[Receipt]] = {}
    for receipt in where.strays(what):
        agencies.setdefault(receipt.delivery.provider.slug, []).append(receipt)
    if agencies:
        return [where.tell_strays(receipts, now=now) for receipts in agencies.values()]
    unread = where.tell_unread(what)
    return [unread] if unread else []


def outputs(story: "Story", now: "datetime") -> list[dict[str, str]]:
    """List the surfaces on which a story stands, and since when."""
    from wireroom.publish.surfaces import SURFACES  # noqa: PLC0415
    from wireroom.wire import liveness  # noqa: PLC0415

    if not liveness.is_public(story, now):
        return []
    listed = liveness.is_live(story, now)
    since = (story.published_at or story.embargo or story.received_at).isoformat()
    return [
        {"surface": surface.name, "at": since}
        for surface in SURFACES
        if (listed or surface.name == "story") and any(surface.addresses(story))
    ]


def said(one: dict[str, Any]) -> str:
    """Tell it in a few lines."""
    reasons = "; ".join(HELD.get(reason, reason) for reason in one["held_because"])
    because = f" ({reasons})" if reasons else ""
    known = f"{one['id']} " if one["id"] else ""
    standing = one["standing"] or "no story"
    lines = [f"{known}{one['guid']}: {standing}{because} {one['address'] or ''}".rstrip()]
    if one["merged"]:
        lines.append(f"    one with what stood at {', '.join(one['merged'])}")
    if one["headline"]:
        lines.append(f"    {one['headline']}")
    lines += [
        "    " + " ".join(filter(None, (came["at"], came["channel"], _fate(came))))
        for came in one["deliveries"]
    ]
    return "\n".join(lines)


def _fate(came: dict[str, Any]) -> str:
    """Say where an item ended, and why."""
    return f"{came['fate']}: {came['reason']}" if came["reason"] else str(came["fate"])
