"""The door: a small ASGI application that stands before Django.

Everything is handed to Django's WSGI application, in a bounded number of threads.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wireroom.config.settings")

from django.conf import settings

from .front import seen
from .wsgi import application as django

#: Requests that a process of the web server answers at once.
THREADS = 8
#: Seconds in which all of a body must have come, since a thread waits for it.
PATIENCE = 30.0

Message = MutableMapping[str, Any]

#: Typed by a2wsgi as a closed list of events; the scope here is any.
behind: Any = cast("Any", WSGIMiddleware)(django, workers=THREADS)


async def application(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Answer one request; a body that does not end in time is cut short."""
    end = asyncio.get_running_loop().time() + PATIENCE

    # The server's own receive is awaitable but no coroutine, and a2wsgi schedules
    # coroutines only: without this no body of a POST could be read.
    async def receive_() -> Message:
        try:
            async with asyncio.timeout_at(end):
                return await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}

    who = seen(scope, proxies=settings.TRUSTED_PROXIES, secure=settings.SECURE)
    await behind(who, receive_, send)
