"""How a process ends: when it is asked to, and when the one that started it is gone."""

import ctypes
import os
import signal
import sys
import threading
import time
from types import FrameType

#: Seconds after which a process that was asked to end is ended.
GRACE = 7
#: Seconds; a longer sleep is cut into these.
NAP = 0.1
#: prctl(2).
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


class Stop:
    """Whether somebody asked this process to end, by SIGTERM or Ctrl-C.

    A flag and short naps, no lock: a signal may arrive anywhere.
    """

    def __init__(self) -> None:
        self.asked = False
        self._within = 0

    def listen(self, *, within: int = 0) -> None:
        """Begin to hear the signals; once asked, end after so many seconds whatever is done."""
        self._within = within
        signal.signal(signal.SIGTERM, self._heard)
        signal.signal(signal.SIGINT, self._heard)
        signal.signal(signal.SIGALRM, lambda *_: os._exit(0))

    def pause(self, seconds: float) -> None:
        """Sleep, but not on after being asked to end."""
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, NAP))

    def _heard(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked = True
        signal.alarm(self._within)


def tie(parent: int, *, by: signal.Signals) -> None:
    """Have this process get a signal when its parent (a process id) is gone, however it went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(by), 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent, by), daemon=True).start()
    if os.getppid() != parent:
        os.kill(os.getpid(), by)


def limit(seconds: float) -> None:
    """Have this process end at most so many seconds after SIGTERM, whatever else hears it.

    Called before it has threads. Ctrl-C, which a terminal sends to all, is left to its parent:
    a process that ended before it was asked to would be taken for one that failed.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    threading.Thread(target=_await_end, args=(seconds,), daemon=True).start()


def adopt() -> None:
    """Have processes whose parent is gone come to this one, so that it can end them."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _await_end(seconds: float) -> None:
    signal.sigwait({signal.SIGTERM})
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    signal.raise_signal(signal.SIGTERM)  # to whoever listens in this process
    time.sleep(seconds)
    os._exit(0)


def _watch(parent: int, by: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(NAP)
    os.kill(os.getpid(), by)
