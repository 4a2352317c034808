"""Every list, the front page and search."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wireroom.publish import lists
from wireroom.publish.cards import by_day, cards
from wireroom.publish.front import front
from wireroom.publish.house import house
from wireroom.publish.lists import StoryList
from wireroom.publish.paging import Cut, UnreadableCutError, page
from wireroom.wire.search import CAP, LONGEST, capped_count

#: How a list is found by the name in its address.
Find = Callable[..., StoryList | None]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Answer the front page."""
    now = timezone.now()
    context = {"front": front(now), "list": lists.front(), "now": now}
    return render(request, "publish/home.html", context)


@require_safe
def story_list(request: HttpRequest, find: Find, name: str | None = None) -> HttpResponse:
    """Answer a page of a list."""
    found = find() if name is None else find(name)
    if found is None:
        raise Http404
    return _answer(request, found, "publish/list.html")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a search: the form alone, or what was found."""
    words = asked(request)
    found = lists.search(words)
    if not words:
        return render(request, "publish/search.html", {"list": found, "now": timezone.now()})
    count = capped_count(found.stories(timezone.now()))
    return _answer(request, found, "publish/search.html", asked=words, count=count, cap=CAP)


def asked(request: HttpRequest) -> str:
    """Read what a reader looks for: one line, no longer than what is looked at."""
    words = request.GET.get("q", "")[:LONGEST]
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())


def _answer(request: HttpRequest, found: StoryList, template: str, **more: object) -> HttpResponse:
    now = timezone.now()
    stories = found.stories(now).select_related("provider")
    before, after = _cut(request, "before"), _cut(request, "after")
    cut = page(stories, found.order, before=before, after=after)
    shown = cards(cut.stories, now)
    context = {
        "list": found,
        "page": cut,
        "days": list(by_day(shown, house().times)),
        "older": found.turned(before=cut.older) if cut.older else "",
        "newer": found.turned(after=cut.newer) if cut.newer else "",
        "now": now,
    }
    return render(request, template, context | more)


def _cut(request: HttpRequest, name: str) -> Cut | None:
    """Read where the reader turned the page."""
    if name not in request.GET:
        return None
    try:
        return Cut.read(request.GET[name])
    except UnreadableCutError as error:
        raise Http404 from error
