"""Reading what came, in a worker process with limits that can be killed.

One sandbox serves this process and its threads for as long as it lives; a process that was
forked makes its own.
"""

import atexit
import os

from wireroom.formats.document import Arrival, Document
from wireroom.formats.sandbox import Sandbox

_own: dict[int, Sandbox] = {}


def parse(raw: bytes, format: str, arrival: Arrival) -> Document:  # noqa: A002 (the word of the trade)
    """Read a document.

    Raises Unreadable when nothing of it can be read within the limits.
    """
    return _own.setdefault(os.getpid(), Sandbox()).parse(raw, format, arrival)


@atexit.register
def close() -> None:
    """End the worker process; the next document starts another."""
    if sandbox := _own.pop(os.getpid(), None):
        sandbox.__exit__(None, None, None)
