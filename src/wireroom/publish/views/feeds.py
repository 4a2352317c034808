"""Every list as a feed."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from wireroom.publish import lists
from wireroom.publish.feeds import atom, jsonfeed, rss
from wireroom.publish.feeds.feed import gather
from wireroom.publish.house import house
from wireroom.publish.lists import StoryList

FORMS = {"rss": rss, "atom": atom, "json": jsonfeed}


@require_safe
def feed(
    _request: HttpRequest,
    find: Callable[..., StoryList | None],
    form: str,
    name: str | None = None,
) -> HttpResponse:
    """Answer a list's feed; ``ConditionalGetMiddleware`` answers 304."""
    found = find() if name is None else find(name)
    if found is None:
        raise Http404
    return _answer(found, form)


@require_safe
def search(request: HttpRequest, form: str) -> HttpResponse:
    """Answer a search as a feed."""
    return _answer(lists.search(request.GET.get("q", "").strip()), form)


def _answer(found: StoryList, form: str) -> HttpResponse:
    writer = FORMS[form]
    gathered = gather(found, form, house(), timezone.now())
    answer = HttpResponse(writer.write(gathered), content_type=f"{writer.TYPE}; charset=utf-8")
    answer["Last-Modified"] = http_date(gathered.updated.timestamp())
    return answer
