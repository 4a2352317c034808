"""NITF 3.6 out, as the IPTC's schema has it.

The id stands in ``uno``, in ``doc-id`` and as the key of the ``du-key``, whose generation is
the version; other readers may use a du-key for a day only and know the id as one of its names.
There is one date of issue: when the version was made, in whole seconds.

NITF has no place for other ids, for links, and for what is a package or a repeat; none for
the codes of Media Topics below the top, which are written as key words by their names; none
for the position of a place, nor for the id, version, size and terms of a picture. Of a status
and an embargo without an end it can say one: what is withheld stays so. Where it was written
can be said only inside the dateline. Notice and terms read back as terms. Expiry in NITF means
that the document is not valid any more. Of the body see ``enriched``.
"""

import re
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from wireroom.formats.elements import add, beside, body_of, fit, serialized
from wireroom.formats.item import UNKNOWN, USABLE, Item, Moment, Picture, Subject
from wireroom.formats.outgoing import outgoing
from wireroom.formats.values.subjectcodes import TOPS

from . import enriched

NAMESPACE: Final = "http://iptc.org/std/NITF/2006-10-18/"
VERSION: Final = "-//IPTC//DTD NITF 3.6//EN"
_CODE: Final = re.compile(r"[0-9]{8}")
#: What an item that is no story is called.
TYPES: Final = {"advisory": "advisory", "planning": "planning", "test": "test"}


def written(item: Item, *, uri: str = "") -> bytes:
    """Write an item.

    Args:
        item: Without what is for the desk; see ``outgoing``.
        uri: The id under which the house gives it; the provider's own if empty.
    """
    item = outgoing(item, uri=uri)
    root = etree.Element(f"{{{NAMESPACE}}}nitf", nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # (lxml's own way)
    root.set("uno", fit(item.guid))
    root.set("version", VERSION)
    if item.language:
        root.set("baselang", fit(item.language))
    _head(add(root, "head"), item)
    _body(add(root, "body"), item)
    return serialized(root)


def _head(head: etree._Element, item: Item) -> None:
    if item.headline:
        add(head, "title", item.headline)
    codes = list(filter(None, map(_refnum, item.subjects)))
    if item.kind in TYPES or codes:
        tobject = add(head, "tobject")
        tobject.set("tobject.type", TYPES.get(item.kind, "news"))
        for code, name in dict(reversed(codes)).items():
            _subject(tobject, code, name)
    docdata = add(head, "docdata")
    _managed(docdata, item)
    add(docdata, "doc-id", id_string=item.guid)
    add(docdata, "urgency", ed_urg=item.urgency)
    for name, at in (
        ("date.issue", item.version_created),
        ("date.release", item.embargo),
        ("date.expire", item.expires),
    ):
        if norm := _norm(at):
            add(docdata, name, norm=norm)
    add(docdata, "du-key", key=item.guid, generation=item.version)
    _rights(docdata, item)
    words = [*(one.name for one in item.subjects if not _refnum(one)), *item.keywords]
    if kept := [word for word in dict.fromkeys(words) if word]:
        keys = add(docdata, "key-list")
        for word in kept:
            add(keys, "keyword", key=word)
    _places(docdata, item)


def _managed(docdata: etree._Element, item: Item) -> None:
    """Say what is to become of the document, and what it is to the one before."""
    held = item.pubstatus == USABLE and item.embargo == UNKNOWN
    docdata.set("management-status", "embargoed" if held else item.pubstatus)
    if item.signal == "correction":
        add(docdata, "correction", id_string=item.guid)
    elif item.signal == "update":
        docdata.set("management-doc-idref", fit(item.guid))


def _refnum(subject: Subject) -> tuple[str, str] | None:
    """Give a Subject Code and its name; the Media Topics at the top have the same codes."""
    scheme, _, code = subject.code.partition(":")
    if not _CODE.fullmatch(code):
        return None
    top = scheme == "medtop" and code.endswith("000000") and int(code[:2]) in TOPS
    return (code, subject.name) if top or scheme == "subj" else None


def _subject(tobject: etree._Element, code: str, name: str) -> None:
    made = add(tobject, "tobject.subject")
    made.set("tobject.subject.refnum", fit(code))
    if name:
        level = "detail" if code[5:] != "000" else "matter" if code[2:] != "000000" else "type"
        made.set(f"tobject.subject.{level}", fit(name))


def _rights(docdata: etree._Element, item: Item) -> None:
    rights = item.rights
    if rights.holder:
        add(docdata, "doc.copyright", holder=rights.holder)
    said = {
        "owner": rights.holder,
        "geography": rights.territory,
        "limitations": rights.terms,
        "startdate": _norm(rights.valid_from),
        "enddate": _norm(rights.valid_until),
    }
    if any(said.values()):
        add(docdata, "doc.rights", **said)


def _places(docdata: etree._Element, item: Item) -> None:
    if not item.places:
        return
    named = add(docdata, "identified-content")
    for place in item.places:
        location = add(named, "location", place.name, location_code=place.code)
        if place.country:
            add(location, "country", iso_cc=place.country)


def _body(body: etree._Element, item: Item) -> None:
    head = etree.Element(beside(body, "body.head"))
    if item.headline:
        add(add(head, "hedline"), "hl1", item.headline)
    if item.rights.notice:
        add(head, "rights", item.rights.notice)
    if item.byline:
        add(head, "byline", item.byline)
    if item.creditline:
        add(head, "distributor", item.creditline)
    if item.dateline:
        _dateline(head, item)
    if item.standfirst:
        add(add(head, "abstract"), "p", item.standfirst)
    if len(head):
        body.append(head)
    if item.body or item.pictures:
        content = add(body, "body.content")
        enriched.write(body_of(item), content)
        for picture in item.pictures:
            _picture(content, picture)


def _dateline(head: etree._Element, item: Item) -> None:
    """Write the dateline, the place in it told apart where it stands as a word."""
    place = re.search(rf"(?<!\w){re.escape(item.located)}(?!\w)", item.dateline)
    if not item.located or place is None:
        add(head, "dateline", item.dateline)
        return
    dateline = add(head, "dateline", item.dateline[: place.start()])
    add(dateline, "location", place[0]).tail = fit(item.dateline[place.end() :]) or None


def _picture(content: etree._Element, picture: Picture) -> None:
    media = add(content, "media", media_type="image")
    notices = (picture.rights.notice or picture.rights.holder, picture.rights.terms)
    add(
        media,
        "media-reference",
        source=picture.href,
        name=picture.role,
        mime_type=picture.mime,
        width=picture.width,
        height=picture.height,
        alternate_text=picture.alt,
        source_credit=picture.credit,
        copyright=" ".join(one for one in notices if one),
    )
    if picture.caption:
        add(media, "media-caption", picture.caption)
    if picture.credit:
        add(media, "media-producer", picture.credit)


def _norm(at: Moment) -> str:
    """Write a moment as NITF does: ISO 8601, basic, in UTC; empty for what is not known."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if isinstance(at, datetime) else ""
