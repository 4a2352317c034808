"""The whole site in one process group: parts are started, watched, started again, ended.

A part is a process that shares the memory of this one: what they have in common is read
once. Nothing outlives the supervisor, however it goes.
"""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from . import lifeline

log = logging.getLogger("wireroom.config")

#: Seconds before a part that ended is started again: at first, and at most.
BACK_OFF = (0.2, 10.0)
#: Seconds after which a part is taken to run well.
WELL = 60
#: Seconds between looks.
LOOK = 0.1


@dataclass(slots=True)
class Part:
    """One process of the site."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    #: Of the clock that only runs forward: when it began, and when it may begin again.
    began: float = 0
    due: float = 0
    wait: float = BACK_OFF[0]

    def start(self) -> None:
        """Begin it as a process of its own."""
        sys.stdout.flush()
        sys.stderr.flush()
        supervisor = os.getpid()
        self.pid = os.fork()
        if not self.pid:
            os._exit(self._live(supervisor))
        self.began = time.monotonic()

    def ended(self, status: int) -> None:
        """Note that it has ended, and when it may begin again."""
        log.error("part ended", extra={"part": self.name, "pid": self.pid, "status": status})
        shortest, longest = BACK_OFF
        if time.monotonic() - self.began > WELL:
            self.wait = shortest
        self.pid, self.due = 0, time.monotonic() + self.wait
        self.wait = min(self.wait * 2, longest)

    def _live(self, supervisor: int) -> int:
        """Be the part; return the exit status."""
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_DFL)
        lifeline.tie(supervisor, by=signal.SIGTERM)
        try:
            self.run()
        except SystemExit as error:
            return error.code if isinstance(error.code, int) else 1
        except Exception:
            log.exception("part failed", extra={"part": self.name})
            return 1
        return 0


def supervise(parts: Sequence[Part], *, ready: Callable[[], bool]) -> None:
    """Keep the parts running until asked to end; ``ready`` is asked until it says yes.

    Returns when every process is gone.
    """
    stop = lifeline.Stop()
    stop.listen()
    lifeline.adopt()
    is_ready = False
    try:
        while not stop.asked:
            _reap(parts)
            for part in parts:
                if not part.pid and time.monotonic() >= part.due:
                    part.start()
            is_ready = is_ready or ready()
            stop.pause(LOOK)
    finally:
        _end(parts)


def _reap(parts: Sequence[Part]) -> None:
    """Take note of every process that has ended; orphans that came to us are only buried."""
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            for part in parts:
                if part.pid == ended[0]:
                    part.ended(os.waitstatus_to_exitcode(ended[1]))


def _end(parts: Sequence[Part]) -> None:
    """Ask all to end, wait, and end those that did not."""
    running = [part.pid for part in parts if part.pid]
    _signal(running, signal.SIGTERM)
    limit = time.monotonic() + lifeline.GRACE + 1
    while (left := _left(running)) and time.monotonic() < limit:
        time.sleep(LOOK / 2)
    _signal(left, signal.SIGKILL)
    while orphans := _children():
        _signal(orphans, signal.SIGKILL)
        _left(orphans)
        time.sleep(LOOK / 10)


def _left(pids: Sequence[int]) -> list[int]:
    """Bury those that have ended and return the others."""
    left = []
    for pid in pids:
        with suppress(ChildProcessError):
            if not os.waitpid(pid, os.WNOHANG)[0]:
                left.append(pid)
    return left


def _children() -> list[int]:
    """Name the processes whose parent we are, those that came to us included."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(pid) for pid in listed.read_text().split()] if listed.exists() else []


def _signal(pids: Sequence[int], which: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, which)
