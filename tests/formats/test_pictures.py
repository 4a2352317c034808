"""Pictures told by their bytes, within bounds, and without the place where they were taken."""

import io
import re
import struct
import wave
import zlib
from pathlib import Path

import pytest
from PIL import Image, IptcImagePlugin

from formats.pictures import (
    CREDIT,
    KINDS,
    PLACES,
    chunk,
    claimed_png,
    drawn,
    moving_gif,
    moving_png,
    with_iptc,
    with_place,
)
from formats.plain_samples import RECEIVED
from harness.agency import Agency
from harness.cases import each
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.pictures.look import LARGEST, MOST_FRAMES, look
from wireroom.formats.pictures.place import without_place
from wireroom.formats.read import parse
from wireroom.formats.sandbox import Sandbox
from wireroom.intake.reading import MEGABYTES

SOURCE = Path(__file__).resolve().parents[2] / "src"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'>"
HTML = b"<!doctype html><script>ran=1</script>"


@pytest.fixture(scope="module")
def box():
    """One worker for all pictures, with the limits that it has in a newsroom."""
    with Sandbox(reader="wireroom.formats.pictures.look:look", megabytes=MEGABYTES) as sandbox:
        yield sandbox


def opened(raw):
    return Image.open(io.BytesIO(raw))


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_what_its_bytes_say_and_comes_back_as_it_was(kind, box):
    seen = box.read(drawn(kind))
    assert (seen.mime, seen.width, seen.height, seen.kept) == (KINDS[kind], 64, 48, None)


NONE = {
    "P15 HTML": HTML,
    "P15 HTML after a mark": b"\xef\xbb\xbf\n<html><body>x",
    "P13 SVG": SVG + b"<script>ran=1</script></svg>",
    "P13 SVG with a declaration": b"<?xml version='1.0'?><!DOCTYPE svg>" + SVG + b"</svg>",
    "P13 SVG with foreign matter": SVG + b"<foreignObject><body onload='ran=1'/></foreignObject>",
    "P13 SVG that uses another": SVG + b"<use href='http://127.0.0.1/a.svg#a'/></svg>",
    "P13 SVG, packed": zlib.compress(SVG + b"</svg>"),
    "P12 TIFF": drawn("TIFF"),
    "P12 ICO": drawn("ICO"),
    "P12 ICO with a PNG": drawn("ICO", bitmap_format="png"),
    "P12 ICNS": drawn("ICNS", size=(128, 128)),
    "BMP": drawn("BMP"),
    "JPEG 2000": drawn("JPEG2000"),
    "A36 PDF": drawn("PDF"),
    "A36 EPS": drawn("EPS"),
    "A36 PCF": b"\x01fcp" + struct.pack("<I", 1) + bytes(64),
    "A36 PSD": b"8BPS\0\1" + bytes(40),
    "A36 BLP": b"BLP2" + bytes(200),
    "A36 FITS": b"SIMPLE  =                    T" + bytes(2800),
    "A27 a zip": b"PK\x03\x04" + bytes(60),
    "A27 a script": b"#!/bin/sh\nexit\n",
    "A27 a PNG's name in another's bytes": b"\x89PNG\r\n\x1a\n" + HTML,
    "A27 a GIF's name in a script": b"GIF89a/*" + HTML,
    "nothing": b"",
}


@pytest.mark.parametrize("raw", each(NONE))
def test_what_is_no_picture_of_a_kind_we_keep_is_refused(raw, box):
    with pytest.raises(Unreadable, match=r"no picture of a kind we keep|cannot be read"):
        box.read(raw)


@pytest.mark.cases("A36")
def test_a36_pillow_is_told_what_it_may_try_wherever_it_opens_something():
    opens = [
        call
        for path in SOURCE.rglob("*.py")
        for call in re.findall(r"\bImage\.open\([^\n]*", path.read_text())
    ]
    assert opens
    assert all("formats=FORMATS" in call for call in opens)


