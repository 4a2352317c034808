"""One benchmark, run in a fresh process."""

import importlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from .row import Row


def run(name: str) -> list[Row]:
    """Run the benchmark of a module of this package and give its rows."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(measure, name).result()


def measure(name: str) -> list[Row]:
    """Measure in this process."""
    return list(importlib.import_module(f"bench.{name}").measure())
