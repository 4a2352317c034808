"""``wireroom channel try``: what would be made of a channel; nothing changes."""

import argparse
from collections.abc import Sequence
from typing import Any

from .outcome import Outcome, Problem, leaf
from .quarantine import printable
from .where import HELD


def add(tree: Any, formats: Sequence[str]) -> None:
    """Put it on the tree of ``channel``, which says what formats there are."""
    made = leaf(tree, "try", "say what would be made of a feed's newest items", run)
    made.add_argument("url", metavar="URL", help="of a feed, or of a site that has one")
    made.add_argument("--format", choices=formats, default="", help="told from the bytes if absent")


def run(arguments: argparse.Namespace) -> Outcome:
    """Find the feed and say what would be made of it."""
    from django.utils import timezone  # noqa: PLC0415

    from wireroom.intake import trial  # noqa: PLC0415
    from wireroom.intake.channels import shown  # noqa: PLC0415

    given = arguments.url if "://" in arguments.url else f"https://{arguments.url}"
    if not given.lower().startswith(("http://", "https://")):
        raise Problem("Only addresses of the web can be tried: http(s)://….")
    now = timezone.now()
    found = trial.find(given, format=arguments.format, now=now)
    if found.document is None:
        raise Problem("\n".join(["No feed was found.", *_tried(found.tried), _advice(found)]))
    rows = trial.made_of(found.document, now=now)
    url = shown(found.url)
    document = {
        "url": url,
        "format": found.document.format,
        "title": found.document.hints.title,
        "tried": [{"url": shown(place), "says": says} for place, says in found.tried],
        "others": found.others,
        "items": rows,
    }
    lines = [f"{url}: {found.document.format}, {len(rows)} items shown; nothing was stored."]
    lines += [_line(row) for row in rows] or ["    It has no items."]
    lines += [f"The site also has {one}" for one in found.others]
    said = f" --format {arguments.format}" if arguments.format else ""
    lines.append(f"To take it in: wireroom channel add {url} --provider NAME{said}")
    return Outcome("\n".join(map(printable, lines)), document)


def _line(row: dict[str, Any]) -> str:
    """Say in a line what one item would be."""
    about = [row["country"] or "no country", row["sector"] or "no sector"]
    about.append("a picture" if row["picture"] else "no picture")
    if row["embargo"]:
        about.append(f"embargo {row['embargo']}")
    held = [HELD.get(one, one) for one in row["held"]]
    because = "; ".join([*held, *row["because"]])
    what = f"held, {row['ruling']}" if held else row["ruling"]
    name = " ".join((row["headline"] or row["guid"] or "an item without a name").split())
    return f"    {what}: {name} ({', '.join(about)})" + (f": {because}" if because else "")


def _tried(tried: list[tuple[str, str]]) -> list[str]:
    from wireroom.intake.channels import shown  # noqa: PLC0415

    return [printable(f"    {shown(url)}: {says}") for url, says in tried]


def _advice(found: Any) -> str:
    """Say what to do when no feed was found."""
    if len(found.tried) > 1:
        return "Ask the agency for the address of its feed, and try that."
    return "Look whether the address is right, and whether a browser shows a feed there."
