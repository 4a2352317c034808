"""A PostgreSQL cluster for one command, thrown away after it.

    python tests/harness/postgres.py COMMAND…

The command finds the cluster in ``TEST_DATABASE_URL``. The cluster listens on a Unix socket
in its own temporary folder and on no port, trusts whoever can open that folder, and does
not wait for the disk. PostgreSQL refuses to run as root, so root lends it a lesser user.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

#: Who runs the cluster when we are root, the first that exists.
LESSER = ("postgres", "nobody")
#: Nothing here need outlive a power cut.
HASTE = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200"


def programs() -> Path | None:
    """Find the folder of PostgreSQL's own programs; the newest, when several are installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: float(path.parts[-3]), default=None)
    return newest.parent if newest else None


def lesser_user() -> str | None:
    """Name the user who shall run the cluster; None when we may run it ourselves."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return next(name for name in LESSER if name in known)


@contextmanager
def cluster(bin_folder: Path) -> Iterator[str]:
    """Start a cluster, lend its address, and remove it whatever happens."""
    user = lesser_user()
    folder = Path(tempfile.mkdtemp(prefix="wireroom-pg-"))
    if user:
        shutil.chown(folder, user)
    try:
        _run(
            bin_folder / "initdb",
            folder,
            "-U",
            "wireroom",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            user=user,
        )
        options = f"{HASTE} -c listen_addresses='' -c unix_socket_directories='{folder}'"
        _run(
            bin_folder / "pg_ctl",
            folder,
            "start",
            "-w",
            "-l",
            folder / "log",
            "-o",
            options,
            user=user,
        )
        yield f"postgres://wireroom@{quote(str(folder), safe='')}/wireroom"
    finally:
        _run(bin_folder / "pg_ctl", folder, "stop", "-m", "immediate", user=user, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _run(
    program: Path, folder: Path, *arguments: object, user: str | None, check: bool = True
) -> None:
    """Run one of PostgreSQL's programs on a folder; show what it says only when it fails."""
    command = [str(program), "-D", str(folder / "data"), *map(str, arguments)]
    # Its own session: Ctrl-C is ours to hear, and we stop the cluster in our own order.
    said = subprocess.run(
        command,
        cwd=folder,
        user=user,
        start_new_session=True,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if check and said.returncode:
        raise SystemExit(f"{program.name} could not: {said.stdout}")


def main(command: list[str]) -> int:
    """Run a command with a cluster of its own and return the command's exit status."""
    bin_folder = programs()
    if bin_folder is None:
        sys.stderr.write("PostgreSQL's programs (initdb, pg_ctl) are not installed\n")
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster(bin_folder) as address:
        child = subprocess.Popen(command, env=os.environ | {"TEST_DATABASE_URL": address})
        try:
            return child.wait()
        except BaseException:  # Ctrl-C reached the child too: let it end first
            child.terminate()
            child.wait()
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