#: Made when they are asked for, since some take a while.
TOO_LARGE = {
    "P11 60,000 by 60,000": lambda: claimed_png(60_000, 60_000),
    "P11 19,000 by 19,000": lambda: claimed_png(19_000, 19_000),
    "P11 13,000 by 13,000": lambda: claimed_png(13_000, 13_000, pixels=bytes(13_001 * 13_000)),
    "P11 a pixel more than 40 million": lambda: claimed_png(LARGEST + 1, 1),
    "P12 a GIF of 100,000 frames": lambda: moving_gif(100_000),
    "P12 a GIF of a frame too many": lambda: moving_gif(MOST_FRAMES + 1),
    "P12 a PNG that claims 100,000 frames": lambda: moving_png(100_000),
}


@pytest.mark.parametrize("made", each(TOO_LARGE))
def test_too_many_pixels_and_frames_are_refused_before_they_are_unpacked(
    made, box, record_property
):
    raw = made()
    before = highest(box)
    with pytest.raises(Unreadable, match="too many"):
        box.read(raw)
    grown = highest(box) - before
    record_property("saw", f"{len(raw)} bytes, +{grown} MB")
    assert grown < 64


def highest(box):
    """Read the highest memory of the worker so far, in MB; 0 where nobody tells."""
    box.read(drawn())
    status = Path(f"/proc/{box._process.pid}/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) // 1000 if found else 0


def test_forty_megapixels_are_kept_whatever_the_kind(box):
    side = 6_324
    for raw in (drawn(size=(side, side)), claimed_png(side, side, pixels=bytes(side * (side + 1)))):
        seen = box.read(raw)
        assert (seen.width, seen.height) == (side, side)
    assert box.read(moving_gif(MOST_FRAMES)).mime == "image/gif"


def packed(name, before):
    """Make a PNG with a chunk that unpacks to 200 MB."""
    bomb = before + zlib.compress(bytes(200_000_000), 1)
    return claimed_png(8, 8, chunk(name, bomb), pixels=bytes(72))


BOMBS = {
    "P12 words": lambda: packed(b"zTXt", b"Comment\0\0"),
    "P12 words of many tongues": lambda: packed(b"iTXt", b"Comment\0\1\0\0\0"),
    "P12 colours": lambda: packed(b"iCCP", b"icc\0\0"),
    "P12 pixels": lambda: claimed_png(8, 8, pixels=bytes(200_000_000)),
}


@pytest.mark.parametrize("made", each(BOMBS))
def test_a_bomb_in_a_picture_takes_no_memory(made, box, record_property):
    raw = made()
    before = highest(box)
    try:
        became = f"kept as {box.read(raw).mime}"
    except Unreadable as error:
        became = str(error)
    grown = highest(box) - before
    record_property("saw", f"{len(raw)} bytes, +{grown} MB: {became}")
    assert grown < 64


@pytest.mark.cases("P12")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.05, 0.5, 0.9])
def test_p12_a_picture_cut_short_is_refused(kind, part, box):
    raw = drawn(kind, size=(640, 480))
    with pytest.raises(Unreadable):
        box.read(raw[: int(len(raw) * part)])


@pytest.mark.cases("P12")
def test_p12_a_picture_for_print_is_kept_as_it_is(box):
    seen = box.read(drawn("JPEG", mode="CMYK"))
    assert (seen.mime, seen.kept) == ("image/jpeg", None)


# Where it was taken


@pytest.mark.cases("P12")
@pytest.mark.parametrize("kind", KINDS)
def test_p12_where_a_picture_was_taken_is_dropped_and_all_else_stays(kind, box):
    raw = with_place(kind)
    assert any(place in raw for place in PLACES)
    kept = box.read(raw).kept
    assert not any(place in kept for place in PLACES)
    before, after = opened(raw), opened(kept)
    assert after.tobytes() == before.tobytes()
    assert 0x8825 not in after.getexif()
    for tag in (0x0112, 0x010E, 0x8298):
        assert after.getexif().get(tag) == before.getexif().get(tag)
    assert kept.count(CREDIT) == raw.count(CREDIT) > 0
    assert box.read(kept).kept is None


