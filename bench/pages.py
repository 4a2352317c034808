"""B4: the first rendering of a story's page, Brotli included, and what it asks the database."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any
from wsgiref.util import setup_testing_defaults

from .house import home, open_house
from .rounds import rates
from .row import Row
from .station import Station, Work

IDS = ("B4",)
#: Stories there are, and pages a round asks for.
STORIES = 2_000
ROUND = 400
START = datetime(2026, 3, 2, 6, tzinfo=UTC)
SENTENCE = (
    "The harbour office of Lower Sandry said on Monday that {} of its {} moorings were free"
    " again, as the keeper of the east quay was quoted as saying by the Sandry Courier."
)
PLACES = ("harbour", "council", "river", "clinic", "school", "market", "railway", "budget")
STEMS = ("mor", "quay", "sand", "tide", "keel", "barn", "loft", "grain", "pilot", "wharf", "clay")
ENDS = ("", "s", "ed", "ing", "er", "age", "ward", "ship", "less", "y", "ment", "ly")


def measure() -> list[Row]:
    """Render pages that nobody has asked for before."""
    with (
        home() as environment,
        Station(begin_pages, environment=environment) as pages,
        Station(begin_queries, environment=environment) as queries,
    ):
        found = rates({"pages": pages.contender})
        asked = queries.work(0)
    return [
        Row(
            id="B4",
            what="story pages a core-second, cold, Brotli 5 included, SQLite",
            figure=found["pages"],
            goal=300,
            asks="figure",
        ),
        Row(
            id="B4 queries",
            what="queries for one of them",
            figure=asked,
            goal=3,
            asks="below",
        ),
    ]


def begin_pages() -> Work:
    """Fill the house and lend what renders a round of pages."""
    open_house()
    fill()
    answer, paths = browser(), list(addresses())

    def work(number: int) -> int:
        first = number * ROUND
        asked = [paths[(first + step) % len(paths)] for step in range(ROUND)]
        for path in asked:
            status, coding = answer(path)
            if (status, coding) != (200, "br"):
                raise RuntimeError(f"{path} answered {status} in {coding!r}")
        return len(asked)

    return work


def begin_queries() -> Work:
    """Lend what counts the queries of one page; the house is full by now."""
    open_house()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answer, path = browser(), next(addresses())

    def work(_number: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer(path)
        return len(captured)

    return work


def fill() -> None:
    """Take in stories of about 3 KB, each with a picture, over three days."""
    from wireroom.formats.item import Countries, Item, Picture, Subject
    from wireroom.wire.models import Picture as Kept
    from wireroom.wire.models import PictureState, Provider
    from wireroom.wire.receive import receive

    wire, _ = Provider.objects.get_or_create(
        slug="sandry", defaults={"name": "Sandry Wire", "tag": "SANDRY"}
    )
    texts = [
        [paragraph(Random(99 * number + line)) for line in range(9)] for number in range(STORIES)
    ]
    items = [
        Item(
            guid=f"urn:sandry:{number}",
            version=1,
            numbered=True,
            headline=f"{PLACES[number % 8].title()} of Lower Sandry opens gate {number}",
            standfirst=SENTENCE.format(number % 90, 90),
            body="".join(f"<p>{words}</p>" for words in texts[number]),
            text="\n\n".join(texts[number]),
            language="en",
            first_created=START + timedelta(minutes=2 * number),
            version_created=START + timedelta(minutes=2 * number),
            countries=Countries(primary="IN", mentioned=("IN", "LK")),
            subjects=(Subject(code="sector:transport"),),
            pictures=(Picture(href=f"https://sandry.example/{number}.jpg", caption="A quay"),),
        )
        for number in range(STORIES)
    ]
    receive(items, provider=wire, now=START + timedelta(minutes=2 * STORIES))
    Kept.objects.update(
        state=PictureState.KEPT, sha256="0" * 64, mime="image/jpeg", width=1280, height=720
    )


def paragraph(chance: Random) -> str:
    """Write some 300 signs of made-up words, so that compressing costs what it costs."""
    words = [chance.choice(STEMS) + chance.choice(ENDS) for _ in range(50)]
    return f"{' '.join(words).capitalize()}, {chance.randrange(9_000)}."


def addresses() -> Iterator[str]:
    """Name the stories' pages."""
    from wireroom.publish.cards import path_of
    from wireroom.wire.models import Story

    return map(path_of, Story.objects.order_by("id"))


def browser() -> Callable[[str], tuple[int, str]]:
    """Lend one who asks for pages, understands Brotli and reads each to its end.

    Asks the WSGI application as a server does, so that all a request costs is counted:
    its middleware, and what Django does at its beginning and its end.
    """
    from wireroom.config.wsgi import application

    def ask(path: str) -> tuple[int, str]:
        heard: list[tuple[int, dict[str, str]]] = []
        body = bytearray()

        def begin(
            status: str, headers: list[tuple[str, str]], _error: object = None, /
        ) -> Callable[[bytes], object]:
            heard.append((int(status.split(maxsplit=1)[0]), dict(headers)))
            return body.extend

        answer = application(asked(path), begin)
        for part in answer:
            body += part
        answer.close()
        status, headers = heard[-1]
        if len(body) != int(headers["Content-Length"]):
            raise RuntimeError(f"{path} answered {len(body)} bytes of {headers['Content-Length']}")
        return status, headers.get("Content-Encoding", "")

    return ask


def asked(path: str) -> dict[str, Any]:
    """Write a reader's request as a server hands it on (PEP 3333)."""
    asked: dict[str, Any] = {"wsgi.input": BytesIO(), "wsgi.errors": sys.stderr}
    setup_testing_defaults(asked)
    return asked | {
        "PATH_INFO": path,
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
        "HTTP_ACCEPT_LANGUAGE": "en-IN,en;q=0.5",
    }
