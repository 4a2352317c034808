"""Reading what came, in a worker process with limits that can be killed.

One sandbox serves the process for as long as it lives; a process that was forked makes
its own.
"""

import atexit
import os
import threading

from wireroom.formats.document import Arrival, Document
from wireroom.formats.sandbox import Sandbox

_lock = threading.Lock()
_own: dict[int, Sandbox] = {}


def parse(raw: bytes, format: str, arrival: Arrival) -> Document:  # noqa: A002 (the word of the trade)
    """Read a document.

    Raises Unreadable when nothing of it can be read within the limits.
    """
    with _lock:
        return _sandbox().parse(raw, format, arrival)


def close() -> None:
    """End the worker process; the next document starts another."""
    if sandbox := _own.pop(os.getpid(), None):
        sandbox.__exit__(None, None, None)


def _sandbox() -> Sandbox:
    """Give this process its sandbox, begun when first asked for."""
    pid = os.getpid()
    if pid not in _own:
        _own[pid] = Sandbox().__enter__()
        atexit.register(close)
    return _own[pid]