@pytest.mark.cases("P12")
def test_p12_the_credit_of_newsrooms_stays():
    fields = IptcImagePlugin.getiptcinfo(opened(without_place(with_place("JPEG"))))
    assert (fields[2, 110], fields[2, 80]) == (CREDIT, b"A. Keeper")
    raw = with_iptc(drawn("JPEG"))
    assert without_place(raw) == raw


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_place_is_taken_out_of_every_row_of_entries_either_way_about(order):
    mark = b"II*\0" if order == "<" else b"MM\0*"
    where = struct.pack(f"{order}HHII", 0x8825, 4, 1, 50)
    upright = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, 6, 0)
    first = struct.pack(f"{order}H", 1) + upright + struct.pack(f"{order}I", 26)
    second = struct.pack(f"{order}H", 1) + where + bytes(4) + bytes(6)
    place = struct.pack(f"{order}HHHI4s", 1, 1, 2, 2, b"N\0\0\0") + bytes(4)
    raw = b"Exif\0\0" + mark + struct.pack(f"{order}I", 8) + first + second + place
    kept = without_place(raw)
    assert len(kept) == len(raw)
    assert upright in kept
    assert where not in kept
    assert b"N\0\0\0" not in kept


@pytest.mark.parametrize(
    "name", [b"Raw profile type exif", b"Raw profile type APP1", b"XML:com.adobe.xmp"]
)
def test_a_place_that_a_png_has_packed_goes_with_its_chunk(name):
    words = chunk(b"zTXt", name + b"\0\0" + zlib.compress(b"exif\n 8\n45786966"))
    mine = chunk(b"tEXt", b"Copyright\0" + CREDIT)
    raw = claimed_png(8, 8, words, mine, pixels=bytes(72))
    assert without_place(raw) == claimed_png(8, 8, mine, pixels=bytes(72))


@pytest.mark.parametrize(
    "raw",
    [
        b"II*\0",
        b"II*\0\xff\xff\xff\xff",
        b"MM\0*\0\0\0\x08\xff\xff" + bytes(30),
        b"II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\xff\xff\xff\xff",
        b"II*\0\x08\0\0\0\0\0\x08\0\0\0",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffzTXt",
        b"x:GPS='" + b"<" * 100_000,
    ],
)
def test_what_only_looks_like_a_block_harms_nothing(raw):
    assert len(without_place(raw)) <= len(raw)


# XML inside

XML = (
    '<!DOCTYPE x [<!ENTITY a SYSTEM "{file}"><!ENTITY % b SYSTEM "{page}"> %b;]>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">&a;</x:xmpmeta>'
)


@pytest.mark.cases("A16")
@pytest.mark.parametrize("kind", KINDS)
def test_a16_xml_in_a_picture_is_never_parsed(kind, box, tmp_path):
    (tmp_path / "secret").write_text("tell-nobody-4711")
    with Agency() as server:
        said = XML.format(file=(tmp_path / "secret").as_uri(), page=server.url()).encode()
        marks = Image.Exif()
        marks[0x010E] = said.decode()
        marks[0x02BC] = said  # XMP, as TIFF has it
        for words in ({"exif": marks}, {"xmp": said}, {"comment": said}):
            raw = drawn(kind, **words)
            seen = box.read(raw)
            assert seen.mime == KINDS[kind]
            assert b"tell-nobody" not in (seen.kept or raw)
        assert server.connections == 0


@pytest.mark.cases("A16")
@pytest.mark.parametrize("name", ["iXML", "LIST", "id3 "])
def test_a16_xml_in_sound_is_never_parsed(name, box, tmp_path):
    (tmp_path / "secret").write_text("tell-nobody-4711")
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(64))
    with Agency() as server:
        said = XML.format(file=(tmp_path / "secret").as_uri(), page=server.url()).encode()
        part = name.encode() + struct.pack("<I", len(said)) + said
        for raw in (out.getvalue() + part, b"ID3\x03\0\0\0\0\0\x7fGEOB" + said):
            with pytest.raises(Unreadable):
                box.read(raw)
            try:
                read = parse(raw, "", Arrival(received=RECEIVED))
            except Unreadable:
                continue
            assert not read.items
            assert "tell-nobody" not in repr(read)
        assert server.connections == 0


# Files that are two things at once


@pytest.mark.cases("A27")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("more", [HTML, b"PK\x05\x06" + bytes(18), b"*/=1;alert(1)//"])
def test_a27_what_is_something_else_as_well_is_a_picture(kind, more, box):
    assert box.read(drawn(kind) + more).mime == KINDS[kind]


@pytest.mark.parametrize("raw", [drawn("JPEG"), drawn("PNG")])
def test_looking_needs_no_worker(raw):
    assert look(raw).kept is None
