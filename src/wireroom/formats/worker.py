"""The process in which documents are read: started by ``sandbox``, never by a person.

    a document in        by standard input, with how it came
    | limits               memory once, CPU and the clock for each document
    | read
    | an answer out        what was read, or why nothing was

It ends when its standard input does, and by its own clock when a document holds it up, so
that it never outlives the process that started it by much.
"""

import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO, Final, Literal

from .errors import Unreadable

#: Length of a message, before it.
HEAD: Final = struct.Struct(">Q")
#: What was read, a Document as a rule, or a sentence on why nothing was.
Answer = tuple[Literal["read"], Any] | tuple[Literal["unreadable", "memory"], str]


def main(reader: str, memory: str, seconds: str) -> None:
    """Read documents until there are no more; ``reader`` is ``module:function``."""
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a reader prints must not pass for an answer
    module, _, function = reader.partition(":")
    read: Callable[..., Any] = getattr(import_module(module), function)
    limit_memory(int(memory))
    send(answers, b"ready")
    while (request := receive(requests)) is not None:
        given = pickle.loads(request)  # noqa: S301 (our own process wrote it)
        begin(float(seconds))
        answer = answer_to(read, *given)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(answers, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        if answer[0] == "memory":
            return


def answer_to(read: Callable[..., Any], *given: object) -> Answer:
    """Read one document and say what came of it."""
    try:
        return "read", read(*given)
    except Unreadable as error:
        return "unreadable", str(error)
    except MemoryError:
        return "memory", ""
    except Exception as error:  # noqa: BLE001 (a reader's fault costs one document, not the intake)
        return "unreadable", f"its reader failed: {type(error).__name__}: {error}"


def limit_memory(megabytes: int) -> None:
    """Bound the address space, where the system knows such a bound (macOS does not)."""
    if sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def begin(seconds: float) -> None:
    """Let the system end this process should one document take much longer than it may."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    spent = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (spent, hard))
    signal.setitimer(signal.ITIMER_REAL, seconds + 1)


def send(sink: BinaryIO, message: bytes) -> None:
    """Write one message."""
    sink.write(HEAD.pack(len(message)) + message)
    sink.flush()


def receive(source: BinaryIO) -> bytes | None:
    """Read one message; None when there are no more."""
    head = source.read(HEAD.size)
    return source.read(HEAD.unpack(head)[0]) if len(head) == HEAD.size else None


if __name__ == "__main__":
    main(*sys.argv[1:])
