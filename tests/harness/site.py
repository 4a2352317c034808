"""A whole site as a process of its own, on a free port of this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

WIREROOM = Path(sys.executable).with_name("wireroom")
#: Seconds in which anything here must have happened; a busy machine is not a failure.
LIMIT = 60


def free_port():
    """Find a port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def until(true):
    """Wait until something is true, and return what it was."""
    end = time.monotonic() + LIMIT
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
    return found


def group(pgid):
    """Name the processes of a group, those that have ended and were not buried left out."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == pgid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return sorted(found)


class Site:
    """A whole site that runs in a process group of its own."""

    def __init__(self, process, port, out):
        self.process, self.port, self._out = process, port, out
        self.pid = process.pid

    @property
    def out(self):
        """What it has printed."""
        return self._out.read_text()

    def get(self, path, **headers):
        """Ask for an address; return the status and the text."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=LIMIT) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def answers(self):
        """Say whether it answers that it may serve."""
        try:
            return self.get("/readyz")[0] == 200
        except OSError:
            return False

    def children(self, of=None):
        """Name the processes that one of its processes started, by default the supervisor."""
        pid = of or self.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def end(self, how=signal.SIGTERM):
        """Ask it to end and return its status."""
        self.process.send_signal(how)
        return self.process.wait(LIMIT)


@contextmanager
def serving(env, *words, **settings):
    """Start a site, and leave nothing of it whatever happens."""
    port = free_port()
    home = Path(env["WIREROOM_HOME"])
    own = {"PORT": str(port), "WIREROOM_WORKERS": "1", "WIREROOM_LOG": "json"}
    with (home / "out").open("w") as out, (home / "err").open("w") as err:
        started = subprocess.Popen(
            [WIREROOM, *(words or ("serve",))],
            env=env | own | settings,
            cwd=home,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
    site = Site(started, port, home / "out")
    try:
        yield site
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait(LIMIT)
