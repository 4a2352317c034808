"""A process of its own for one contender, so that its CPU time can be told apart."""

import contextlib
import importlib
import multiprocessing
import os
import traceback
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from .rounds import Contender

#: Does the work of a round and returns its units.
Work = Callable[[int], int]
#: Seconds a station may take to end by itself.
PATIENCE = 10


class Station:
    """Run ``begin(*arguments)`` in a new process, then the work it returns, by rounds.

    ``begin`` is a function at the top of a module. The environment given is set before
    any module of the program is imported there.
    """

    def __init__(
        self,
        begin: Callable[..., Work],
        *arguments: Any,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._line, theirs = spawn.Pipe()
        self._process = spawn.Process(
            target=_live,
            args=(theirs, begin.__module__, begin.__name__, arguments, dict(environment or {})),
        )

    def __enter__(self) -> Self:
        self._process.start()
        self._hear()  # it has begun
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(OSError):  # it has ended, and said why
            self._line.send(None)
        self._process.join(PATIENCE)
        self._process.kill()

    @property
    def contender(self) -> Contender:
        """Give it as one who takes part in rounds."""
        return Contender(self.work, self._process.pid)

    def work(self, number: int) -> int:
        """Have it do a round."""
        self._line.send(number)
        return self._hear()

    def _hear(self) -> int:
        said = self._line.recv()
        if isinstance(said, str):
            raise RuntimeError(said)  # noqa: TRY004 (what it heard is the trace of an error)
        return int(said)


def _live(
    line: Connection, module: str, name: str, arguments: tuple[Any, ...], more: dict[str, str]
) -> None:
    """Begin, then answer each number with the units of that round; None ends it."""
    os.environ.update(more)
    try:
        work: Work = getattr(importlib.import_module(module), name)(*arguments)
        line.send(0)
        while (number := line.recv()) is not None:
            line.send(work(number))
    except Exception:  # noqa: BLE001 (told to whoever measures, who raises it)
        line.send(traceback.format_exc())
