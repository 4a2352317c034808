"""How readers' answers leave: nothing foreign, nothing inline, asked anew each time, small."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .coding import encode

#: The desk stands on Wagtail, which sets its own.
DESK = "/desk/"
POLICY = (
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cache-Control": "no-cache",
}


class ReaderHeaders:
    """Set the headers of readers' pages where a view has not set its own, and compress.

    Stands inside ``ConditionalGetMiddleware``, whose ETag is of the bytes that go out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        answer = self._answer(request)
        if not request.path.startswith(DESK):
            for name, value in HEADERS.items():
                answer.headers.setdefault(name, value)
            encode(request, answer)
        return answer
