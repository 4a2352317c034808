"""People as RSS writes them: ``mail@example.org (Name)``, ``Name <mail@example.org>``."""

import re
from typing import Final

from .feed import Person

MAIL: Final = re.compile(r"[\w.+%'=-]{1,64}@[\w.-]{1,253}\w")


def person(said: str) -> Person:
    """Part a name from an address."""
    if "@" not in said:
        return Person(said)
    found = MAIL.search(said[:1000])
    if not found:
        return Person(said)
    rest = f"{said[: found.start()]} {said[found.end() :]}"
    for mark in ("()", "<>", "[]", "(mailto:)", "<mailto:>", "mailto:", "&lt;&gt;"):
        rest = rest.replace(mark, " ").replace(f"{mark[0]} {mark[1:]}", " ")
    rest = re.sub(r"[<(\[]\s*[>)\]]", " ", rest)
    name = " ".join(rest.split()).strip(" ,;-")
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    return Person(name, found[0])
