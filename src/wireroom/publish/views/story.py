"""A story's address: liveness first, then the slug."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from wireroom.publish.cards import path_of
from wireroom.publish.house import house
from wireroom.publish.pages import latest
from wireroom.publish.standing import Standing, standing, withdrawal
from wireroom.publish.story import shown_version, story_page
from wireroom.wire.models import Story


@require_safe
def story(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """Answer a story's address."""
    now = timezone.now()
    version = shown_version(number)
    found = version.story if version else _without_version(number)
    state = standing(found, now)
    if state is Standing.UNKNOWN:
        raise Http404
    if state is Standing.MOVED and found.merged_into:
        return _moved(path_of(found.merged_into))
    if state is not Standing.PUBLIC:
        return _gone(request, found, state)
    if version is None:
        raise Http404
    if slug != found.slug:
        return _moved(path_of(found))
    own = house()
    page = story_page(version, own, now)
    context = {"page": page, "now": now, "latest": latest(now, without=found.pk)}
    answer = render(request, "publish/story.html", context, using="jinja2")
    if page.robots:
        answer["X-Robots-Tag"] = ", ".join(
            f"{who}: {what}" if who != "robots" else what for who, what in page.robots.items()
        )
    return answer


def _without_version(number: int) -> Story:
    """Find a story that has no version to show, as one that was killed unseen."""
    related = Story.objects.select_related("provider", "merged_into__provider")
    found = related.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _gone(request: HttpRequest, found: Story, state: Standing) -> HttpResponse:
    """Say that the story is gone, with nothing of it."""
    now = timezone.now()
    number = found.pk
    if found.killed_at is None and found.merged_into:
        found = found.merged_into
    change = found.changes.order_by("-at", "-id").first()
    told = withdrawal(found, state, change=change, house=house().name)
    context = {"told": told, "number": number, "now": now, "latest": latest(now)}
    return render(request, "publish/gone.html", context, status=410, using="jinja2")


def _moved(path: str) -> HttpResponse:
    """Send on to the story's address as it is now; nobody may remember this for long."""
    answer = HttpResponsePermanentRedirect(path)
    answer["Cache-Control"] = "no-cache"
    return answer
