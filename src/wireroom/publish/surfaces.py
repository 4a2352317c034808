"""The register: every place of the site where a story can appear.

A page, list, feed, card or mail that shows stories is entered here. Readers' addresses are
held to it by a test: one that is neither here nor among those ``WITHOUT_STORIES`` fails it,
and a kill is tried on each surface.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from wireroom.wire.models import Picture, PictureState, Story

from .cards import path_of
from .photos import photo_of

FORMS = ("rss", "atom", "json")


def nothing_stored(_story: Story) -> None:
    """Drop nothing: the surface is made anew from the record each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A place where stories can appear."""

    name: str
    #: The names of its URL patterns.
    patterns: frozenset[str]
    #: Where a story could stand on it, by the newest page of a list.
    addresses: Callable[[Story], Iterable[str]]
    #: How what is stored of a story goes.
    drop: Callable[[Story], None] = nothing_stored


def _own(story: Story) -> Iterator[str]:
    yield path_of(story)
    yield f"/s/{story.pk}"


def _always(path: str, feeds: str) -> Callable[[Story], list[str]]:
    return lambda _story: [path, *(f"{feeds}.{form}" for form in FORMS)]


def _listed(kind: str) -> Callable[[Story], Iterator[str]]:
    """Find the lists of one kind in which a story stands."""

    def addresses(story: Story) -> Iterator[str]:
        places = story.listings.filter(key__startswith=f"{kind}:", left=False)
        for key in places.values_list("key", flat=True):
            path = f"/{key.replace(':', '/', 1)}"
            yield from (path, *(f"{path}.{form}" for form in FORMS))

    return addresses


def _found(story: Story) -> Iterator[str]:
    asked = urlencode({"q": story.headline})
    yield from (f"/search{form}?{asked}" for form in ("", *(f".{form}" for form in FORMS)))


def _pictured(story: Story) -> Iterator[str]:
    for picture in Picture.objects.filter(story=story, state=PictureState.KEPT):
        yield photo_of(picture).path


def _listing(kind: str) -> Surface:
    return Surface(name=kind, patterns=frozenset({kind, f"{kind}-feed"}), addresses=_listed(kind))


SURFACES = (
    Surface(name="story", patterns=frozenset({"story", "story-id"}), addresses=_own),
    Surface(
        name="home", patterns=frozenset({"home", "home-feed"}), addresses=_always("/", "/index")
    ),
    Surface(
        name="news", patterns=frozenset({"news", "news-feed"}), addresses=_always("/news", "/news")
    ),
    *map(_listing, ("sector", "edition", "country", "agency")),
    Surface(name="search", patterns=frozenset({"search", "search-feed"}), addresses=_found),
    Surface(name="picture", patterns=frozenset({"picture"}), addresses=_pictured),
)

#: Readers' addresses on which no story can appear, and why.
WITHOUT_STORIES = {
    "kills": "ids, times and kinds only, of stories that are gone",
    "opml": "names of lists only",
    "healthz": "says that the process lives",
    "readyz": "says that the site may serve",
    "robots": "rules only",
    "icon": "the house's mark",
}
