"""Fingerprints of what an item says: equal digests, nothing new."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

from wireroom.formats.item import Item, Moment


def face(item: Item) -> str:
    """Fingerprint what readers see: words, credit, pictures, rights; no times, no notes.

    A standfirst that the house made follows from the body and is left out, so that a
    better way to choose one is not an update.
    """
    return _fingerprint(_seen(item))


def digest(item: Item, seen: str) -> str:
    """Fingerprint all that makes a version differ: its face, embargo, end and countries.

    Countries decide the lists that a story stands in, and are no news to its readers: they
    are not in its face. Those that the house made out are left out, as its standfirst is.
    """
    moments = (_moment(item.embargo), _moment(item.expires))
    said = [seen, *moments, *_countries(item)]
    if item.patch:  # what it does not carry is not in it, and its status is
        said += (item.patch, item.pubstatus, str(item.urgency), *item.carries)
    return _fingerprint(said)


def _countries(item: Item) -> Iterable[str]:
    """Give the countries that the agency named: the first one apart, the others in any order."""
    made = {made.field for made in item.made}
    if "countries" in made:
        return
    first, named = item.countries.primary, item.countries.mentioned
    if first and "countries.primary" not in made:
        yield f"first {first}"
    yield from sorted(set(named) - {first if "countries.primary" not in made else None})


def _seen(item: Item) -> Iterable[str]:
    made = {made.field for made in item.made}
    yield item.headline
    yield "" if "standfirst" in made else item.standfirst
    yield item.body
    yield item.byline
    yield item.creditline
    rights = item.rights
    yield from (rights.holder, rights.notice, rights.terms, rights.territory)
    for picture in item.pictures:
        yield from (picture.href, picture.caption, picture.credit, picture.pubstatus)
        yield from (picture.alt, "representative" if picture.representative else "")
        rights = picture.rights
        yield from (rights.holder, rights.notice, rights.terms, rights.territory)


def _moment(moment: Moment) -> str:
    return moment.isoformat() if isinstance(moment, datetime) else moment or ""


def _fingerprint(words: Iterable[str]) -> str:
    return blake2b("\x1f".join(words).encode(), digest_size=16).hexdigest()
