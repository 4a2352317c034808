"""What a version carries beside its words, as JSON and back."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Self, TypeVar

from wireroom.formats.item import (
    UNKNOWN,
    Countries,
    Item,
    Link,
    Made,
    Moment,
    Picture,
    Place,
    Rights,
    Subject,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Subjects, countries, pictures and the rest, as the version had them."""

    subjects: tuple[Subject, ...] = ()
    countries: Countries = field(default_factory=Countries)
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    keywords: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    located: str = ""
    slugline: str = ""
    rights: Rights = field(default_factory=Rights)
    notes: tuple[str, ...] = ()
    made: tuple[Made, ...] = ()
    embargo: Moment = None
    expires: Moment = None
    expiry_removes: bool = False
    for_desk: str = ""
    carries: tuple[str, ...] = ()

    @classmethod
    def of(cls, item: Item) -> Self:
        """Take them from an item."""
        return cls(**{name: getattr(item, name) for name in NAMES})


NAMES = tuple(each.name for each in fields(Papers))

#: What each list in the papers is a list of.
_LISTS = {"subjects": Subject, "pictures": Picture, "links": Link, "places": Place, "made": Made}
#: Values that are left out because a new one of their kind says the same.
_EMPTY: tuple[Any, ...] = (None, "", (), [], 0)
#: The same of an item's whole parts.
_NOTHING = {"countries": Countries(), "rights": Rights()}


def pack(item: Item) -> dict[str, Any]:
    """Write an item's papers as JSON; what is empty is left out."""
    given = [(name, one) for name in NAMES if (one := getattr(item, name))]
    told = ((name, one) for name, one in given if one != _NOTHING.get(name))
    return {name: packed for name, one in told if (packed := _packed(one)) not in _EMPTY}


def unpack(papers: dict[str, Any]) -> Papers:
    """Read papers that ``pack`` wrote; keys of another release are passed over."""
    known = {name: papers[name] for name in NAMES if name in papers}
    for name, kind in _LISTS.items():
        if name in known:
            known[name] = tuple(_built(kind, one) for one in known[name] if isinstance(one, dict))
    if "countries" in known:
        mentioned = tuple(known["countries"].get("mentioned", ()))
        known["countries"] = Countries(
            primary=known["countries"].get("primary"), mentioned=mentioned
        )
    if "rights" in known:
        known["rights"] = _built(Rights, known["rights"])
    for name in ("keywords", "notes", "carries"):
        known[name] = tuple(known.get(name, ()))
    _date(known, "embargo", "expires")
    return Papers(**known)


def _packed(value: Any) -> Any:
    """Make a frozen value plain, without the parts that a new one of its kind has too."""
    if isinstance(value, tuple):
        return [packed for one in value if (packed := _packed(one)) not in _EMPTY]
    if isinstance(value, datetime):
        return value.isoformat()
    known: dict[str, Any] | None = getattr(value, "__dataclass_fields__", None)
    if known is None:
        return value
    given = ((name, getattr(value, name), known[name].default) for name in known)
    return {name: _packed(one) for name, one, default in given if one != default} or None


def _built(kind: type[T], plain: dict[str, Any]) -> T:
    """Make a frozen value again, with its nested rights."""
    names = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    known = {name: value for name, value in plain.items() if name in names}
    if "rights" in known:
        known["rights"] = _built(Rights, known["rights"])
    _date(known, "valid_from", "valid_until")
    return kind(**known)


def _date(known: dict[str, Any], *names: str) -> None:
    """Read the moments of these names, where they are there and known."""
    for name in names:
        if known.get(name, UNKNOWN) != UNKNOWN:
            known[name] = datetime.fromisoformat(known[name])
