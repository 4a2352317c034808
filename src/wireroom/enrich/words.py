"""Lists of words shipped with the package."""

from functools import cache
from importlib.resources import files

from .fold import fold


@cache
def words(name: str) -> frozenset[str]:
    """Read the words of a file of ``enrich/data``; lines that begin with # are remarks."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def folded(name: str) -> frozenset[str]:
    """Read the words of such a file, folded."""
    return frozenset(fold(word) for word in words(name))


def _lines(name: str) -> list[str]:
    text = (files(__package__) / "data" / name).read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]
