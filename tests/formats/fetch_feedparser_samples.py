"""Fetch feedparser's own samples: they come with its source package, not with its wheel.

Into ``.venv/feedparser-samples``, once for each locked version; checked against the hashes
in ``requirements/run.txt``. By name, through pip's own configuration; nothing is built.
"""

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / ".venv" / "feedparser-samples"
LOCKED = re.compile(
    r"^feedparser==(?P<version>\S+) \\\n(?P<hashes>(?: +--hash=\S+(?: \\)?\n)+)", re.MULTILINE
)


def main() -> int:
    """Fetch and unpack, unless they are there."""
    locked = LOCKED.search((ROOT / "requirements" / "run.txt").read_text())
    if locked is None:
        print("feedparser is not in requirements/run.txt.", file=sys.stderr)
        return 1
    stamp = TARGET / "VERSION"
    if stamp.exists() and stamp.read_text() == locked["version"]:
        return 0
    print(f"Fetching the samples of feedparser {locked['version']}")
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text(locked[0].rstrip().rstrip("\\") + "\n")
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-binary", ":all:"),
                *("--no-deps", "--no-build-isolation", "--require-hashes"),
                *("--requirement", str(wanted), "--dest", folder),
            ],
            check=True,
        )
        unpack(next(Path(folder).glob("*.tar.gz")), Path(folder) / "tests")
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.move(Path(folder) / "tests", TARGET)
    stamp.write_text(locked["version"])
    return 0


def unpack(archive: Path, target: Path) -> None:
    """Take the package's tests out of it, and nothing else."""
    with tarfile.open(archive) as packed:
        for member in packed.getmembers():
            inside = Path(*Path(member.name).parts[1:])
            if member.isfile() and inside.parts[:1] == ("tests",) and ".." not in inside.parts:
                place = target / Path(*inside.parts[1:])
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(packed.extractfile(member).read())


if __name__ == "__main__":
    sys.exit(main())
