"""One target in this process, until its time is over or something is wrong.

    python -m fuzz.one NAME SECONDS SEED FOLDER [plain]
    python -m fuzz.one NAME replay FILE

What was wrong ends the process with its traceback; what was fed to it last stays in FOLDER.
"""

import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

from .nonsense import LONGEST, nonsense
from .seeds import seeds, words

#: Seconds that one document may take.
LONGEST_READ: Final = 2
#: MiB above what the process had before it read anything.
MEMORY: Final = 256
#: What plain nonsense is written to before it is read, so that a dead process leaves it.
LAST: Final = "last"
#: So many samples are read before memory is counted.
WARM: Final = 10


class Slow(Exception):
    """A document took too long."""


class Large(Exception):
    """Reading took too much memory."""


def main(name: str, *rest: str) -> None:
    """Feed a target, or feed it once more with what was found."""
    if rest[0] == "replay":
        target = import_module("fuzz.targets").TARGETS[name]
        with in_time():
            target(Path(rest[1]).read_bytes())
        return
    seconds, seed, folder = float(rest[0]), int(rest[1]), Path(rest[2])
    if rest[3:] == ("plain",):
        target = import_module("fuzz.targets").TARGETS[name]
        print(f"{feed(target, name, seconds, seed, folder)} documents")
    else:
        guided(name, int(seconds), seed, folder)


def feed(target: Any, name: str, seconds: float, seed: int, folder: Path) -> int:
    """Feed a target with changed samples; give how many there were."""
    samples = seeds(name)
    last = folder / LAST
    ends = time.monotonic() + seconds
    for raw in samples[:WARM]:  # what the code itself takes is no growth
        target(raw)
    before = peak()
    for number, raw in enumerate(nonsense(seed, samples, words(samples))):
        if time.monotonic() > ends:
            last.unlink(missing_ok=True)
            return number
        last.write_bytes(raw)
        with in_time():
            target(raw)
        if peak() - before > MEMORY:
            raise Large(f"{peak() - before} MiB above the start")
    raise AssertionError("nonsense has no end")


def guided(name: str, seconds: int, seed: int, folder: Path) -> NoReturn:
    """Feed a target with what atheris makes of the samples, led by the code it reaches."""
    import atheris  # noqa: PLC0415 (the suite's short form does without it)

    with atheris.instrument_imports(include=["wireroom.formats", "wireroom.outbound"]):
        target = import_module("fuzz.targets").TARGETS[name]
    samples = seeds(name)
    given, kept, dictionary = folder / "seeds", folder / "kept", folder / "words.dict"
    for one in (given, kept):
        one.mkdir(exist_ok=True)
    for number, raw in enumerate(samples):
        (given / f"{number:04}").write_bytes(raw)
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in words(samples)))
    for raw in samples[:WARM]:  # what the code itself takes is no growth
        target(raw)
    options = [
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-dict={dictionary}",
        f"-artifact_prefix={folder}/",
        f"-timeout={LONGEST_READ}",
        f"-rss_limit_mb={peak() + MEMORY}",
        f"-max_len={LONGEST}",
        "-len_control=0",
        "-print_final_stats=1",
        "-verbosity=1",
        str(kept),
        str(given),
    ]
    atheris.Setup([sys.argv[0], *options], target)
    atheris.Fuzz()
    raise AssertionError("atheris ends the process itself")


@contextmanager
def in_time() -> Iterator[None]:
    """Raise Slow where a document takes too much of the processor's time.

    Its time, not the wall's: a busy machine is no fault of a reader's.
    """
    signal.signal(signal.SIGPROF, _slow)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_READ)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def peak() -> int:
    """Give the most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _slow(*_: object) -> NoReturn:
    raise Slow(f"more than {LONGEST_READ} s")


def _escaped(word: bytes) -> str:
    """Write a word as libFuzzer's dictionaries have it."""
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    main(*sys.argv[1:])
