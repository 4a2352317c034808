"""An item as it may leave the house, whatever format it is written in.

| nothing     of what is for the desk: editor's note, slugline, what a reader noted
| no content  of what must not be used: who, which version and when, and that it is over
| a credit    on every picture, and no picture that must not be used
| addresses   of links and pictures that lead somewhere from anywhere
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from .item import UNKNOWN, USABLE, Countries, Item, Moment, Picture

#: An absolute address or another id of its form (RFC 3986), of signs that may stand in it.
ADDRESS: Final = re.compile(
    '[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>"{}|\\\\^`\x00-\x20\x7f-\x9f\ud800-\udfff\ufffd-\uffff]+'
)
#: What is for the desk alone.
_INSIDE: Final = {
    "ednote": "",
    "slugline": "",
    "notes": (),
    "made": (),
    "acts_on": (),
    "for_desk": "",
}
#: What a notice that an item must not be used does not repeat.
_CONTENT: Final = {
    "signal": "",
    "headline": "",
    "standfirst": "",
    "body": "",
    "text": "",
    "dateline": "",
    "byline": "",
    "subjects": (),
    "countries": Countries(),
    "pictures": (),
    "links": (),
    "keywords": (),
    "places": (),
    "located": "",
}


def outgoing(item: Item, *, uri: str = "") -> Item:
    """Give what others may be told of an item.

    Args:
        item: As it was read, or as the house has it now. Whether it may be told at all,
            embargoes and contracts decide; this does not.
        uri: The id under which the house gives it, for good; the provider's is then one of
            its other ids.

    Raises:
        ValueError: It changes only a part of a held item, and was not merged with it; or it
            is nothing that a format has a word for.
    """
    if item.kind == "other":
        raise ValueError(f"{item.guid} is no news that can be written")
    if item.patch:
        raise ValueError(f"{item.guid} is only a part of an item")
    said: dict[str, object] = dict(_INSIDE)
    if uri and uri != item.guid:
        others = (item.guid, *(one for one in item.aliases if one not in {uri, item.guid}))
        said |= {"guid": uri, "aliases": others}
    if item.pubstatus != USABLE:
        said |= _CONTENT
    else:
        said["links"] = tuple(one for one in item.links if ADDRESS.fullmatch(one.href))
        said["pictures"] = tuple(
            replace(one, credit=one.credit or item.creditline)
            for one in item.pictures
            if _may_leave(one)
        )
    return replace(item, **said)  # type: ignore[arg-type]  # (names and kinds are Item's own)


def instant(at: datetime) -> str:
    """Write a moment: RFC 3339, in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def known(at: Moment) -> str:
    """Write a moment that is known; empty for any other."""
    return instant(at) if isinstance(at, datetime) else ""


def _may_leave(picture: Picture) -> bool:
    """Say whether a picture may be used, now or from a known moment on, and can be found."""
    known_from = picture.rights.valid_from != UNKNOWN
    return picture.pubstatus == USABLE and known_from and bool(ADDRESS.fullmatch(picture.href))
