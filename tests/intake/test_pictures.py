"""Our own copies of pictures: A01, A36, P11, P15, over a real web server."""

import struct
import zlib
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from harness.agency import Agency, reply
from harness.wires import Wire, take
from wireroom.formats.item import Picture as Named
from wireroom.intake import pictures
from wireroom.wire.models import Picture, PictureState
from wireroom.wire.pictures import path_of

NOW = datetime(2024, 5, 2, 13, tzinfo=UTC)
KINDS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "GIF": "image/gif",
}


def drawn(kind="JPEG", size=(64, 48), **words):
    """Draw a picture and give its bytes."""
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **words)
    return out.getvalue()


def claimed_png(width, height):
    """Write a PNG of a few bytes that claims to be very large."""

    def chunk(name, body):
        crc = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(64))
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def with_place():
    """Draw a JPEG that says where it was taken and which way is up."""
    marks = Image.Exif()
    marks[0x0112] = 6
    marks.get_ifd(0x8825)[2] = (48.0, 12.0, 30.0)
    return drawn("JPEG", exif=marks)


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
    [
        b"<!doctype html><p>not found",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        drawn("TIFF"),
        drawn("BMP"),
        drawn("ICO"),
        drawn("PDF"),
        drawn("EPS"),
        b"8BPS\0\1" + bytes(40),
        b"BLP2" + bytes(200),
        b"",
    ],
    ids=["P15 html", "svg", "tiff", "bmp", "ico", "A36 pdf", "A36 eps", "A36 psd", "A36 blp", "-"],
)
def test_what_is_no_picture_of_a_kind_we_keep_is_refused(body, agency, wire):
    agency.answers["/p.jpg"] = reply(200, body, Content_Type="image/jpeg")
    refused = copied(wire, agency.url("/p.jpg"))
    assert refused.state == PictureState.REFUSED
    assert refused.reason == "the bytes are no picture of a kind we keep"


@pytest.mark.cases("P11")
@pytest.mark.parametrize("side", [60_000, 19_000, 13_000, 7_000, 6_400])
def test_p11_too_many_pixels_are_refused_before_they_are_unpacked(side, agency, wire):
    agency.answers["/p.png"] = reply(200, claimed_png(side, side))
    assert copied(wire, agency.url("/p.png")).state == PictureState.REFUSED


@pytest.mark.parametrize(
    "raw", [drawn("PNG")[:40], drawn("GIF")[:12], drawn("WEBP")[:30], b"\xff\xd8\xff" + bytes(50)]
)
def test_a_picture_that_is_broken_is_refused(raw):
    with pytest.raises(pictures.NotAPicture):
        pictures.look(raw)


def test_a_picture_beyond_the_cap_is_refused(agency, wire, monkeypatch):
    monkeypatch.setattr(pictures, "HEAVIEST", 100)
    agency.answers["/p.jpg"] = reply(200, drawn())
    assert copied(wire, agency.url("/p.jpg")).state == PictureState.REFUSED


def test_where_a_picture_was_taken_is_not_kept_and_which_way_is_up_is(agency, wire):
    agency.answers["/p.jpg"] = reply(200, with_place())
    kept = copied(wire, agency.url("/p.jpg"))
    with Image.open(path_of(kept)) as image:
        marks = image.getexif()
        assert 0x8825 not in marks
        assert marks[0x0112] == 6


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
