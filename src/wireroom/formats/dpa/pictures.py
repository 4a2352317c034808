"""Associated pictures, by rank, the feature image first; recordings are links."""

from wireroom.formats.item import Link, Picture
from wireroom.formats.ninjs.fields import Fields
from wireroom.formats.nitf.pictures import address

from . import about, words


def associated(fields: Fields, base: str) -> tuple[tuple[Picture, ...], tuple[Link, ...]]:
    """Give the pictures of an item, and its other files."""
    pictures: list[Picture] = []
    links: list[Link] = []
    for one in sorted(fields.objects("associations"), key=_place):
        files = [
            (href, each)
            for each in one.objects("renditions")
            if (href := address(base, each.text("url", "href")))
        ]
        if one.text("type").lower() in {"image", ""} and files:
            pictures.append(_picture(fields, one, files))
            continue
        links += [
            Link(
                rel="enclosure",
                href=href,
                title=one.line("headline"),
                mime=each.text("mimetype").lower(),
            )
            for href, each in files
        ]
        if not files:
            fields.notes.append("an association without a file that can be used")
    return tuple(pictures), tuple(links)


def _place(one: Fields) -> tuple[bool, int]:
    return one.first("is_featureimage") is not True, one.number("rank") or 0


def _picture(item: Fields, one: Fields, files: list[tuple[str, Fields]]) -> Picture:
    href, best = max(files, key=lambda said: said[1].number("width") or 0)
    own = one.text("urn") == item.text("urn")
    return Picture(
        href=href,
        caption=one.line("caption") or (words.caption(item) if own else ""),
        credit=one.line("creditline") or (item.line("creditline") if own else ""),
        alt=one.line("alttext"),
        mime=best.text("mimetype").lower(),
        width=best.number("width"),
        height=best.number("height"),
        guid=one.text("urn"),
        version=one.number("version") or 0,
        role="feature" if one.first("is_featureimage") is True else "",
        rights=about.rights(one),
    )
