"""Reading what came, in a worker process with limits that can be killed.

One sandbox for documents and one for pictures serve this process and its threads for as long
as it lives; a process that was forked makes its own.
"""

import atexit
import os
from functools import lru_cache

from wireroom.formats.document import Arrival, Document
from wireroom.formats.errors import Unreadable
from wireroom.formats.pictures.seen import Seen
from wireroom.formats.sandbox import Sandbox

#: Of address space, for a picture: forty million pixels of four bytes, more than once.
MEGABYTES = 1_024

_own: dict[int, Sandbox] = {}
_pictures: dict[int, Sandbox] = {}


def parse(raw: bytes, format: str, arrival: Arrival) -> Document:  # noqa: A002 (the word of the trade)
    """Read a document.

    Raises Unreadable when nothing of it can be read within the limits.
    """
    return _own.setdefault(os.getpid(), Sandbox()).parse(raw, format, arrival)


def look(raw: bytes) -> Seen:
    """Tell what a picture is, and take out where it was taken.

    Raises Unreadable when it is none that we keep, or would take its worker beyond the limits.
    """
    box = Sandbox(reader="wireroom.formats.pictures.look:look", megabytes=MEGABYTES)
    seen: Seen = _pictures.setdefault(os.getpid(), box).read(raw)
    return seen


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
    """End the worker processes; the next document or picture starts another."""
    for sandboxes in (_own, _pictures):
        if sandbox := sandboxes.pop(os.getpid(), None):
            sandbox.__exit__(None, None, None)
