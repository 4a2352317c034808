"""Our own copies of pictures, over a real web server."""

import os
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from formats.pictures import CREDIT, KINDS, PLACES, claimed_png, drawn, with_place
from harness.agency import Agency, reply
from harness.cases import each
from harness.wires import Wire, take
from wireroom.formats.item import Picture as Named
from wireroom.formats.sandbox import Sandbox
from wireroom.intake import channels, pictures, pipeline, reading
from wireroom.intake.collect.poll import poll
from wireroom.wire.models import Picture, PictureState, Story
from wireroom.wire.pictures import path_of

NOW = datetime(2024, 5, 2, 13, tzinfo=UTC)
HOSTILE = Path(__file__).resolve().parents[1] / "formats"
FEED = """<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>Harbour</title><link>https://wire.example/</link><description>Harbour</description><item>
<guid isPermaLink="false">urn:1</guid><title>Ferries return</title>
<pubDate>Thu, 02 May 2024 11:00:00 GMT</pubDate>
<description>&lt;p&gt;They sail.&lt;/p&gt;&lt;img src="{0}body.jpg"&gt;</description>
<enclosure url="{0}enclosed.jpg" type="image/jpeg" length="1"/>
<media:content url="{0}medium.jpg" medium="image"/><media:thumbnail url="{0}small.jpg"/>
</item></channel></rss>"""


@pytest.fixture
def agency(settings, tmp_path):
    """A web server that pictures may be fetched from."""
    settings.PICTURES = tmp_path / "pictures"
    with Agency() as server:
        settings.FETCH_ALLOW = frozenset({server.place})
        yield server


@pytest.fixture
def wire(transactional_db):
    return Wire()


def copied(wire, href, *, now=NOW):
    """Receive a story with a picture, and have its copy fetched."""
    wire.receives(take(pictures=(Named(href=href),)))
    Picture.objects.update(next_at=NOW - timedelta(hours=1))
    pictures.copy(now=now)
    return Picture.objects.get()


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_kept_as_what_its_bytes_say(kind, agency, wire):
    agency.answers["/p.txt"] = reply(200, drawn(kind), Content_Type="text/plain")
    kept = copied(wire, agency.url("/p.txt"))
    assert kept.state == PictureState.KEPT
    assert (kept.mime, kept.width, kept.height) == (KINDS[kind], 64, 48)
    assert path_of(kept).read_bytes() == drawn(kind)


@pytest.mark.cases("A01")
def test_a01_a_feed_whose_pictures_are_inside_gives_its_story_without_them(
    agency, transactional_db, record_property
):
    with Agency("127.0.0.2") as inside:
        agency.answers["/feed"] = reply(200, FEED.format(inside.url()))
        poll([channels.add(agency.url("/feed"), provider="Harbour")], now=NOW)
        pipeline.run(now=NOW)
        Picture.objects.update(next_at=NOW)
        pictures.copy(now=NOW)
        record_property("saw", f"{inside.connections} connections")
        assert inside.connections == 0
    assert Story.objects.live(NOW).get().headline == "Ferries return"
    named = list(Picture.objects.all())
    assert named
    for picture in named:
        assert picture.href.startswith(inside.url())
        assert picture.state == PictureState.REFUSED
        assert re.search("not fetched from", picture.reason)


@pytest.mark.cases("A01")
@pytest.mark.parametrize(
    "href", ["http://127.0.0.1:1/x", "http://127.0.0.1/x", "file:///etc/passwd", "data:,x"]
)
def test_a01_a_picture_inside_is_refused_with_its_reason_and_the_story_stays(href, agency, wire):
    refused = copied(wire, href)
    assert refused.state == PictureState.REFUSED
    assert refused.reason
    assert wire.story().shown == 1
    assert agency.connections == 0


@pytest.mark.cases("A01")
def test_a01_a_picture_that_redirects_inside_is_refused(agency, wire):
    with Agency("127.0.0.2") as inside:
        agency.answers["/p.jpg"] = reply(302, Location=inside.url())
        assert copied(wire, agency.url("/p.jpg")).state == PictureState.REFUSED
        assert inside.connections == 0


