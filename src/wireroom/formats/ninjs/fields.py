"""The properties of one item, whatever its generation calls them.

Names are held without regard to capitals: ``pubstatus`` is ``pubStatus``. A property that
is null or empty counts as absent.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Any, Final

from wireroom.formats.bodies.text import plain, seen
from wireroom.formats.item import UNKNOWN, Moment
from wireroom.formats.values.dates import Read, moment

#: How much of a doubtful value a note quotes.
QUOTED: Final = 60
_NOTHING: Final[dict[str, list[Any]]] = {}
#: A year that only says "never".
NEVER: Final = "9999"


class Fields:
    """Look properties up, and note what cannot be used."""

    __slots__ = ("_beside", "_held", "notes", "zone")

    def __init__(self, item: dict[str, Any], zone: tzinfo, notes: list[str]) -> None:
        self.zone = zone
        self.notes = notes
        self._held = item
        #: What stands under a name beside the first that does.
        self._beside = _NOTHING
        if not "".join(item).islower():
            self._held = {name.lower(): value for name, value in item.items()}
            if len(self._held) < len(item):
                self._held, self._beside = _parted(item)

    def __contains__(self, name: str) -> bool:
        return self._held.get(name) is not None

    def inner(self, item: dict[str, Any]) -> "Fields":
        """Look into an object inside this one; its notes go with ours."""
        return Fields(item, self.zone, self.notes)

    def all(self, *names: str) -> list[Any]:
        """Give every value that stands under these names and is not null."""
        if self._held.keys().isdisjoint(names):
            return []
        found = [held for name in names if (held := self._held.get(name)) is not None]
        return self._all(names) if found and self._beside else found

    def _all(self, names: tuple[str, ...]) -> list[Any]:
        """Give the same where names differ from others by capitals alone."""
        found: list[Any] = []
        for name in names:
            if name in self._held:
                found += (self._held[name], *self._beside.get(name, ()))
        return found

    def first(self, *names: str) -> Any:
        """Give the first value that is not empty, or None."""
        for name in names:
            if one := self._held.get(name):
                return one
            if one is not None:
                break
        else:
            return None
        return next((one for one in self.all(*names) if one not in ("", [], {})), None)

    def text(self, *names: str) -> str:
        """Give a text as it stands, trimmed; empty when there is none."""
        for name in names:
            if (value := self._held.get(name)) is None:
                continue
            if isinstance(value, str) and (said := value.strip()):
                kept = seen(said)
                return kept if kept is said else kept.strip()
            return self._text(names)
        return ""

    def _text(self, names: tuple[str, ...]) -> str:
        """Give a text where what stands first is none."""
        for value in self.all(*names):
            if isinstance(value, str):
                if said := value.strip():
                    return seen(said).strip()
                continue
            if isinstance(value, int | float) and not isinstance(value, bool):
                self.notes.append(f"{names[0]} is a number: {value}")
                return str(value)
            if value not in ([], {}):
                self.odd(names[0], value)
        return ""

    def line(self, *names: str) -> str:
        """Give a text as plain words on one line."""
        for name in names:
            if (value := self._held.get(name)) is None:
                continue
            if isinstance(value, str) and value.isprintable() and "<" not in value:
                said = " ".join(value.split())
                if said and "&" not in said:
                    return said
            return plain(self._text(names))
        return ""

    def objects(self, *names: str) -> Iterable["Fields"]:
        """Give the objects of a list, one by one; a text in it counts as a name."""
        return () if self._held.keys().isdisjoint(names) else self._objects(names)

    def _objects(self, names: tuple[str, ...]) -> Iterator["Fields"]:
        for value in self.all(*names):
            for one in value if isinstance(value, list) else (value,):
                if isinstance(one, dict):
                    yield Fields(one, self.zone, self.notes)
                elif isinstance(one, str):
                    if one.strip():
                        yield Fields({"name": one}, self.zone, self.notes)
                else:
                    self.odd(names[0], one)

    def named(self, *names: str) -> Iterable[tuple[str, "Fields"]]:
        """Give objects with their names, whether they stand in a list or in an object."""
        return () if self._held.keys().isdisjoint(names) else self._named(names)

    def _named(self, names: tuple[str, ...]) -> Iterator[tuple[str, "Fields"]]:
        for value in self.all(*names):
            if isinstance(value, dict):
                pairs = list(value.items())
            elif isinstance(value, list):
                pairs = [(self._name(one), one) for one in value]
            else:
                pairs = [("", value)]
            for name, one in pairs:
                if isinstance(one, dict):
                    yield name, self.inner(one)
                elif one is not None:
                    self.odd(names[0], one)

    def number(self, *names: str) -> int | None:
        """Give a whole number that is not negative, or None."""
        value = self.first(*names)
        if isinstance(value, str) and value.strip().isdecimal():
            value = int(value.strip()[:9])
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if value is not None:
            self.odd(names[0], value)
        return None

    def instant(self, *names: str) -> datetime | None:
        """Give a moment, or None where there is none that can be read."""
        value = self.first(*names)
        if value is None:
            return None
        said = moment(value, self.zone) if isinstance(value, str) else None
        if said is None:
            self.odd(names[0], value)
            return None
        if said.note:
            self.notes.append(f"{names[0]}: {said.note}")
        return said.at

    def bounds(self, *names: str, read: Callable[[str, tzinfo], Read] = moment) -> list[Moment]:
        """Give each moment that is stated; one that is empty or unreadable is ``unknown``."""
        found: list[Moment] = []
        for value in self.all(*names):
            said = read(value, self.zone) if isinstance(value, str) else None
            if said and said.at:
                found.append(said.at)
            else:
                found.append(UNKNOWN)
                self.notes.append(f"{names[0]} cannot be read: {quoted(value)}")
            if said and said.at and said.note:
                self.notes.append(f"{names[0]}: {said.note}")
        return found

    def extensions(self, stem: str) -> Iterator[tuple[str, str]]:
        """Yield the texts of 1.x under ``stem_…``, with what stands for the dots."""
        prefix = f"{stem}_"
        if prefix not in " ".join(self._held):
            return
        for name in self._held:
            if name.startswith(prefix):
                for value in self.all(name):
                    if isinstance(value, str) and value.strip():
                        yield name.removeprefix(prefix), seen(value)

    def odd(self, name: str, value: Any) -> None:
        """Note a value of a kind that nothing can be made of."""
        self.notes.append(f"{name} is not what it should be: {quoted(value)}")

    @staticmethod
    def _name(one: Any) -> str:
        name = one.get("name") if isinstance(one, dict) else None
        return name if isinstance(name, str) else ""


def _parted(item: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Part what stands first under each name, without regard to capitals, from what follows."""
    held: dict[str, Any] = {}
    beside: dict[str, list[Any]] = {}
    for name, value in ((name.lower(), value) for name, value in item.items()):
        if value is not None and name in held:
            beside.setdefault(name, []).append(value)
        elif value is not None:
            held[name] = value
    return held, beside


def quoted(value: Any) -> str:
    """Quote a value, shortened."""
    return repr(value)[:QUOTED]
