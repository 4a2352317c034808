"""The door before Django: a stranger who never ends what it sends keeps nothing of ours."""

import asyncio

import pytest
from django.http import HttpResponse
from django.urls import path

from wireroom.config import asgi

SCOPE = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "POST",
    "scheme": "http",
    "path": "/",
    "raw_path": b"/",
    "root_path": "",
    "query_string": b"",
    "headers": [(b"host", b"127.0.0.1"), (b"content-length", b"6")],
    "client": ("127.0.0.1", 40_000),
    "server": ("127.0.0.1", 80),
}


def measured(request):
    """Answer with how much came."""
    return HttpResponse(str(len(request.read())))


measured.csrf_exempt = True
urlpatterns = [path("", measured)]


@pytest.fixture
def ask(settings, monkeypatch):
    """Send pieces of a body through the door; say what was answered."""
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(asgi, "PATIENCE", 0.5)

    def ask(*pieces, ends):
        left, said = list(pieces), []

        async def receive():
            if not left:
                await asyncio.Event().wait()
            body = left.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(left) or not ends}

        async def send(message):
            said.append(message)

        asyncio.run(asyncio.wait_for(asgi.application(dict(SCOPE), receive, send), 20))
        return b"".join(message.get("body", b"") for message in said)

    return ask


def test_all_of_a_body_comes_through(ask):
    assert ask(b"abc", b"def", ends=True) == b"6"


@pytest.mark.parametrize("pieces", [(), (b"abc",)], ids=["nothing", "half"])
def test_a_body_that_never_ends_is_cut_short(ask, pieces):
    assert ask(*pieces, ends=False) == str(len(b"".join(pieces))).encode()
