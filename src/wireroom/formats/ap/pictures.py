"""Pictures: an item's own renditions, and the items that are associated with it."""

from dataclasses import replace

from wireroom.formats.item import Kind, Link, Picture
from wireroom.formats.ninjs import pictures as common
from wireroom.formats.ninjs.fields import Fields
from wireroom.formats.providers.quirks import NONE

from . import about, status
from .words import headline


def pictures(fields: Fields, base: str, kind: Kind) -> tuple[tuple[Picture, ...], tuple[Link, ...]]:
    """Give the pictures, in the agency's order, and what else the item comes with.

    An associated item has a status of its own, so that one without renditions is a link
    until it was read itself.
    """
    shown: list[Picture] = []
    links: list[Link] = []
    if kind in {"picture", "story"} and (own := _picture(fields, base)):
        shown.append(own)
    for rank, one in sorted(fields.named("associations"), key=lambda pair: _rank(pair[0])):
        if found := _picture(one, base, role=rank):
            shown.append(found)
        elif href := one.text("uri"):
            links.append(Link(rel="related", href=href, title=_title(one)))
    for name, one in fields.named("renditions"):
        href, mime = one.text("href"), one.text("mimetype", "contenttype").lower()
        if href.startswith(("https://", "http://")) and not mime.startswith("image/"):
            links.append(Link(rel="enclosure", href=href, title=name, mime=mime))
    return tuple(shown), tuple(links)


def _picture(one: Fields, base: str, *, role: str = "") -> Picture | None:
    """Make a picture of an item that is one; None when it is none or has no image."""
    if status.KINDS.get(one.text("type").lower()) != "picture":
        return None
    found = common.picture(one.inner(_typed(one)), base, role=role)
    if found is None:
        return None
    named = (who.line("name") for who in one.objects("photographer"))
    ids = (each.text("itemid") for each in one.objects("altids"))
    pubstatus, embargo = status.status(one)
    rights = about.rights(one)
    return replace(
        found,
        caption=one.line("description_caption", "caption") or found.caption,
        credit=one.line("description_creditline") or next(filter(None, named), "") or found.credit,
        alt=_title(one),
        guid=next(filter(None, ids), "") or found.guid,
        pubstatus=pubstatus,
        rights=replace(rights, valid_from=embargo, valid_until=status.expiry(one)),
    )


def _typed(one: Fields) -> dict[str, object]:
    """Give what ninjs needs to choose a rendition."""
    names = ("renditions", "uri", "version")
    return {"type": "picture"} | {name: one.first(name) for name in names if one.first(name)}


def _title(one: Fields) -> str:
    return headline(one, NONE)[0]


def _rank(name: str) -> tuple[int, str]:
    """Order associations by the number that is their name."""
    return (int(name[:9]) if name[:9].isdecimal() else 10**9, name)
