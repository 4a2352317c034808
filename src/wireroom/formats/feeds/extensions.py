"""Elements that RSS and Atom share: paging, pace, embargo and expiry, links, licences."""

from collections.abc import Callable
from typing import Final

from lxml import etree

from wireroom.formats.bodies.inside import Bases, text
from wireroom.formats.item import Link
from wireroom.formats.syntax.namespaces import LANG, local, name

from . import media, places
from .feed import Entry, Feed, Head, Person, Prose, Span, Tombstone

NOT_BEFORE: Final = frozenset(("dcterms:available", "prism:embargodate"))
NOT_AFTER: Final = frozenset(("expirationdate", "prism:expirationdate", "prism:killdate"))
SPANS: Final = NOT_BEFORE | NOT_AFTER | {"dcterms:valid"}
RESOURCE: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"


def span(entry: Entry, element: etree._Element) -> None:
    """Note what bounds an entry's use; an element that is there but empty bounds nothing."""
    said, key = text(element), name(element.tag)
    if not said:
        return
    found = entry.span = entry.span or Span()
    if key == "dcterms:valid":
        start, end = media.span(said)
        if not start and not end:
            entry.notes.append(f"unreadable dcterms:valid: {said[:80]}")
            start = said  # it bounds something that cannot be read: hold
        found.embargoes += [start] if start else []
        found.expiries += [end] if end else []
    elif key in NOT_BEFORE:
        found.embargoes.append(said)
    else:
        found.expiries.append(said)
        found.removes |= key == "prism:killdate"


def link(element: etree._Element, bases: Bases) -> Link | None:
    """Read a link of Atom (RFC 4287 section 4.2.7)."""
    said = (element.get("href") or "").strip()
    if not said and bases.stated and element.get("href") is not None:
        said = bases.at(element)  # RFC 3986 section 4.4: the base itself
    if not said:
        return None
    rel = (element.get("rel") or "alternate").strip()
    mime = (element.get("type") or "").strip().lower()
    return Link(
        rel=rel.removeprefix("http://www.iana.org/assignments/relation/"),
        href=bases.href(element, said),
        title=(element.get("title") or "").strip(),
        mime=mime or ("application/atom+xml" if rel == "self" else ""),
        size=media.number(element.get("length")),
    )


def author(element: etree._Element, bases: Bases) -> Person:
    """Read a person of Atom (RFC 4287 section 3.2); 0.3 says url for uri."""
    said = {name(child.tag).rpartition(":")[2]: child for child in element}
    href = next((said[key] for key in ("uri", "url", "homepage") if key in said), None)
    return Person(
        text(said["name"]) if "name" in said else "",
        text(said["email"]) if "email" in said else "",
        bases.href(href, text(href)) if href is not None and text(href) else "",
    )


def language(element: etree._Element) -> str:
    """Give the language that stands at an element itself."""
    return (element.get(LANG) or "").strip()


def license_of(head: Head, element: etree._Element) -> None:
    """Note a licence: as text, or as the resource it names."""
    head.license = head.license or text(element) or (element.get(RESOURCE) or "").strip()


def block(head: Head, element: etree._Element) -> None:
    """Note itunes:block; it concerns one shop only."""
    if text(element).lower() in {"yes", "true"}:
        head.notes.append("itunes:block: the agency keeps this from one shop")


def explicit(head: Head, element: etree._Element) -> None:
    """Note itunes:explicit."""
    if text(element).lower() in {"yes", "true", "explicit"}:
        head.notes.append("itunes:explicit")


def complete(entry: Entry) -> None:
    """Let the words of Media RSS stand in where an entry has none of its own."""
    if entry.shared is None:
        return
    if entry.title is None and entry.shared.title:
        entry.title = Prose(entry.shared.title, "plain")
    if entry.summary is None and not entry.contents and entry.shared.caption:
        entry.summary = Prose(entry.shared.caption, "plain")


Rule = Callable[[Head, etree._Element, Bases], None]  # noqa: SLF001 (lxml names its type so)


def of_entry(act: Callable[[Entry, etree._Element], None]) -> Rule:
    """Make a rule that acts in entries alone."""

    def rule(head: Head, element: etree._Element, _bases: Bases) -> None:
        if isinstance(head, Entry):
            act(head, element)

    return rule


def _feed(act: Callable[[Feed, etree._Element], None]) -> Rule:
    def rule(head: Head, element: etree._Element, _bases: Bases) -> None:
        if isinstance(head, Feed):
            act(head, element)

    return rule


def _complete(feed: Feed, _element: etree._Element) -> None:
    feed.complete = True


def _archive(feed: Feed, _element: etree._Element) -> None:
    feed.archive = True


def _period(feed: Feed, element: etree._Element) -> None:
    feed.period = text(element)


def _frequency(feed: Feed, element: etree._Element) -> None:
    feed.frequency = text(element)


def deleted(head: Head, element: etree._Element, bases: Bases) -> None:
    """Note that an entry was taken away (RFC 6721 section 3), in Atom or in RSS."""
    if not isinstance(head, Feed):
        return
    comment = by = ""
    for child in element:
        key = local(child.tag)
        comment = text(child) if key == "comment" else comment
        by = author(child, bases).name or text(child) if key == "by" else by
    said = Tombstone(element.get("ref") or "", element.get("when") or "", comment, by)
    head.tombstones.append(said)


#: What a feed says of itself as a channel, whatever its dialect.
CHANNEL: Final[dict[str, Rule]] = {
    "at:deleted-entry": deleted,
    "deleted-entry": deleted,
    "fh:complete": _feed(_complete),
    "fh:archive": _feed(_archive),
    "sy:updateperiod": _feed(_period),
    "sy:updatefrequency": _feed(_frequency),
}
#: What entries of every dialect say of places and of the time they may be shown.
ENTRY: Final[dict[str, Rule]] = {
    **dict.fromkeys(
        ("georss:point", "georss:box", "georss:line", "georss:polygon"), of_entry(places.point)
    ),
    **dict.fromkeys(("georss:where", "geo:point"), of_entry(places.where)),
    "georss:featurename": of_entry(places.named),
    **dict.fromkeys(("geo:lat", "geo:long"), of_entry(places.half)),
    **dict.fromkeys(SPANS, of_entry(span)),
}
