"""An agency's wire as ninjs 2.1: a list of items, each with its own state and version."""

import json
from collections.abc import Sequence
from typing import Any

from wireroom.vocab.sectors import sector

from .agency import ALTS, CREDIT, Agency
from .copy import Copy
from .rss import RIGHTS, html

PUBSTATUS = {"kill": "canceled", "withhold": "withheld"}


def write(agency: Agency, copies: Sequence[Copy], base: str) -> str:  # noqa: ARG001 (as the others)
    """Write the document."""
    return json.dumps([_item(copy, agency) for copy in copies], ensure_ascii=False, indent=1)


def _item(copy: Copy, agency: Agency) -> dict[str, Any]:
    piece = copy.piece
    pubstatus = PUBSTATUS.get(piece.act, "usable")
    item: dict[str, Any] = {
        "uri": copy.guid,
        "type": "text",
        "version": str(copy.version),
        "pubstatus": pubstatus,
        "firstcreated": copy.created.isoformat(),
        "versioncreated": copy.updated.isoformat(),
    }
    if copy.embargo:
        item["embargoed"] = copy.embargo.isoformat()
    if piece.note:
        item["ednote"] = piece.note
    if pubstatus == "canceled":
        return item
    return item | _words(copy, agency)


def _words(copy: Copy, agency: Agency) -> dict[str, Any]:
    piece = copy.piece
    theme = sector(piece.sector)
    words: dict[str, Any] = {
        "language": piece.language or agency.language,
        "headlines": [{"role": "main", "value": piece.headline}],
        "bodies": [{"role": "main", "contenttype": "text/html", "value": html(copy)}],
        "by": piece.byline,
        "copyrightholder": agency.name,
        "copyrightnotice": RIGHTS,
    }
    if piece.standfirst:
        words["descriptions"] = [{"role": "main", "value": piece.standfirst}]
    if theme:
        words["subjects"] = [{"name": theme.name, "uri": f"sector:{theme.slug}"}]
    if copy.picture:
        words["associations"] = [_picture(copy)]
    return words


def _picture(copy: Copy) -> dict[str, Any]:
    piece = copy.piece
    return {
        "name": "mainpicture",
        "uri": f"{copy.guid}:picture:{piece.picture}",
        "type": "picture",
        "headlines": [{"role": "main", "value": ALTS[piece.picture]}],
        "descriptions": [{"role": "caption", "value": piece.caption or ALTS[piece.picture]}],
        "by": CREDIT,
        "renditions": [
            {
                "name": "main",
                "href": copy.picture,
                "contenttype": "image/webp",
                "width": 960,
                "height": 540,
            }
        ],
    }
