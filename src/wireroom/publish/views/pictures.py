"""Our own copies of pictures, served while a public story uses them."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from wireroom.publish.standing import once_public
from wireroom.wire import liveness
from wireroom.wire.models import Picture, PictureState
from wireroom.wire.pictures import KINDS, path_of

#: Bytes of others: whatever they are, nothing in them may run (A19).
POLICY = "default-src 'none'; sandbox"
MIMES = {suffix: mime for mime, suffix in KINDS.items()}


@require_safe
def picture(request: HttpRequest, sha256: str, suffix: str) -> HttpResponseBase:
    """Answer a picture's address: the copy, 410 when it was public once, else 404."""
    now = timezone.now()
    named = Picture.objects.filter(sha256=sha256, mime=MIMES.get(suffix))
    uses = list(named.select_related("story__provider"))
    for use in uses:
        if _in_use(use) and liveness.is_public(use.story, now):
            return unchanged(request, use) or _copy(use)
    if any(once_public(use.story, now) for use in uses):
        return HttpResponse("This picture was withdrawn.\n", "text/plain", status=410)
    raise Http404


def _in_use(use: Picture) -> bool:
    """Say whether its story may show it: the agency's contract comes first."""
    return use.used and use.state == PictureState.KEPT and use.story.provider.use_pictures


def unchanged(request: HttpRequest, use: Picture) -> HttpResponseBase | None:
    """Answer 304 before any file is opened, when the reader has the copy."""
    return get_conditional_response(request, etag=_etag(use))


def _etag(use: Picture) -> str:
    return f'"{use.sha256}"'


def _copy(use: Picture) -> HttpResponseBase:
    """Send our copy; browsers ask again each time, since it may be withdrawn."""
    try:
        file = path_of(use).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(file, content_type=use.mime)
    answer["ETag"] = _etag(use)
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "no-cache"
    return answer
