"""A made-up agency's feeds over loopback HTTP: each round brings a hundred new items a feed."""

import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection

ITEMS = 100
BEGUN = datetime(2024, 5, 2, 6, tzinfo=UTC)
WORDS = """
    the a of in to and for on that with as by from at after minister harbour council plan coal
    railway bridge storm market price bank water school river court election farmers hospital
    officials said residents reported opened closed agreed announced expects will has were new
    regional national early last three several northern southern coastal public Tuesday United
    States India Germany Kenya Brazil Japan Delhi Nairobi Berlin London energy transport energy
""".split()  # noqa: SIM905 (words are read more easily)


@contextmanager
def agency() -> Iterator[str]:
    """Serve in a process of its own and lend the address: ``{address}/3/7.xml`` is feed 7."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.kill()
        process.join()


class _Feeds(BaseHTTPRequestHandler):
    """``/round/N`` turns to another round; everything else is a feed of the present one."""

    protocol_version = "HTTP/1.1"
    round = 0

    def do_GET(self) -> None:
        parts = self.path.strip("/").split("/")
        if parts[0] == "round":
            _Feeds.round = int(parts[1])
            body = b"ok"
        else:
            body = feed(_Feeds.round, int(parts[-1].removesuffix(".xml")))
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002
        """Say nothing."""


def _serve(line: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Feeds)
    line.send(server.server_port)
    server.serve_forever()


@lru_cache(maxsize=256)
def feed(turn: int, number: int) -> bytes:
    """Write the RSS of a feed in a round: full texts of about 3 KB, drawn from a seed."""
    drawn = random.Random(f"{turn} {number}")
    items = "".join(_item(drawn, turn, number, place) for place in range(ITEMS))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Feed {number}</title><link>https://agency.example/{number}/</link>"
        f"<description>Made up</description><language>en</language>{items}</channel></rss>"
    ).encode()


def _item(drawn: random.Random, turn: int, number: int, place: int) -> str:
    name = f"{turn}-{number}-{place}"
    at = BEGUN + timedelta(hours=turn, seconds=number * ITEMS + place)
    paragraphs = "".join(
        f'<p>{_sentences(drawn, 4)} <a href="https://agency.example/see/{name}/{n}">{WORDS[n]}'
        f"</a> {_sentences(drawn, 3)}</p>"
        for n in range(6)
    )
    return (
        f"<item><title>{_sentences(drawn, 1)[:70]}</title>"
        f"<link>https://agency.example/s/{name}</link>"
        f'<guid isPermaLink="false">urn:agency:{name}</guid>'
        f"<pubDate>{format_datetime(at)}</pubDate><dc:creator>A Reporter</dc:creator>"
        f"<category>Transport</category><description>{_sentences(drawn, 2)}</description>"
        f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>"
    )


def _sentences(drawn: random.Random, count: int) -> str:
    return " ".join(
        " ".join(drawn.choices(WORDS, k=drawn.randint(8, 13))).capitalize() + "."
        for _ in range(count)
    )
