"""What a story lacks, where the rest of it may be, and whether what stands there is of it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from wireroom.formats.item import USABLE, Item, Made

#: Signs of a text that is whole, most likely, and is left alone.
ENOUGH = 1500
#: Signs of a text that is worth to stand in place of another.
LEAST = 200
#: Of the longer words that a channel has of a story, the part that its page has as well.
SHARED = 1 / 3
WORD = re.compile(r"\w{4,}")


def page_of(item: Item, hosts: Iterable[str]) -> str:
    """Give the address of the page that may have the rest of a story; empty where none may.

    A page elsewhere is somebody else's: one of ``hosts`` must be its site.
    """
    if item.kind != "story" or item.pubstatus != USABLE or item.patch or not item.headline:
        return ""
    if len(item.text) >= ENOUGH:
        return ""
    own = next((link.href for link in item.links if link.rel == "canonical"), "")
    return own if is_of_site(own, hosts) else ""


def is_of_site(address: str, hosts: Iterable[str]) -> bool:
    """Say whether an address is of the same site as one of some hosts."""
    host = host_of(address)
    return bool(host) and any(
        host == other or host.endswith(f".{other}") or other.endswith(f".{host}")
        for other in hosts
        if other
    )


def host_of(address: str) -> str:
    """Give the host of an address of the web, without ``www``; empty for any other."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if parts.scheme in {"http", "https"} else ""


def words_of(item: Item, address: str) -> str:
    """Name what a channel said of a story in words: in others it has another name."""
    return _digest(item.guid, item.headline, item.standfirst, item.body, address)


def key_of(item: Item, words: str, received: datetime) -> str:
    """Name a version of a story: its words, and its date where it has one of its own."""
    made = item.version_created
    return _digest(words, "" if made is None or made == received else made.isoformat())


def _digest(*said: str) -> str:
    return sha256("\0".join(said).encode("utf-8", "replace")).hexdigest()


def why_not(text: str, *, teaser: str, headline: str) -> str:
    """Say why the text of a page is not taken in place of the channel's; empty where it is.

    A page that asks for consent or money, or has another story, shares few words with this one.
    """
    if len(text) < LEAST or len(text) <= len(teaser):
        return "the page has no more than the channel"
    words = set(WORD.findall(f"{headline} {teaser}".casefold()))
    shared = words & set(WORD.findall(text.casefold()))
    if len(shared) < SHARED * len(words):
        return "the page has another text than that of the story"
    return ""


def completed(item: Item, *, body: str, text: str, address: str) -> Item:
    """Give a story the text of its page, and say so."""
    made = Made(field="body", because=f"the text of {address}")
    return replace(item, body=body, text=text, made=(*item.made, made))
