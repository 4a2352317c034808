"""Pictures drawn for tests, with what cameras and agencies write into them, and with bombs."""

import struct
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin

KINDS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "AVIF": "image/avif",
    "GIF": "image/gif",
}
CREDIT = b"Harbour Wire / A. Keeper"
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
    b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
    b' xmlns:exif="http://ns.adobe.com/exif/1.0/"'
    b' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    b' photoshop:Credit="Harbour Wire / A. Keeper" exif:GPSLatitude="48,12.5N">'
    b"<exif:GPSLongitude>16,22.25E</exif:GPSLongitude></rdf:Description></rdf:RDF></x:xmpmeta>"
)
#: What of a place stands in a picture of these.
PLACES = (b"48,12.5N", b"16,22.25E", b"WGS-84-here")


def drawn(kind="JPEG", size=(64, 48), mode="RGB", **words):
    """Draw a picture and give its bytes."""
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, kind, **words)
    return out.getvalue()


def with_place(kind="JPEG"):
    """Draw a picture that says where it was taken, which way is up, and whose it is."""
    marks = Image.Exif()
    marks[0x010E] = "A pier in the evening"
    marks[0x0112] = 6
    marks[0x8298] = CREDIT.decode()
    place = marks.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (48.0, 12.0, 30.0), "E", (16.0, 22.0, 15.0)
    place[18] = "WGS-84-here"
    if kind == "GIF":
        raw = drawn(kind)
        end = raw.rindex(b";")
        said = b"!\xff\x0bXMP DataXMP" + XMP + b"\x01" + bytes(range(255, -1, -1)) + b"\0"
        return raw[:end] + said + raw[end:]
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_itxt("XML:com.adobe.xmp", XMP.decode())
        words.add_text("Copyright", CREDIT.decode())
        return drawn(kind, exif=marks, pnginfo=words)
    raw = drawn(kind, exif=marks, xmp=XMP)
    return with_iptc(raw) if kind == "JPEG" else raw


def with_iptc(raw):
    """Put the agency's credit into a JPEG as newsrooms do (IPTC-NAA record 2, in Photoshop's)."""
    fields = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(said)) + said
        for number, said in ((80, b"A. Keeper"), (110, CREDIT), (116, b"(c) Harbour Wire"))
    )
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(fields)) + fields + bytes(len(fields) % 2)
    said = b"Photoshop 3.0\0" + block
    return raw[:2] + b"\xff\xed" + struct.pack(">H", len(said) + 2) + said + raw[2:]


def chunk(name, body):
    """Write a chunk of PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def claimed_png(width, height, *more, pixels=bytes(64)):
    """Write a PNG of a few bytes that claims to be very large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [chunk(b"IHDR", head), *more, chunk(b"IDAT", zlib.compress(pixels, 1))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + chunk(b"IEND", b"")


def moving_gif(frames):
    """Write a GIF of so many frames of one pixel."""
    frame = b"!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0"
    return b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff" + frame * frames + b";"


def moving_png(frames):
    """Write an animated PNG that claims to have so many frames."""
    control = chunk(b"acTL", struct.pack(">II", frames, 0))
    begun = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 1, 1, 0, 0, 1, 30, 0, 0))
    return claimed_png(1, 1, control, begun, pixels=bytes(2))
