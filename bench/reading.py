"""Reading a feed: bytes to items, beside feedparser.

A feed of a hundred items with their full text, marked up as publishing systems do, read
and cleaned on both sides; once more with cleaning left out on both: for us up to the
entries as they stand in the document, links resolved, for feedparser without its sanitiser;
and beside, with links left as they are too.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any
from urllib.parse import urljoin, urlsplit

from .rounds import Contender, rates
from .row import Row

IDS = ("READ",)
ITEMS = 100
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
#: Addresses in a body.
LINKS = (re.compile('(href=")([^"]*)'), re.compile('(src=")([^"]*)'))
WORDS = (  # noqa: SIM905 (easier to read)
    "harbour ferry island council timetable pier storm engineers repair bridge traffic"
    " winter market fishing boats morning public vote budget school village railway"
).split()


def measure() -> list[Row]:
    """Measure both, in interleaved rounds."""
    # Of many documents, since a reader may remember what it has read before.
    documents = cycle([feed(turn).encode() for turn in range(20)])
    found = rates(_ours(documents) | _theirs(documents))
    return [
        Row(
            id="READ",
            what="items read and cleaned per CPU-second; feedparser",
            figure=found["ours"],
            yardstick=found["theirs"],
            goal=5,
        ),
        Row(
            id="READ bare",
            what="items read per CPU-second, cleaning left out, links resolved; feedparser",
            figure=found["ours bare"],
            yardstick=found["theirs bare"],
            goal=15,
        ),
        Row(
            id="READ barest",
            what="the same, the links in bodies left as they are too; feedparser",
            figure=found["ours barest"],
            yardstick=found["theirs barest"],
        ),
    ]


def _ours(documents: Iterator[bytes]) -> dict[str, Contender]:
    from wireroom.formats.document import Arrival
    from wireroom.formats.feeds import rss
    from wireroom.formats.syntax.xml import root

    arrival = Arrival(received=NOW, address="https://harbour.example/feed.xml")

    def cleaned(_number: int) -> int:
        return sum(len(rss.read(next(documents), arrival).items) for _ in range(40))

    def entries() -> list[Any]:
        return rss.feed(*root(next(documents))[:1], arrival.address).entries

    def bare(_number: int) -> int:
        read = [entry for _ in range(150) for entry in map(_linked, entries())]
        return len(read)

    def _linked(entry: Any) -> Any:
        for prose in entry.contents:
            prose.value = linked(prose.value, prose.base or arrival.address)
        return entry

    def barest(_number: int) -> int:
        return sum(len(entries()) for _ in range(150))

    return {
        "ours": Contender(cleaned),
        "ours bare": Contender(bare),
        "ours barest": Contender(barest),
    }


def _theirs(documents: Iterator[bytes]) -> dict[str, Contender]:
    import feedparser

    def contender(times: int, **options: bool) -> Contender:
        def parsed(_number: int) -> int:
            read = (feedparser.parse(next(documents), **options) for _ in range(times))
            return sum(len(one.entries) for one in read)

        return Contender(parsed)

    return {
        "theirs": contender(5),
        "theirs bare": contender(8, sanitize_html=False),
        "theirs barest": contender(8, sanitize_html=False, resolve_relative_uris=False),
    }


def linked(html: str, base: str) -> str:
    """Resolve the links of a body, as feedparser does."""
    scheme, host, *_ = urlsplit(base)

    def whole(found: re.Match[str]) -> str:
        address = found[2]
        if address.startswith("/") and not address.startswith("//"):
            return f"{found[1]}{scheme}://{host}{address}"
        return found[1] + urljoin(base, address)

    for link in LINKS:
        html = link.sub(whole, html)
    return html


def feed(turn: int = 0) -> str:
    """Write a feed of full texts, about 3 KB each; another one each turn."""
    items = "".join(_item(number) for number in range(turn * ITEMS, (turn + 1) * ITEMS))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
        "<channel><title>Harbour Wire</title><link>https://harbour.example/</link>"
        f"<description>News of the harbour</description><ttl>5</ttl>{items}</channel></rss>"
    )


def _item(number: int) -> str:
    made = (NOW - timedelta(minutes=7 * number)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    paragraphs = "".join(
        f'<p class="wp-block-paragraph">{_sentence(number, part)}</p>\n' for part in range(8)
    )
    paragraphs += (
        f'<figure class="wp-block-image"><img src="/p/{number}-2.jpg" width="800" height="500"'
        ' alt="The pier"/><figcaption>The pier on Thursday</figcaption></figure>\n'
        "<ul><li>Two boats</li><li>Eight crossings</li><li>One pier</li></ul>\n"
    )
    return (
        f"<item><title>Story {number}: {_said(number, 6)}</title>"
        f"<link>https://harbour.example/news/{number}</link>"
        f"<guid isPermaLink='false'>harbour-{number}</guid><pubDate>{made}</pubDate>"
        f"<dc:creator>Ada Pilot</dc:creator><category>Transport</category>"
        f"<category>{WORDS[number % len(WORDS)]}</category>"
        f"<description>{_said(number, 20)}.</description>"
        f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded>"
        f'<media:content url="https://harbour.example/p/{number}.jpg" type="image/jpeg"'
        ' width="1200" height="800"><media:description>The pier</media:description>'
        "<media:credit>Bo Quay</media:credit></media:content></item>\n"
    )


def _said(number: int, length: int) -> str:
    return " ".join(
        WORDS[(number * 7 + word * 5 + word * word) % len(WORDS)] for word in range(length)
    )


def _sentence(number: int, part: int) -> str:
    link = "" if part % 4 else f' See <a href="/notes/{number}/{part}">the notes</a>.'
    return (
        f"{_said(number + part, 18).capitalize()} &amp; <strong>{WORDS[part]}</strong>, said"
        f" the <em>council</em> on <span class='day'>Thursday</span>."
        f" {_said(number * 3 + part, 14)}.{link}"
    )
