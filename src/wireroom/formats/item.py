"""One news item, whatever format it came in, in the terms of the IPTC."""

from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from functools import update_wrapper
from operator import attrgetter
from typing import Any, Final, Literal, TypeVar

#: A moment that the document names but that cannot be read, or that it leaves open.
UNKNOWN: Final = "unknown"

#: A moment as a document gives it: known (aware, UTC), named but unreadable, or absent.
Moment = datetime | Literal["unknown"] | None

Pubstatus = Literal["usable", "withheld", "canceled"]
Kind = Literal["story", "picture", "package", "advisory", "planning", "test", "other"]
Signal = Literal["", "update", "correction", "refile", "repeat"]
Patch = Literal["", "management", "content"]

USABLE: Final = "usable"
WITHHELD: Final = "withheld"
CANCELED: Final = "canceled"

T = TypeVar("T")


def lean(kind: type[T]) -> type[T]:
    """Let values be made, and go from process to process, at half of what dataclasses pay."""
    _make_quickly(kind)
    names = [each.name for each in fields(kind)]  # type: ignore[arg-type]
    take = attrgetter(*names)
    slots = [getattr(kind, name).__set__ for name in names]

    def state(value: T) -> tuple[Any, ...]:
        said: tuple[Any, ...] = take(value)
        return said

    def restore(value: T, said: tuple[Any, ...]) -> None:
        for put, one in zip(slots, said, strict=True):
            put(value, one)

    type.__setattr__(kind, "__getstate__", state)
    type.__setattr__(kind, "__setstate__", restore)
    return kind


def _make_quickly(kind: type[Any]) -> None:
    """Give a frozen kind an ``__init__`` that sets its fields plainly, not each by a call.

    While they are set the value is of a class with the same slots that is not frozen.
    """
    said = fields(kind)
    defaults = {f"_{each.name}": each.default for each in said if each.default is not MISSING}
    open_kind = type(kind.__name__, (), {"__slots__": tuple(each.name for each in said)})
    scope = {"become": object.__setattr__, "open_kind": open_kind, "frozen_kind": kind, **defaults}
    given = (f"{one.name}=_{one.name}" if f"_{one.name}" in defaults else one.name for one in said)
    lines = (
        f"def __init__(self, *, {', '.join(given)}):",
        "become(self, '__class__', open_kind)",
        *(f"self.{each.name} = {each.name}" for each in said),
        "self.__class__ = frozen_kind",
    )
    exec("\n ".join(lines), scope)  # noqa: S102 (as dataclasses do)
    type.__setattr__(kind, "__init__", update_wrapper(scope["__init__"], kind.__init__))


@lean
@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A concept the item is about."""

    #: With its scheme: ``medtop:04000000``, ``sector:transport``.
    code: str
    name: str = ""
    #: The words, or the spot in the document, that say so.
    because: str = ""


@lean
@dataclass(frozen=True, slots=True, kw_only=True)
class Countries:
    """The countries of an item, as ISO 3166-1 alpha-2 codes in capitals."""

    #: The one that acts; None when nobody can say.
    primary: str | None = None
    #: All the item is about, the primary one first.
    mentioned: tuple[str, ...] = ()


@lean
@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What must travel with every rendering."""

    holder: str = ""
    notice: str = ""
    terms: str = ""
    territory: str = ""
    valid_from: Moment = None
    valid_until: Moment = None


@lean
@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture, whatever renditions it has; ``href`` is its best one, absolute."""

    href: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    mime: str = ""
    #: Pixels; None when the document does not say.
    width: int | None = None
    height: int | None = None
    #: Bytes; None when the document does not say.
    size: int | None = None
    guid: str = ""
    version: int = 0
    role: str = ""
    #: It does not show this event, as the caption or the channel says.
    representative: bool = False
    pubstatus: Pubstatus = USABLE
    rights: Rights = Rights()


@lean
@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Somewhere the item points to."""

    #: canonical, alternate, related, via, enclosure, replaces, replies.
    rel: str
    href: str
    title: str = ""
    mime: str = ""
    #: Bytes; None when the document does not say.
    size: int | None = None


@lean
@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place the item names, in degrees north and east."""

    code: str = ""
    name: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@lean
@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an item does to another document."""

    guid: str
    pubstatus: Pubstatus


@lean
@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A field that the house filled in, not the provider, and why."""

    field: str
    because: str


@lean
@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One news item, whatever format it came in.

    Read by ``wireroom.formats``, made richer by ``wireroom.enrich``, ruled on by
    ``wireroom.wire``. Times are aware and in UTC. Nothing here decides anything.
    """

    #: The provider's lasting id, without version, byte for byte; never empty.
    guid: str
    #: Grows with each version: the provider's number, or whole seconds of its time.
    version: int
    #: True when ``version`` is the provider's own number and not a time.
    numbered: bool = False
    #: The provider's word, as received.
    pubstatus: Pubstatus = USABLE
    kind: Kind = "story"
    signal: Signal = ""
    #: Plain text, as are standfirst, byline, creditline and dateline.
    headline: str = ""
    standfirst: str = ""
    #: Cleaned HTML; ``text`` says the same in plain paragraphs, parted by blank lines.
    body: str = ""
    text: str = ""
    #: BCP 47; empty when neither item nor document says.
    language: str = ""
    #: 1 (flash) to 9.
    urgency: int = 5
    dateline: str = ""
    byline: str = ""
    creditline: str = ""
    #: Everything addressed to editors; never public.
    ednote: str = ""
    slugline: str = ""
    #: Not before. ``unknown`` holds the item.
    embargo: Moment = None
    #: Not after. ``unknown`` only flags the desk.
    expires: Moment = None
    #: True where the format's expiry forbids use, not only lowers interest.
    expiry_removes: bool = False
    #: The provider's times, uncorrected.
    first_created: datetime | None = None
    version_created: datetime | None = None
    #: Transmission time, third in the order; None is lowest.
    sent: datetime | None = None
    subjects: tuple[Subject, ...] = ()
    countries: Countries = Countries()
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    keywords: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    #: Where it was written.
    located: str = ""
    rights: Rights = Rights()
    #: Other ids of the same story.
    aliases: tuple[str, ...] = ()
    #: Documents other than this one that this one kills, withholds or changes.
    acts_on: tuple[Act, ...] = ()
    #: Set when the item changes only part of a held one.
    patch: Patch = ""
    #: Of these fields alone a patch says something, empty ones included.
    carries: tuple[str, ...] = ()
    #: Why a person must see it before readers do; empty when nobody must.
    for_desk: str = ""
    #: What the reader repaired, doubted or dropped; for the desk.
    notes: tuple[str, ...] = ()
    #: What enrichment filled in.
    made: tuple[Made, ...] = ()
