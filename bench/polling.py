"""B3: asking channels that have nothing new, beside lemon24/reader.

The same feeds on the same servers, spread over 127.0.0.x as over many hosts: all were read
once, and every further answer is a 304.
"""

import asyncio
import importlib
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection

from .house import home, open_house
from .rounds import rates
from .row import Row
from .station import Station, Work

IDS = ("B3",)
FEEDS = 1500
HOSTS = 250
ROUNDS = 5
#: How often we ask all feeds in a round; reader, which takes longer, asks once.
TIMES = 3
LAST = "Thu, 02 May 2024 06:00:00 GMT"


def measure() -> list[Row]:
    """Let both take turns."""
    with _servers() as port:
        allow = ",".join(f"127.0.0.{host}:{port}" for host in range(1, HOSTS + 1))
        with (
            home(allow=allow) as house,
            Station(wireroom, port, environment=house) as ours,
            Station(reader, port) as theirs,
        ):
            found = rates({"ours": ours.contender, "theirs": theirs.contender}, rounds=ROUNDS)
    return [
        Row(
            id="B3",
            what="unchanged feeds a CPU-second, SQLite; beside reader's",
            figure=found["ours"],
            yardstick=found["theirs"],
            goal=2700,
            asks="figure",
        ),
        Row(
            id="B3 ratio",
            what="the same, as many times reader's",
            figure=found["ours"],
            yardstick=found["theirs"],
            goal=10,
        ),
    ]


def wireroom(port: int) -> Work:
    """Ask as the intake loop does, round by round of what is due."""
    open_house()
    from django.utils import timezone

    from wireroom.config import loops
    from wireroom.intake import channels, work
    from wireroom.intake.collect.collector import Collector
    from wireroom.intake.models import Channel, Delivery

    for address in _addresses(port):
        channels.add(address, provider="Agency", format="rss")
    began = timezone.now()
    loops.begun()
    asked = [0]
    collector = Collector().__enter__()

    def ask_all() -> None:
        # Further on than the longest interval, so that all are due.
        now = began + asked[0] * timedelta(minutes=70)
        asked[0] += 1
        while work.collect(collector, now) or collector.busy:
            pass

    def take(turn: int) -> int:
        times = TIMES if turn else 1
        for _ in range(times):
            ask_all()
        expected = "unchanged" if turn else "news"
        if Channel.objects.filter(last_status=expected).count() != FEEDS:
            raise RuntimeError(f"round {turn}: not every feed had {expected}")
        if Delivery.objects.count() != FEEDS:
            raise RuntimeError("a feed without news became a delivery")
        return FEEDS * times

    return take


def reader(port: int) -> Work:
    """Ask as lemon24/reader does."""
    # Its copy of feedparser asks for a module under the name it had in Python 2.
    sys.modules.setdefault("sgmllib", importlib.import_module("feedparser_sgmllib"))
    from reader import make_reader

    made = make_reader(f"{tempfile.mkdtemp(prefix='wireroom-bench-reader-')}/reader.sqlite")
    for address in _addresses(port):
        made.add_feed(address)

    def take(turn: int) -> int:
        results = list(made.update_feeds_iter(scheduled=False))
        if turn == 0 and any(result.error for result in results):
            raise RuntimeError(str(next(result.error for result in results if result.error)))
        if turn and any(result.updated_feed for result in results if not result.error):
            raise RuntimeError("a feed had news for reader")
        return len(results)

    return take


def _addresses(port: int) -> list[str]:
    return [f"http://127.0.0.{1 + number % HOSTS}:{port}/{number}.xml" for number in range(FEEDS)]


@contextmanager
def _servers() -> Iterator[int]:
    """Serve all feeds from a process of its own, on every address of this machine."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()


class _Feeds(asyncio.Protocol):
    """A feed whose ETag is its path; whoever knows it gets a 304."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.read = b""

    def data_received(self, data: bytes) -> None:
        self.read += data
        while b"\r\n\r\n" in self.read:
            head, _, self.read = self.read.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            self.transport.write(_answer(path, known=b"\r\nif-none-match:" in head.lower()))


def _answer(path: str, *, known: bool) -> bytes:
    feed = (
        f'<rss version="2.0"><channel><title>{path}</title><link>https://agency.example/</link>'
        f"<item><guid>{path}</guid><title>One story</title><description>Its text.</description>"
        f"<link>https://agency.example{path}</link><pubDate>{LAST}</pubDate></item></channel></rss>"
    ).encode()
    head = (
        f'HTTP/1.1 {"304 Not Modified" if known else "200 OK"}\r\nETag: "{path}"\r\n'
        f"Last-Modified: {LAST}\r\nContent-Type: application/rss+xml; charset=utf-8\r\n"
        "Date: Thu, 02 May 2024 12:00:00 GMT\r\n"
    )
    if known:
        return f"{head}\r\n".encode()
    return f"{head}Content-Length: {len(feed)}\r\n\r\n".encode() + feed


def _serve(line: Connection) -> None:
    async def forever() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(_Feeds, "0.0.0.0", 0, backlog=2000)
        line.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())
