"""The lists: one pattern for news, sectors, editions, countries, agencies and search."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from wireroom.vocab.countries import country as country_of
from wireroom.vocab.editions import edition as edition_of
from wireroom.vocab.sectors import sector as sector_of
from wireroom.wire.models import Provider, Story
from wireroom.wire.queries import StoryQuerySet
from wireroom.wire.search import search as find

#: Stories in a feed.
FEED_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryList:
    """One list of stories: where it stands, what it is called, which stories it has."""

    #: Without a suffix: ``/country/us``.
    path: str
    title: str
    #: What kind of list it is, for the crumbs: ``Country``.
    kind: str = ""
    #: Which stories: of a listing, or of all when empty.
    key: str = ""
    #: Which stories: those that have these words; None when it is no search.
    words: str | None = None
    #: Where its feeds stand, without suffix, when not at its own path.
    feed_path: str = ""

    def stories(self, now: datetime) -> StoryQuerySet:
        """Choose its live stories, in no order."""
        if self.words is not None:
            return find(self.words, now).order_by()
        live = Story.objects.live(now)
        return live.on(self.key) if self.key else live

    @property
    def order(self) -> tuple[str, str]:
        """The columns it is ordered by; a listing has its own, so that one index serves."""
        return ("listings__listed_at", "listings__story_id") if self.key else ("listed_at", "id")

    @property
    def address(self) -> str:
        """Where its newest page stands."""
        return self._with(self.path)

    def feed(self, form: str) -> str:
        """Where one of its feeds stands: rss, atom or json."""
        return self._with(f"{self.feed_path or self.path}.{form}")

    def turned(self, **cut: object) -> str:
        """Where another of its pages stands."""
        return self._with(self.path, **cut)

    def _with(self, path: str, **parts: object) -> str:
        asked = ({"q": self.words} if self.words else {}) | parts
        return f"{path}?{urlencode(asked)}" if asked else path


NEWS = StoryList(path="/news", title="News")
#: The front page, as a feed.
FRONT = replace(NEWS, path="/", title="Latest news", feed_path="/index")


def news() -> StoryList:
    """Find the list of all stories."""
    return NEWS


def front() -> StoryList:
    """Find the front page's list."""
    return FRONT


def search(words: str) -> StoryList:
    """Find the stories that have the words."""
    return StoryList(path="/search", title="Search", words=words)


def sector(name: str) -> StoryList | None:
    """Find a sector's list."""
    found = sector_of(name)
    return _listing("sector", found.slug, found.name) if found else None


def edition(name: str) -> StoryList | None:
    """Find an edition's list."""
    found = edition_of(name)
    return _listing("edition", found.slug, found.name) if found else None


def country(name: str) -> StoryList | None:
    """Find a country's list, by its code in small letters."""
    found = country_of(name.upper()) if name.islower() else None
    return _listing("country", found.code.lower(), found.name) if found else None


def agency(name: str) -> StoryList | None:
    """Find an agency's list."""
    found = Provider.objects.filter(slug=name).first()
    return _listing("agency", found.slug, found.name) if found else None


def _listing(kind: str, name: str, title: str) -> StoryList:
    return StoryList(
        path=f"/{kind}/{name}", title=title, kind=kind.capitalize(), key=f"{kind}:{name}"
    )
