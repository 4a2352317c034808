"""A feed's address goes in, and its stories are on the site and stay in step with the feed."""

import json
import re
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from harness.site import LIMIT, WIREROOM, free_port, serving, until

HEADLINES = [
    "Ferries run again after the storm",
    "Harbour council votes for a new pier",
    "Market hall opens its doors at night",
    "Two schools share one science teacher",
    "Night trains return to the coast",
    "Bakers agree on a price for bread",
    "Old lighthouse becomes a museum",
    "River reaches its highest level since spring",
    "Clinic gets a second ambulance",
    "Farmers plant oats where maize failed",
    "City library lends tools as well as books",
    "Bridge closes for three weeks in autumn",
    "Fishing quota stays as it was",
    "Volunteers count birds along the estuary",
    "Theatre cancels its opening night",
    "Water works find the leak after a year",
    "Court hears the case of the lost cargo",
    "Tram drivers accept the offer",
    "Students build a boat that needs no fuel",
    "Post office moves to the station",
    "Choir sings for the hundredth time",
    "Snow is expected in the hills",
]
CHOSEN = 4
WORDS = "<p>%s, the harbour office said on Tuesday. It gave no date for what comes next.</p>"
MORE = "<p>A second paragraph was added later: nobody was hurt.</p>"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Harbour News</title><link>https://harbour.example/</link>
<description>All that happens by the water</description><language>en-gb</language>
<atom:link href="https://harbour.example/feed.xml" rel="self" type="application/rss+xml"/>
"""
ITEM = """<item><title>%(title)s</title><link>https://harbour.example/%(number)s</link>
<guid isPermaLink="false">urn:harbour:%(number)s</guid><dc:creator>Harbour staff</dc:creator>
<category>Local</category><pubDate>%(date)s</pubDate>
<description>%(title)s, the harbour office said.</description>
<content:encoded><![CDATA[%(text)s]]></content:encoded></item>
"""
#: What readers are shown besides the story's own page.
SURFACES = ["/", "/news", "/index.rss", "/index.atom", "/index.json"]


class Feed:
    """The agency's feed: a file that a person edits."""

    def __init__(self, path):
        self.path = path
        now = datetime.now(UTC).replace(microsecond=0)
        self.items = [
            {
                "title": title,
                "number": str(number),
                "date": format_datetime(now - timedelta(hours=2, minutes=7 * number)),
                "text": WORDS % title,
            }
            for number, title in enumerate(HEADLINES)
        ]
        self.write()

    def write(self):
        self.path.write_text(
            HEAD + "".join(ITEM % item for item in self.items) + "</channel></rss>"
        )

    def edit(self, **words):
        """Change one item, and nothing else."""
        self.items[CHOSEN] |= words
        self.write()


@contextmanager
def web_server(folder, port):
    """Serve a folder as a person would."""
    words = ["-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
    server = subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def answers():
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=LIMIT):
            return True
        return False

    try:
        until(answers)
        yield f"http://127.0.0.1:{port}/feed.xml"
    finally:
        server.kill()
        server.wait(LIMIT)


@pytest.fixture
def feed(tmp_path):
    """A feed in a folder of its own."""
    folder = tmp_path / "agency"
    folder.mkdir()
    return Feed(folder / "feed.xml")


def test_a_feed_goes_in_and_the_site_stays_in_step_with_it(house, feed):
    port = free_port()
    house["WIREROOM_FETCH_ALLOW"] = f"127.0.0.1:{port}"
    with web_server(feed.path.parent, port) as url, serving(house) as site:
        until(lambda: site.out.startswith("ready"))

        def wireroom(*words):
            done = subprocess.run(
                [WIREROOM, *words, "--json"],
                env=house | {"PORT": str(site.port)},
                capture_output=True,
                text=True,
                timeout=LIMIT,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            return json.loads(done.stdout)

        def told():
            return wireroom("where", f"urn:harbour:{CHOSEN}")

        def read(path):
            status, text = site.get(path)
            assert status == 200
            return text

        # All its stories are on the site.
        wireroom("channel", "add", url, "--provider", "Harbour News")
        wireroom("poll", "--once", url)
        listed = "".join(read(f"/agency/harbour-news{page}") for page in ("", "?page=2"))
        assert [title for title in HEADLINES if title not in listed] == []
        address = told()["address"]
        first = read(address)
        assert "said on Tuesday" in first
        assert version(first) == 1

        # New words under the old date: the same address, a new version, a new time.
        feed.edit(text=WORDS % HEADLINES[CHOSEN] + MORE)
        wireroom("poll", "--once", url)
        until(lambda: "nobody was hurt" in read(address))
        second = read(address)
        assert told()["address"] == address
        assert version(second) == 2
        assert updated(second) > updated(first)
        assert created(second) == created(first)

        # A new date alone: nothing changes for readers.
        before = {path: read(path) for path in (address, *SURFACES)}
        feed.edit(date=format_datetime(datetime.now(UTC)))
        wireroom("poll", "--once", url)
        assert len(told()["deliveries"]) == 3
        assert {path: read(path) for path in (address, *SURFACES)} == before
        assert site.end() == 0


def version(page):
    """Say which version a page shows."""
    return int(re.search(r'data-version="(\d+)"', page)[1])


def updated(page):
    """Say when a page says that its story was updated."""
    return stamped(page, "Updated")


def created(page):
    """Say when a page says that its story was created."""
    return stamped(page, "Created")


def stamped(page, word):
    return datetime.fromisoformat(re.search(rf'{word}: <time[^>]*datetime="([^"]+)"', page)[1])
