"""Reading what came, in a worker process with limits that can be killed.

A sandbox for documents, one for pictures and one for pages serve this process and its threads
for as long as it lives, each begun with its first; a process that was forked makes its own.
"""

import atexit
import os
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from wireroom.formats.document import Arrival, Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.pictures.seen import Seen
from wireroom.formats.sandbox import Sandbox

#: Of address space, for a picture: forty million pixels of four bytes, more than once.
MEGABYTES = 1_024

#: Seconds to find the text of a page.
SECONDS: Final = 10.0

_own: dict[tuple[int, Callable[[], Sandbox]], Sandbox] = {}


def _documents() -> Sandbox:
    return Sandbox()


def _pictures() -> Sandbox:
    return Sandbox(reader="wireroom.formats.pictures.look:look", megabytes=MEGABYTES)


def _pages() -> Sandbox:
    return Sandbox(reader="wireroom.formats.own_page:read", seconds=SECONDS)


def _box(made: Callable[[], Sandbox]) -> Sandbox:
    """Give this process's own sandbox of a kind."""
    key = os.getpid(), made
    return _own.get(key) or _own.setdefault(key, made())


def parse(raw: bytes, format: str, arrival: Arrival) -> Document:  # noqa: A002 (the word of the trade)
    """Read a document.

    Raises Unreadable when nothing of it can be read within the limits.
    """
    return _box(_documents).parse(raw, format, arrival)


def look(raw: bytes) -> Seen:
    """Tell what a picture is, and take out where it was taken.

    Raises Unreadable when it is none that we keep, or would take its worker beyond the limits.
    """
    seen: Seen = _box(_pictures).read(raw)
    return seen


def text_of_page(raw: bytes, charset: str, address: str) -> tuple[str, str]:
    """Find a story on its own page: its body, cleaned, and its text.

    Raises Unreadable where there is none, or it cannot be found within the limits.
    """
    found: tuple[str, str] = _box(_pages).read(raw, charset, address)
    return found


@lru_cache(maxsize=1)  # several items of one document, asked for one by one
def sources(raw: bytes, format: str, arrival: Arrival) -> tuple[bytes, ...]:  # noqa: A002 (the same)
    """Give the bytes of each item of a document that was read; none where that fails now."""
    try:
        with Sandbox(reader="wireroom.formats.sources:read") as sandbox:
            found = sandbox.parse(raw, format, arrival)
    except (Unreadable, OSError):
        return ()
    return tuple(one.raw for one in found.rejected)


@atexit.register
def close() -> None:
    """End the worker processes; what is read next starts another."""
    for key in [key for key in _own if key[0] == os.getpid()]:
        _own.pop(key).__exit__(None, None, None)
