"""The whole suite: on SQLite, then what needs a database once more on PostgreSQL.

    python tests/harness/suite.py [MARKER]

With the marker ``cases`` it tells what became of each case of docs/cases.md.
``TEST_DATABASE_URL`` names a PostgreSQL to use; otherwise a cluster is made and thrown away.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from postgres import programs

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
PYTEST = [sys.executable, "-m", "pytest", "--numprocesses=auto", "--maxprocesses=4"]
CLUSTER = Path(__file__).with_name("postgres.py")
#: pytest's status when no test has the mark that was asked for.
NOTHING_CHOSEN = 5
#: The mark of tests that prove a case, and what has them accounted for.
CASES, ACCOUNT = "cases", "--account-for-cases"


def main(only: str = "") -> int:
    """Run both parts and return 0 when all passed."""
    given = os.environ.pop("TEST_DATABASE_URL", "")
    account = [ACCOUNT] if only == CASES else []
    chosen = with_cases() if only == CASES else []
    first = run("on SQLite", [*PYTEST, *([f"-m={only}"] if only else []), *account, *chosen])

    again = [*PYTEST, f"-m=database and ({only})" if only else "-m=database", *chosen]
    if given:
        second = run("on PostgreSQL", again, {"TEST_DATABASE_URL": given})
    elif programs():
        second = run("on PostgreSQL", [sys.executable, str(CLUSTER), *again])
    else:
        print("skipped the whole suite on PostgreSQL, absent: PostgreSQL's programs")
        second = int(os.environ.get("CI") == "true")
    if only and second == NOTHING_CHOSEN:
        second = 0
    return first or second


def with_cases() -> list[str]:
    """Name the files whose tests prove cases: to look through all others takes half a minute."""
    files = sorted(TESTS.rglob("test_*.py"))
    return [str(path) for path in files if CASES in path.read_text(encoding="utf-8")]


def run(where: str, command: list[str], more: dict[str, str] | None = None) -> int:
    """Run one part of the suite, and say how long it took."""
    print(f"\n== The suite {where}", flush=True)
    started = time.monotonic()
    status = subprocess.run(command, cwd=ROOT, env=os.environ | (more or {}), check=False)
    print(f"== {where}: {time.monotonic() - started:.0f} s", flush=True)
    return status.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
