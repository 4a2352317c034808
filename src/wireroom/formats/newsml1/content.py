"""Content items: what they hold, whatever they call it (NewsML 1.2: ``ContentItem``).

DataContent holds NITF with or without its namespace, XHTML, escaped HTML or plain text, in
itself or encoded; it is looked at, since the format that is named is often another.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from wireroom.formats.bodies.text import paragraphs
from wireroom.formats.errors import Unreadable
from wireroom.formats.nitf.body import html_inside, html_of
from wireroom.formats.nitf.pictures import address
from wireroom.formats.syntax.characters import utf8
from wireroom.formats.syntax.xml import root
from wireroom.formats.values.statuses import word_of

from .tree import Tree

_MARKUP: Final = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|a|em|strong|b|i|table|img|span)\b[^>]*>", re.IGNORECASE
)
_NITF: Final = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!DOCTYPE[^>]{0,300}>\s*)?<nitf[\s>]")
#: What a file is, by the end of its name.
_KINDS: Final = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "bmp", "svg"), "image"),
    **dict.fromkeys(("mp3", "wav", "aac", "ogg", "wma"), "audio"),
    **dict.fromkeys(("mp4", "mov", "mpg", "mpeg", "avi", "wmv", "flv", "webm"), "video"),
    **dict.fromkeys(("txt", "htm", "html", "xml", "nitf"), "text"),
}
#: What the IPTC's media types are.
_MEDIA: Final = {
    "photo": "image",
    "picture": "image",
    "image": "image",
    "graphic": "image",
    "audio": "audio",
    "video": "video",
    "animation": "video",
    "text": "text",
}
#: Encodings within encodings are read so deep.
_DEPTH: Final = 4
_DIGITS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One content item, as far as anybody can make something of it."""

    #: text, image, audio, video; empty when nobody can say.
    kind: str
    href: str = ""
    mime: str = ""
    width: int | None = None
    height: int | None = None
    size: int | None = None
    #: HTML, before cleaning, or a whole document of NITF.
    html: str = ""
    nitf: etree._Element | None = None

    @property
    def worded(self) -> bool:
        """Say whether there are words in it, as far as a glance tells."""
        return bool(self.html) or self.nitf is not None

    @property
    def markup(self) -> str:
        """Give its words as HTML."""
        return self.html if self.nitf is None else html_of(self.nitf)


def content(tree: Tree, item: etree._Element, base: str, notes: list[str]) -> Content:
    """Look at a content item."""
    mime = tree.formal(item, "MimeType").lower().partition(";")[0].strip()
    media = _MEDIA.get(word_of(tree.formal(item, "MediaType")), "")
    said = item.get("Href", "").strip()
    href = address(base, said)
    if said and not href:
        notes.append(f"an address that is none of the web's: {said[:60]!r}")
    kind = _kind_of(mime, said) or media
    width, height, size = _measures(tree, item)
    html, nitf = _inside(tree, item, notes) if kind in {"", "text"} else ("", None)
    if kind not in {"", "text"} and not said and _holds(tree, item):
        notes.append(f"{kind} inside the document is kept with the delivery alone")
    return Content(
        kind=kind or ("text" if html or nitf is not None else ""),
        href=href,
        mime=mime,
        width=width,
        height=height,
        size=size,
        html=html,
        nitf=nitf,
    )


def _kind_of(mime: str, href: str) -> str:
    """Say what a type, or the name of a file, means."""
    top, _, below = mime.partition("/")
    if top in {"image", "audio", "video", "text"}:
        return top
    if "xml" in below or "html" in below:
        return "text"
    try:
        path = urlsplit(href).path
    except ValueError:
        return ""
    return _KINDS.get(path.rpartition(".")[2].lower(), "") if "." in path else ""


def is_image(href: str) -> bool:
    """Say whether the name of a file is that of an image."""
    return _kind_of("", href) == "image"


def _measures(tree: Tree, item: etree._Element) -> tuple[int | None, int | None, int | None]:
    """Give width, height and bytes."""
    if not tree.all(item, "Characteristics"):
        return None, None, None
    said = {"sizeinbytes": tree.text(item, "Characteristics/SizeInBytes")}
    for one in tree.all(item, "Characteristics/Property"):
        said.setdefault(word_of(one.get("FormalName", "")), one.get("Value", ""))
    width, height, size = (
        _number(said.get(name, "")) for name in ("width", "height", "sizeinbytes")
    )
    return width, height, size


def _number(said: str) -> int | None:
    said = said.strip().removesuffix("px").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else None


def _holds(tree: Tree, item: etree._Element) -> bool:
    return bool(tree.all(item, "DataContent") or tree.all(item, "Encoding"))


def _inside(
    tree: Tree, item: etree._Element, notes: list[str]
) -> tuple[str, etree._Element | None]:
    """Give the HTML of what stands in a content item, or the NITF that it is."""
    data = tree.one(item, "DataContent")
    encoded: list[str] = []
    outer = item
    while data is None and len(encoded) < _DEPTH:
        encoding = tree.one(outer, "Encoding")
        if encoding is None:
            return "", None
        encoded.append(encoding.get("Notation", "").lower())
        outer, data = encoding, tree.one(encoding, "DataContent")
    if data is None:
        notes.append("encodings within encodings are not read")
        return "", None
    if not encoded:
        return _html(data)
    text = _decoded("".join(str(part) for part in data.itertext()), encoded, notes)
    return _of_text(text) if text is not None else ("", None)


def _decoded(text: str, notations: list[str], notes: list[str]) -> str | None:
    """Undo encodings; None when there is one that nobody knows, or what is in it is no text."""
    for notation in notations:
        if "base64" not in notation:
            notes.append(f"an encoding that is not read: {notation[:60]!r}")
            return None
        try:
            raw = base64.b64decode("".join(text.split()), validate=True)
        except (binascii.Error, ValueError):
            notes.append("base64 that cannot be read")
            return None
        if b"\0" in raw[:1024]:
            notes.append("what was encoded is no text")
            return None
        text = utf8(raw)[0].decode("utf-8", "replace")
    return text


def _html(data: etree._Element) -> tuple[str, etree._Element | None]:
    """Look at what stands in DataContent itself."""
    if not len(data):
        return _of_text(data.text or "")
    nitf = next(data.iterchildren("{*}nitf"), None)
    if nitf is not None:
        return "", nitf
    return html_inside(data).strip(), None


def _of_text(text: str) -> tuple[str, etree._Element | None]:
    """Look at characters: NITF, HTML, or words."""
    if _NITF.match(text):
        try:
            nitf = root(text.encode(), charset="utf-8")[0]
        except (Unreadable, UnicodeEncodeError):
            return text, None
        return "", nitf
    return (text if _MARKUP.search(text) else paragraphs(text)).strip(), None