@pytest.mark.parametrize(
    "body",
    each(
        {
            "P15 HTML": b"<!doctype html><p>not found",
            "P13 A19 SVG": b"<svg xmlns='http://www.w3.org/2000/svg'><script>ran=1</script></svg>",
            "A36 PDF": drawn("PDF"),
            "P11 many pixels": claimed_png(60_000, 60_000),
            "P12 cut short": drawn("PNG", size=(640, 480))[:600],
        }
    ),
)
def test_what_is_no_picture_is_refused_with_its_reason_and_no_file_is_written(
    body, agency, wire, tmp_path
):
    agency.answers["/p.jpg"] = reply(200, body, Content_Type="image/jpeg")
    refused = copied(wire, agency.url("/p.jpg"))
    assert refused.state == PictureState.REFUSED
    assert re.search("no picture of a kind we keep|too many|cannot be read", refused.reason)
    assert (refused.sha256, wire.story().shown) == ("", 1)
    assert not list((tmp_path / "pictures").rglob("*.*"))


@pytest.mark.cases("A15")
def test_a15_a_picture_that_ends_its_worker_is_refused_and_the_next_is_kept(
    agency, wire, monkeypatch
):
    path = os.pathsep.join(filter(None, [str(HOSTILE), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("PYTHONPATH", path)
    reading.close()
    with Sandbox(reader="hostile_readers:sees") as sandbox:
        monkeypatch.setitem(reading._own, (os.getpid(), reading._pictures), sandbox)
        agency.answers |= {"/a": reply(200, b"segfaults"), "/b": reply(200, drawn())}
        wire.receives(take(pictures=(Named(href=agency.url("/a")), Named(href=agency.url("/b")))))
        Picture.objects.update(next_at=NOW)
        assert pictures.copy(now=NOW) == 2
    poison, other = Picture.objects.order_by("position")
    assert (poison.state, other.state) == (PictureState.REFUSED, PictureState.KEPT)
    assert "SIGSEGV" in poison.reason


def test_a_picture_beyond_the_cap_is_refused(agency, wire, monkeypatch):
    monkeypatch.setattr(pictures, "HEAVIEST", 100)
    agency.answers["/p.jpg"] = reply(200, drawn())
    assert copied(wire, agency.url("/p.jpg")).state == PictureState.REFUSED


@pytest.mark.cases("P12")
def test_p12_where_a_picture_was_taken_is_not_kept_and_which_way_is_up_is(agency, wire):
    agency.answers["/p.jpg"] = reply(200, with_place())
    copy = path_of(copied(wire, agency.url("/p.jpg"))).read_bytes()
    assert not any(place in copy for place in PLACES)
    assert CREDIT in copy
    with Image.open(BytesIO(copy)) as image:
        marks = image.getexif()
        assert 0x8825 not in marks
        assert marks[0x0112] == 6


@pytest.mark.cases("A27")
@pytest.mark.parametrize(
    "path", ["/..%2F..%2Fetc%2Fpasswd.php", "/a.php?x=.png", "/%00.svg", "/con.html#.jpg"]
)
def test_a27_a_file_has_our_name_and_its_kind_whatever_it_was_called(path, agency, wire, tmp_path):
    raw = drawn("GIF") + b"<?php phpinfo();"
    agency.answers[path.partition("#")[0]] = reply(200, raw, Content_Type="text/html")
    kept = copied(wire, agency.url(path))
    (file,) = (tmp_path / "pictures").rglob("*.*")
    assert file == path_of(kept)
    assert file.name == f"{sha256(raw).hexdigest()}.gif"


def test_a_server_that_fails_is_asked_again_and_given_up_in_the_end(agency, wire):
    agency.answers["/p.jpg"] = reply(503)
    waiting = copied(wire, agency.url("/p.jpg"))
    assert (waiting.state, waiting.tries) == (PictureState.WAITING, 1)
    assert waiting.next_at > NOW
    now = NOW
    for _ in range(pictures.TRIES):
        now += timedelta(hours=1)
        pictures.copy(now=now)
    waiting.refresh_from_db()
    assert waiting.state == PictureState.REFUSED
    assert waiting.reason == "the server answered 503"
    assert len(agency.asked) == pictures.TRIES


def test_equal_pictures_are_one_file(agency, wire):
    agency.answers |= {"/a": reply(200, drawn()), "/b": reply(200, drawn())}
    wire.receives(take(pictures=(Named(href=agency.url("/a")), Named(href=agency.url("/b")))))
    Picture.objects.update(next_at=NOW)
    assert pictures.copy(now=NOW) == 2
    first, second = Picture.objects.all()
    assert path_of(first) == path_of(second)
    assert list(path_of(first).parent.iterdir()) == [path_of(first)]
