"""B9: from a clone to a running site with stories, with a warm package cache."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from .row import Row

IDS = ("B9",)
ROOT = Path(__file__).resolve().parents[1]
#: Stories the home page must show, and seconds until then.
STORIES, GOAL = 15, 90
#: Seconds after which nobody waits any more.
PATIENCE = 300


def measure() -> list[Row]:
    """Clone what is committed, run it, and wait for the home page to fill."""
    with tempfile.TemporaryDirectory(prefix="wireroom-bench-") as folder:
        clone, port = Path(folder) / "wireroom", _free_port()
        began = time.monotonic()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        with (Path(folder) / "said").open("w+") as said:
            running = subprocess.Popen(
                ["make", "run"],
                cwd=clone,
                env=_environment() | {"PORT": str(port)},
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                seconds = _until_full(f"http://127.0.0.1:{port}/", running, began)
            except TimeoutError:
                print((Path(folder) / "said").read_text()[-4_000:])
                raise
            finally:
                os.killpg(running.pid, signal.SIGINT)
                running.wait(30)
    what = f"seconds from git clone to a home page with {STORIES} stories"
    return [Row(id="B9", what=what, figure=seconds, goal=GOAL, asks="below")]


def _environment() -> dict[str, str]:
    """Leave out what would make the clone somebody else's house."""
    ours = ("WIREROOM_", "DJANGO_", "DATABASE_URL", "PYTHON", "MAKE", "VIRTUAL_ENV", "ONLY")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _until_full(address: str, running: "subprocess.Popen[bytes]", began: float) -> float:
    """Ask for the home page until it has enough stories; say how long that took."""
    while time.monotonic() - began < PATIENCE and running.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                stories = set(re.findall(rb'href="/s/(\d+)', answer.read()))
        except OSError:
            stories = set()
        if len(stories) >= STORIES:
            return time.monotonic() - began
        time.sleep(0.2)
    raise TimeoutError(f"no home page with {STORIES} stories")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
