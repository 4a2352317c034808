"""What cannot be sent to readers' addresses, and is told so."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.csrf import csrf_failure

from wireroom.publish.headers import DESK


def unproven(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse what came without the proof that a form of ours sent it.

    Readers' pages take nothing at all; the desk says what was amiss.
    """
    if request.path.startswith(DESK):
        return csrf_failure(request, reason)
    return HttpResponseNotAllowed(["GET", "HEAD"])
