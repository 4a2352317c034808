"""Feed readers and the cleaner with nonsense, each in a process of its own.

    python -m fuzz [--only NAME] [--seconds N] [--seed N] [--plain]
                   [--replay FILE] [--folder FOLDER]

``PYTHONPATH`` holds ``tests``, whose samples are where nonsense begins.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from .one import LAST, LONGEST_READ
from .targets import TARGETS

ROOT: Final = Path(__file__).resolve().parents[1]
FOUND: Final = ROOT / "var" / "fuzz"
#: In all, shared among the targets.
SECONDS: Final = 600
#: Names that libFuzzer gives what it found, and ours.
NAMES: Final = ("crash-*", "timeout-*", "oom-*", "slow-unit-*", "leak-*", LAST)
#: What libFuzzer says of its progress.
NOISE: Final = ("#", "INFO", "WARNING", "stat::", "MS:")
#: Seconds that a process may need beside its time, to begin and to end.
BESIDE: Final = 60


def main(*given: str) -> int:
    """Feed all targets, or one; return 0 when nothing was found."""
    asked = _asked(given)
    chosen = [asked.only] if asked.only else list(TARGETS)
    if chosen[0] not in TARGETS:
        print(f"There is no target {chosen[0]}; there are {', '.join(TARGETS)}.", file=sys.stderr)
        return 2
    if asked.replay:
        return subprocess.run(
            [sys.executable, "-m", "fuzz.one", chosen[0], "replay", asked.replay],
            check=False,
        ).returncode
    seed = asked.seed or time.time_ns() % 2**31
    print(f"seed {seed}", flush=True)
    share = asked.seconds / len(chosen)
    found = [
        name for name in chosen if not feed(asked.folder / name, share, seed, plain=asked.plain)
    ]
    print(f"Found in {', '.join(found)}." if found else "Nothing was found.")
    return int(bool(found))


def feed(folder: Path, seconds: float, seed: int, *, plain: bool) -> bool:
    """Feed the target that a folder is named after; say whether nothing was found."""
    name = folder.name
    folder.mkdir(parents=True, exist_ok=True)
    before = _found(folder)
    command = [sys.executable, "-m", "fuzz.one", name, str(seconds), str(seed), str(folder)]
    try:
        done = subprocess.run(
            [*command, *(["plain"] if plain else [])],
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds + BESIDE,
        )
        status, said = done.returncode, done.stdout + done.stderr
    except subprocess.TimeoutExpired as error:
        status, said = 1, f"it did not end, {BESIDE} s after its time: {error}"
    (folder / "log").write_text(said)
    if status == 0:
        print(f"{name:12} {_count(said):>9} documents in {seconds:.0f} s", flush=True)
        return True
    print(f"{name:12} FOUND (seed {seed}), {folder}/log:", flush=True)
    print("\n".join([line for line in said.splitlines() if not line.startswith(NOISE)][-40:]))
    for file in sorted(_found(folder) - before) or sorted(folder.glob(LAST)):
        kept = _kept(file)
        print(f"  again: make fuzz ONLY={name} REPLAY={kept}", flush=True)
    return False


def _asked(given: tuple[str, ...]) -> argparse.Namespace:
    about = f"Feed readers with nonsense; each document has {LONGEST_READ} s."
    words = argparse.ArgumentParser(prog="python -m fuzz", description=about)
    words.add_argument("--only", default="")
    words.add_argument("--seconds", type=float, default=SECONDS)
    words.add_argument("--seed", type=int, default=0)
    words.add_argument("--replay", default="")
    words.add_argument("--folder", type=Path, default=FOUND, help="for what is found")
    words.add_argument("--plain", action="store_true", help="changed samples, without atheris")
    return words.parse_args(given)


def _found(folder: Path) -> set[Path]:
    return {file for name in NAMES if name != LAST for file in folder.glob(name)}


def _kept(file: Path) -> Path:
    """Put what a dead process read last where the next run does not write over it."""
    return file.rename(file.with_name(f"crash-{time.time_ns()}")) if file.name == LAST else file


def _count(said: str) -> str:
    """Read how many documents there were, from either's last words."""
    lines = said.splitlines()
    of_atheris = [line.split()[-1] for line in lines if "number_of_executed_units" in line]
    plain = [line.split()[0] for line in lines if line.endswith(" documents")]
    return (of_atheris or plain or ["?"])[-1]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
