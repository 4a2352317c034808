"""Interleaved rounds: contenders take turns, so that a busy machine slows all alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from .cpu import spent


@dataclass(frozen=True, slots=True)
class Contender:
    """Something that does work by rounds."""

    #: Does the work of a round and returns how many units it was; rounds count from 0.
    work: Callable[[int], int]
    #: Whose process tree is charged; None: this process and its children.
    pid: int | None = None


def rates(contenders: Mapping[str, Contender], *, rounds: int = 5) -> dict[str, float]:
    """Give each contender's units per CPU-second: the median of its rounds.

    A round before the first warms up and is not counted.
    """
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, contender in contenders.items():
            before = spent(contender.pid)
            units = contender.work(number)
            used = spent(contender.pid) - before
            if number:
                found[name].append(units / max(used, 0.01))
    return {name: median(each) for name, each in found.items()}
