"""Reading in a process of its own, which is killed when it takes too much.

One process reads document after document, so that a document costs no start. It has no
secrets in its environment, and what it says back can only become items.
"""

import contextlib
import io
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Any, Final, Self

from .document import Arrival, Document
from .errors import Unreadable
from .worker import HEAD, Answer, send

READER: Final = "wireroom.formats.read:parse"
#: Of address space; a reader at rest takes about a third of it.
MEGABYTES: Final = 768
#: By the clock, for one document.
SECONDS: Final = 20.0
#: By the clock, for the process to begin.
START: Final = 60.0
#: Where the values are that an answer is made of; they do nothing.
VALUES: Final = frozenset(
    {f"{__package__}.{each}" for each in ("document", "item", "pictures.seen")}
)
#: All of our environment that a reader is given.
PASSED_ON: Final = (
    "PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
)


class Sandbox:
    """A reader that a document can end without harm; safe to share among threads."""

    def __init__(
        self, *, reader: str = READER, megabytes: int = MEGABYTES, seconds: float = SECONDS
    ) -> None:
        self._arguments = (reader, str(megabytes), str(seconds))
        self._megabytes = megabytes
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def parse(self, raw: bytes, format: str, arrival: Arrival) -> Document:  # noqa: A002 (the word of the trade)
        """Read a document within the limits.

        Raises:
            Unreadable: Nothing of it can be read, or it took its reader beyond a limit.
            OSError: The reader's process cannot be started.
        """
        document: Document = self.read(raw, format, arrival)
        return document

    def read(self, *given: object) -> Any:
        """Give something to another reader than that of documents, as ``parse`` does."""
        request = pickle.dumps(given, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            answer = self._ask(request)
        if answer[0] == "read":
            return answer[1]
        if answer[0] == "memory":
            raise Unreadable(f"it needs more than {self._megabytes} MB of memory to be read")
        raise Unreadable(answer[1])

    def _ask(self, request: bytes) -> Answer:
        """Hand a document over and wait for what comes of it."""
        process = self._begun(request)
        try:
            message = _receive(process, time.monotonic() + self._seconds)
        except TimeoutError:
            self._end()
            return "unreadable", f"it takes more than {self._seconds:g} seconds to be read"
        except BaseException:  # interrupted: the answer that comes next would be to this one
            self._end()
            raise
        if message is None:
            return "unreadable", f"it ended its reader: {_how(self._end())}"
        try:
            answer: Answer = _Reading(io.BytesIO(message)).load()
        except pickle.UnpicklingError as error:
            self._end()
            return "unreadable", f"its reader said something else than items: {error}"
        if answer[0] == "memory":
            self._end()
        return answer

    def _begun(self, request: bytes) -> subprocess.Popen[bytes]:
        """Give a document to the process; a new one, if the last was ended from outside."""
        if self._process is not None:
            with contextlib.suppress(BrokenPipeError):
                return _given(self._process, request)
            self._end()
        self._process = self._start()
        return _given(self._process, request)

    def _start(self) -> subprocess.Popen[bytes]:
        """Start a process and wait until it is ready."""
        process = subprocess.Popen(  # noqa: S603 (our own interpreter, our own module)
            [sys.executable, "-P", "-m", "wireroom.formats.worker", *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
            start_new_session=True,  # Ctrl-C in a terminal is for us, not for a document
        )
        self._process = process
        try:
            ready = _receive(process, time.monotonic() + START)
        except TimeoutError:
            ready = None
        if ready != b"ready":
            raise OSError(f"the reader's process cannot be started: {_how(self._end())}")
        return process

    def _end(self) -> int:
        """End the process, whatever it does, and say how it ended."""
        process, self._process = self._process, None
        if process is None:
            return 0
        assert process.stdin
        assert process.stdout
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.2)  # one that is ending by itself may say how
        process.kill()
        process.stdout.close()
        return process.wait()


class _Reading(pickle.Unpickler):
    """What a reader may say: values of this package and moments, nothing that acts."""

    def find_class(self, module: str, name: str) -> Any:
        """Give a class that an answer may hold."""
        if module in VALUES and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        if (module, name) in {("datetime", one) for one in ("datetime", "timezone", "timedelta")}:
            return super().find_class(module, name)
        if (module, name) == ("builtins", "frozenset"):
            return frozenset
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a document")


def _given(process: subprocess.Popen[bytes], request: bytes) -> subprocess.Popen[bytes]:
    """Write a document to a process."""
    assert process.stdin
    send(process.stdin, request)  # type: ignore[arg-type]
    return process


def _receive(process: subprocess.Popen[bytes], deadline: float) -> bytes | None:
    """Wait for one message; None when the process has ended.

    Raises TimeoutError at the deadline.
    """
    head = _take(process, HEAD.size, deadline)
    return None if head is None else _take(process, HEAD.unpack(head)[0], deadline)


def _take(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes | None:
    """Wait for so many bytes."""
    assert process.stdout
    pipe = process.stdout.fileno()
    taken = bytearray()
    while len(taken) < size:
        left = deadline - time.monotonic()
        if left <= 0 or not _readable(pipe, left):
            raise TimeoutError
        part = os.read(pipe, min(size - len(taken), 1 << 20))
        if not part:
            return None
        taken += part
    return bytes(taken)


def _readable(pipe: int, seconds: float) -> bool:
    """Wait until there is something to read."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _how(status: int) -> str:
    """Say how a process ended."""
    if status >= 0:
        return f"status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
