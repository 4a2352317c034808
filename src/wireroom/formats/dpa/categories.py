"""An item's categories by type (``dnltype:…``): the agency says most things there."""

from typing import Final

from wireroom.formats.ninjs.fields import Fields

#: So many are looked at; an item has some dozens.
MOST: Final = 1_000


class Categories:
    """Look categories up by type."""

    def __init__(self, fields: Fields) -> None:
        self._held: dict[str, list[Fields]] = {}
        for one in list(fields.objects("categories"))[:MOST]:
            name = one.text("type").lower().rpartition(":")[2]
            self._held.setdefault(name, []).append(one)

    def of(self, *names: str) -> list[Fields]:
        """Give the categories of some types, those of one type by their rank."""
        if self._held.keys().isdisjoint(names):
            return []
        return [
            one
            for name in names
            if name in self._held
            for one in sorted(self._held[name], key=lambda one: one.number("rank") or 0)
        ]

    def names(self, *names: str) -> list[str]:
        """Give what categories of some types are called."""
        return list(dict.fromkeys(said for one in self.of(*names) if (said := one.line("name"))))

    def codes(self, *names: str) -> list[str]:
        """Give the codes of some types, with their schemes."""
        return [said for one in self.of(*names) if (said := one.text("qcode"))]
