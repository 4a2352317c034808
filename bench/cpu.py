"""CPU time of a process and all it started: user and system, in seconds.

Read from ``/proc``, so that children still at work count as they go; its clock ticks a
hundred times a second, so measure work of a second or more.
"""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
#: Fields of ``/proc/PID/stat`` after the name: parent; utime, stime, cutime, cstime.
PARENT, FIRST, LAST = 1, 11, 15


def spent(pid: int | None = None) -> float:
    """Sum what a process, those it waited for and its living descendants have used."""
    stats = _stats()
    tree = {pid or os.getpid()}
    grown = True
    while grown:
        more = {one for one, fields in stats.items() if int(fields[PARENT]) in tree} - tree
        tree |= more
        grown = bool(more)
    ticks = sum(int(field) for one in tree if one in stats for field in stats[one][FIRST:LAST])
    return ticks / TICKS


def _stats() -> dict[int, list[str]]:
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = path.read_text()
        except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
            continue
        found[int(path.parent.name)] = said.rpartition(")")[2].split()
    return found
