"""Every list as a feed."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wireroom.publish import lists
from wireroom.publish.feeds import atom, jsonfeed, rss
from wireroom.publish.feeds.feed import gather
from wireroom.publish.house import house
from wireroom.publish.lists import StoryList

from .lists import asked

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
    return _answer(lists.search(asked(request)), form)


def _answer(found: StoryList, form: str) -> HttpResponse:
    """Write a feed, which is asked for anew by its ETag alone.

    By no date: two stories may change within one second, and a change that is dated
    earlier may be committed later.
    """
    writer = FORMS[form]
    gathered = gather(found, form, house(), timezone.now())
    return HttpResponse(writer.write(gathered), content_type=f"{writer.TYPE}; charset=utf-8")
