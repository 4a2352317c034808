"""Every list as a feed."""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from wireroom.publish import lists
from wireroom.publish.feeds import atom, jsonfeed, rss
from wireroom.publish.feeds.feed import gather
from wireroom.publish.house import house
from wireroom.publish.lists import StoryList
from wireroom.wire.models import Change

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
    writer = FORMS[form]
    now = timezone.now()
    gathered = gather(found, form, house(), now)
    answer = HttpResponse(writer.write(gathered), content_type=f"{writer.TYPE}; charset=utf-8")
    if changed := last_change(now):
        answer["Last-Modified"] = http_date(changed.timestamp())
    return answer


def last_change(now: datetime) -> datetime | None:
    """Say when any story last changed; None within that second, in which more may come.

    Not the newest entry's time: a story may come late, and one that goes leaves older ones.
    """
    at = Change.objects.order_by("-at").values_list("at", flat=True).first()
    return at if at and int(at.timestamp()) < int(now.timestamp()) else None
