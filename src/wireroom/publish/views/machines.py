"""Addresses for machines: health, robots, notices, feeds of feeds, the icon."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wireroom.formats.opml import Outline, written
from wireroom.publish.house import house
from wireroom.publish.notices import notices
from wireroom.publish.tape import mark
from wireroom.vocab.editions import EDITIONS
from wireroom.vocab.sectors import SECTORS
from wireroom.wire.models import Change, Provider

#: Gather texts to train models; told not to, until the house says otherwise.
TRAINERS = (
    "GPTBot",
    "ClaudeBot",
    "Google-Extended",
    "Applebot-Extended",
    "CCBot",
    "Bytespider",
    "Meta-ExternalAgent",
)


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process lives."""
    return HttpResponse("lives\n", content_type="text/plain")


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether the site may serve: the database answers, and the change log can be read."""
    try:
        Change.objects.order_by("-id").values_list("id").first()
    except DatabaseError:
        return HttpResponse("the change log cannot be read\n", "text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Ask robots what to leave alone."""
    refused = "".join(f"User-agent: {name}\n" for name in TRAINERS)
    rules = f"User-agent: *\nDisallow: /desk/\nDisallow: /search\n\n{refused}Disallow: /\n"
    return HttpResponse(rules, content_type="text/plain; charset=utf-8")


@require_safe
def kills(_request: HttpRequest) -> HttpResponse:
    """List the stories that were taken from readers, for those who keep copies."""
    rows = [
        {"id": notice.story_id, "at": notice.at.isoformat(), "kind": notice.kind}
        for notice in notices(timezone.now())
    ]
    return JsonResponse({"kills": rows})


@require_safe
def opml(_request: HttpRequest) -> HttpResponse:
    """List the feeds, for feed readers to take all at once."""
    own = house()
    groups = {
        "News": [(own.name, "/index")],
        "Sectors": [(sector.name, f"/sector/{sector.slug}") for sector in SECTORS],
        "Editions": [(edition.name, f"/edition/{edition.slug}") for edition in EDITIONS],
        "Agencies": [(p.name, f"/agency/{p.slug}") for p in Provider.objects.order_by("name")],
    }
    outlines = (
        Outline(url=own.address(f"{path}.rss"), name=name, folders=(group,))
        for group, feeds in groups.items()
        for name, path in feeds
    )
    document = written(outlines, title=own.name)
    return HttpResponse(document, content_type="text/x-opml; charset=utf-8")


@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    """Draw the site's icon."""
    answer = HttpResponse(mark(house().name), content_type="image/svg+xml")
    answer["Cache-Control"] = "max-age=86400"
    return answer
