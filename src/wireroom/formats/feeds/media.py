"""Media RSS and enclosures: which picture, with whose words, inherited downward.

Media RSS 1.5.1; its namespace is matched with and without the last slash. What a channel,
an item or a group says holds for each file below it, unless the file says its own.
"""

from collections.abc import Callable
from dataclasses import fields
from typing import Final

from lxml import etree

from wireroom.formats.bodies.inside import Bases, text
from wireroom.formats.item import UNKNOWN
from wireroom.formats.syntax.namespaces import name
from wireroom.formats.values.dates import moment

from .feed import Entry, Head, Medium, Person, Term

Say = Callable[[Medium, etree._Element], None]  # noqa: SLF001 (lxml names its type so)
#: media:status in which a file may be used.
ACTIVE: Final = frozenset(("", "active"))
AUTHORS: Final = frozenset(("author", "writer", "reporter"))


def number(said: str | None) -> int | None:
    """Read a number of pixels or bytes; None when it is none."""
    digits = (said or "").strip().removesuffix("px").replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else None  # noqa: PLR2004 (a terabyte)


def _title(medium: Medium, element: etree._Element) -> None:
    medium.title = medium.title or text(element)


def _caption(medium: Medium, element: etree._Element) -> None:
    medium.caption = medium.caption or text(element)


def _credit(medium: Medium, element: etree._Element) -> None:
    said = text(element)
    if said and said not in medium.credit.split(", "):
        medium.credit = f"{medium.credit}, {said}" if medium.credit else said


def _notice(medium: Medium, element: etree._Element) -> None:
    medium.notice = medium.notice or text(element) or element.get("url", "")


def _terms(medium: Medium, element: etree._Element) -> None:
    said = text(element) or element.get("href", "")
    if name(element.tag) == "media:restriction":
        said = " ".join(("Restriction:", element.get("relationship", ""), said))
    elif name(element.tag) == "media:rating":
        said = f"Rating: {said}" if said != "nonadult" else ""
    medium.terms = "; ".join(part for part in (medium.terms, said) if part)


def _status(medium: Medium, element: etree._Element) -> None:
    if element.get("state", "").strip().lower() not in ACTIVE:
        medium.canceled = True


def _valid(medium: Medium, element: etree._Element) -> None:
    start, end = span(text(element))
    if start:
        medium.valid_from = moment(start).at or UNKNOWN
    if end:
        medium.valid_until = moment(end).at or UNKNOWN


SAYS: Final[dict[str, Say]] = {
    "media:title": _title,
    "media:description": _caption,
    "media:text": _caption,
    "media:credit": _credit,
    "media:copyright": _notice,
    "media:license": _terms,
    "media:restriction": _terms,
    "media:rating": _terms,
    "media:status": _status,
    "dcterms:valid": _valid,
}


def span(said: str) -> tuple[str, str]:
    """Take a start and an end from a DCMI period: ``start=…;end=…``."""
    found = {"start": "", "end": ""}
    for part in said.split(";"):
        key, equals, value = part.partition("=")
        if equals and key.strip().lower() in found:
            found[key.strip().lower()] = value.strip()
    return found["start"], found["end"]


def enclosure(head: Head, element: etree._Element, bases: Bases) -> None:
    """Note an RSS enclosure; its address may stand in it as text or in a child."""
    said = element.get("url") or element.get("href") or ""
    kind, size = element.get("type", ""), element.get("length")
    for child in element:
        key = name(child.tag)
        said = said or (text(child) if key == "url" else "")
        kind = kind or (text(child) if key == "type" else "")
        size = size or (text(child) if key == "length" else None)
    said = said or (element.text or "").strip()
    if said:
        href = bases.href(element, said)
        head.media.append(Medium(href=href, mime=kind.strip().lower(), size=number(size)))


def say(head: Head, element: etree._Element) -> None:
    """Note what stands beside the files, for all of them."""
    key = name(element.tag)
    if key == "media:credit" and element.get("role", "").strip().lower() in AUTHORS:
        if isinstance(head, Entry):
            head.authors.append(Person(text(element)))
        return
    head.shared = head.shared or Medium()
    SAYS[key](head.shared, element)


def category(head: Head, element: etree._Element) -> None:
    """Note a media:category; its scheme has a default."""
    scheme = element.get("scheme") or "http://search.yahoo.com/mrss/category_schema"
    if said := text(element):
        head.terms.append(Term(said, scheme, element.get("label", "")))


def keywords(head: Head, element: etree._Element) -> None:
    """Note keywords, parted by commas."""
    head.keywords += [word.strip() for word in text(element).split(",") if word.strip()]


def content(head: Head, element: etree._Element, bases: Bases) -> None:
    """Note a media:content that stands alone."""
    if found := _file(head, element, bases):
        head.media.append(found)


def group(head: Head, element: etree._Element, bases: Bases) -> None:
    """Note a media:group: one thing in several renditions, of each sort the best."""
    shared = Medium()
    for child in element:
        if says := SAYS.get(name(child.tag)):
            says(shared, child)
    found = [one for child in element if (one := _file_of(head, child, bases))]
    files = [one for one in found if not one.thumbnail]
    if not found and head.shared is None:
        head.shared = shared
    # The picture, and beside it the film or sound, of which it may be only the sign.
    pictures = [one for one in files if is_picture(one)] or [one for one in found if one.thumbnail]
    for several in (pictures, [one for one in files if not is_picture(one)]):
        if several:
            # isDefault, else the widest; of equals the first.
            best = max(several, key=lambda one: (one.default, one.width or 0))
            inherit(best, shared)
            head.media.append(best)


def _file_of(head: Head, element: etree._Element, bases: Bases) -> Medium | None:
    """Read a file of a group; what else stands in it is none."""
    is_file = name(element.tag) in {"media:content", "media:thumbnail"}
    return _file(head, element, bases) if is_file else None


def _file(head: Head, element: etree._Element, bases: Bases) -> Medium | None:
    said = element.get("url", "").strip()
    medium = Medium(
        href=bases.href(element, said) if said else "",
        mime=element.get("type", "").strip().lower(),
        medium=element.get("medium", "").strip().lower(),
        default=element.get("isDefault", "").strip().lower() == "true",
        thumbnail=name(element.tag) in {"media:thumbnail", "itunes:image"},
        width=number(element.get("width")),
        height=number(element.get("height")),
        size=number(element.get("fileSize")),
    )
    thumbnail = None
    for child in element:
        key = name(child.tag)
        if says := SAYS.get(key):
            says(medium, child)
        elif key == "media:category":
            category(head, child)
        elif key == "media:thumbnail":
            thumbnail = child
    # A film's own picture stands for it.
    shown = None if thumbnail is None or is_picture(medium) else _file(head, thumbnail, bases)
    if shown:
        inherit(shown, medium)
        head.media.append(shown)
    return medium if medium.href else None


def is_picture(medium: Medium) -> bool:
    """Say whether a file is a picture: by type, by medium, by the element it stood in."""
    if medium.mime:
        return medium.mime.startswith("image/")
    if medium.medium:
        return medium.medium == "image"
    return medium.thumbnail or medium.href.lower().partition("?")[0].endswith(
        (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
    )


def inherit(medium: Medium, above: Medium) -> None:
    """Fill what a file does not say from what was said above it."""
    for name_ in INHERITED:
        if not getattr(medium, name_):
            setattr(medium, name_, getattr(above, name_))


INHERITED: Final = tuple(
    one.name
    for one in fields(Medium)
    if one.name not in {"href", "mime", "medium", "default", "thumbnail", "width", "height", "size"}
)
