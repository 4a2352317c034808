"""One line of what a benchmark found."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure beside its yardstick, and whether the goal holds."""

    #: ``B2``, or ``B2 enriched`` for a further figure of the same goal; unique in a run.
    id: str
    #: What was measured, in words with units: ``items per CPU-second, SQLite``.
    what: str
    figure: float
    #: What the figure is held against, measured in the same run; None when there is none.
    yardstick: float | None = None
    #: None: no goal, printed beside.
    goal: float | None = None
    #: What the goal asks: ``ratio`` and ``figure`` reach it, or ``figure`` stays ``below`` it.
    asks: Literal["ratio", "figure", "below"] = "ratio"

    @property
    def ratio(self) -> float | None:
        """Say how often the yardstick goes into the figure."""
        return self.figure / self.yardstick if self.yardstick else None

    @property
    def holds(self) -> bool | None:
        """Say whether the goal is met; None when there is none."""
        if self.goal is None:
            return None
        if self.asks == "below":
            return self.figure <= self.goal
        found = self.ratio if self.asks == "ratio" else self.figure
        return found is not None and found >= self.goal

    def record(self) -> dict[str, Any]:
        """Give what ``var/bench.json`` says of it."""
        return {
            "figure": self.figure,
            "yardstick": self.yardstick,
            "ratio": self.ratio,
            "goal": self.goal,
            "holds": self.holds,
        }
