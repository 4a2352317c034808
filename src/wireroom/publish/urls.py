"""Readers' addresses; each is in the register of surfaces, or said to show no story."""

from collections.abc import Callable

from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from . import lists
from .lists import StoryList
from .views import feeds, machines, pictures
from .views import lists as pages
from .views.story import story


class Number(IntConverter):
    """An id that a database can have."""

    regex = "[1-9][0-9]{0,17}"


class Form(StringConverter):
    """A feed's format."""

    regex = "rss|atom|json"


class Name(StringConverter):
    """What a list is called in addresses."""

    regex = r"[-\w]+"


class Digest(StringConverter):
    """A SHA-256."""

    regex = "[0-9a-f]{64}"


register_converter(Number, "id")
register_converter(Form, "form")
register_converter(Name, "name")
register_converter(Digest, "sha256")


def listing(kind: str, find: Callable[[str], StoryList | None]) -> list[URLPattern]:
    """Name the addresses of one kind of list."""
    given = {"find": find}
    return [
        path(f"{kind}/<name:name>", pages.story_list, given, name=kind),
        path(f"{kind}/<name:name>.<form:form>", feeds.feed, given, name=f"{kind}-feed"),
    ]


urlpatterns = [
    # First, since most readers ask for a story, and patterns are tried in turn.
    path("s/<id:number>/<slug>", story, name="story"),
    path("s/<id:number>", story, name="story-id"),
    path("s/<id:number>/", story, name="story-id"),
    path("", pages.home, name="home"),
    path("index.<form:form>", feeds.feed, {"find": lists.front}, name="home-feed"),
    path("news", pages.story_list, {"find": lists.news}, name="news"),
    path("news.<form:form>", feeds.feed, {"find": lists.news}, name="news-feed"),
    *listing("sector", lists.sector),
    *listing("edition", lists.edition),
    *listing("country", lists.country),
    *listing("agency", lists.agency),
    path("search", pages.search, name="search"),
    path("search.<form:form>", feeds.search, name="search-feed"),
    path("picture/<sha256:sha256>.<str:suffix>", pictures.picture, name="picture"),
    path("kills.json", machines.kills, name="kills"),
    path("opml.xml", machines.opml, name="opml"),
    path("robots.txt", machines.robots, name="robots"),
    path("mark.svg", machines.icon, name="icon"),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
]
