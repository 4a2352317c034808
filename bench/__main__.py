"""Measure the goals and print what was found.

    python -m bench [ID]

Each module of this package that names ``IDS`` and has ``measure()`` is a benchmark; it
runs in a process of its own. The figures go to ``var/bench.json`` too.
"""

import importlib
import json
import pkgutil
import sys
import time
from pathlib import Path

import bench

from . import one
from .row import Row

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "var" / "bench.json"


def main(only: str = "") -> int:
    """Measure all goals, or one; return 0 when each that was measured holds."""
    chosen = {name: ids for name, ids in _benchmarks().items() if not only or only in ids}
    if not chosen:
        print(f"There is no benchmark called {only}.", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name, ids in chosen.items():
        print(f"\n{', '.join(ids)}: bench/{name}.py", flush=True)
        started = time.monotonic()
        rows += [row for row in one.run(name) if not only or row.id.split()[0] == only]
        print(f"  {time.monotonic() - started:.0f} s", flush=True)
    print_table(rows)
    _keep(rows)
    return int(any(row.holds is False for row in rows))


def print_table(rows: list[Row]) -> None:
    """Print each row, with what it was held against."""
    print(f"\n{'id':16} {'figure':>12} {'yardstick':>12} {'ratio':>8} {'goal':>10}  holds")
    for row in rows:
        asks = {"ratio": "≥ {:g} x", "figure": "≥ {:g}", "below": "≤ {:g}"}[row.asks]
        print(
            f"{row.id:16} {row.figure:12,.1f} {_said(row.yardstick):>12} {_said(row.ratio):>8}"
            f" {'' if row.goal is None else asks.format(row.goal):>10}"
            f"  {({True: 'yes', False: 'NO', None: ''})[row.holds]:5} {row.what}"
        )


def _said(number: float | None) -> str:
    return "" if number is None else f"{number:,.2f}"


def _benchmarks() -> dict[str, tuple[str, ...]]:
    """Find the benchmarks and what each measures."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__)]
    found = {
        name: getattr(importlib.import_module(f"bench.{name}"), "IDS", ())
        for name in names
        if name != "__main__"
    }
    return dict(sorted(((n, ids) for n, ids in found.items() if ids), key=lambda named: named[1]))


def _keep(rows: list[Row]) -> None:
    """Write the figures down; those of goals not measured this time stay."""
    RECORD.parent.mkdir(exist_ok=True)
    kept = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    kept |= {row.id: row.record() for row in rows}
    RECORD.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
