"""Archives that come for documents: never unpacked, set aside with their reason and bytes."""

import io
import stat
import struct
import tarfile
import zipfile
import zlib
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone

from harness.cases import each
from wireroom.intake import channels, pipeline
from wireroom.intake.collect import folder
from wireroom.intake.models import Delivery, DeliveryState
from wireroom.wire.models import Story

RSS = b"""<rss version="2.0"><channel><title>A</title><item><guid>urn:inside</guid>
<title>Inside an archive</title></item></channel></rss>"""

pytestmark = pytest.mark.django_db(transaction=True)


def zipped(*members, packed=zipfile.ZIP_DEFLATED):
    """Make a zip of names, each with its bytes and, if need be, the mode of its file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, raw, *mode in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = packed
            info.external_attr = (mode[0] if mode else stat.S_IFREG | 0o644) << 16
            archive.writestr(info, raw)
    return out.getvalue()


def overlapping(files, size):
    """Make a zip whose many files are all the same packed bytes (as in 42.zip, but flat)."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = body.compress(bytes(size)) + body.flush()
    crc = zlib.crc32(bytes(size))
    start = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(packed), size, 1, 0)
    start += b"0" + packed
    return start + directory(files, (crc, len(packed), size), len(start))


def directory(files, sizes, at):
    """Write the list at the end of a zip, of so many files at its very beginning."""
    named = [f"{number:x}.xml".encode() for number in range(files)]
    rows = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, *sizes, len(name), *[0] * 6
        )
        + name
        for name in named
    )
    most = min(files, 0xFFFF)
    return rows + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, most, most, len(rows), at, 0)


def tarred():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("../../out.xml")
        info.size = len(RSS)
        archive.addfile(info, io.BytesIO(RSS))
    return out.getvalue()


HARMLESS = zipped(("feed.xml", RSS))
ARCHIVES = {
    "P14 a document": HARMLESS,
    "P14 a document, not packed": zipped(("feed.xml", RSS), packed=zipfile.ZIP_STORED),
    "P14 the folder above": zipped(("../../out.xml", RSS), ("..\\..\\out.xml", RSS)),
    "P14 an absolute name": zipped(("/tmp/out.xml", RSS), ("C:\\out.xml", RSS)),
    "P14 a link": zipped(("a", b"/etc", stat.S_IFLNK | 0o777), ("a/out.xml", RSS)),
    "P14 a device": zipped(("zero", b"", stat.S_IFCHR | 0o666), ("pipe", b"", stat.S_IFIFO)),
    "P14 a bomb of overlapping files": overlapping(250, 20_000_000),
    "P14 an archive in an archive": zipped(*((f"{n}.zip", HARMLESS) for n in range(16))),
    "P14 300,000 files": HARMLESS[:40] + directory(300_000, (0, 0, 0), 40),
    "P14 names that differ in case": zipped(("feed.xml", RSS), ("FEED.XML", b"<x/>")),
    "P14 a NUL in a name": zipped(("feed_xml", RSS)).replace(b"feed_xml", b"a\0/../b."),
    "P14 nothing": zipped(),
    "P14 a tar": tarred(),
    "P14 seven of zip": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(100),
    "P14 a rar": b"Rar!\x1a\7\1\0" + bytes(100),
    "P14 a gzip": b"\x1f\x8b\x08\0" + bytes(100),
}


@pytest.fixture
def hot(tmp_path):
    """A folder an agency puts files into, two folders down."""
    path = tmp_path / "a" / "hot"
    path.mkdir(parents=True)
    return path


@pytest.mark.parametrize("raw", each(ARCHIVES))
@pytest.mark.parametrize("named", ["", "rss"])
def test_an_archive_is_set_aside_whole_and_nothing_of_it_is_written(
    raw, named, hot, tmp_path, record_property
):
    channel = channels.add(hot.as_uri(), provider="ANI", format=named)
    (hot / "news.zip").write_bytes(raw)
    now = timezone.now() + timedelta(minutes=1)
    assert folder.look(channel, now=now).taken == 1
    pipeline.run(now=now)
    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.QUARANTINED
    assert delivery.reason == "not a feed: an archive, and archives are not unpacked"
    assert delivery.raw == raw
    assert not Story.objects.exists()
    files = [path for path in tmp_path.rglob("*") if not path.is_dir()]
    record_property("saw", f"{len(files) - 1} files written")
    assert files == [hot / "done" / "news.zip"]


@pytest.mark.cases("P14")
def test_p14_an_archive_on_a_mail_is_not_unpacked(hot):
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "a@wire.example", "Ferries", "<1@x.example>"
    mail.set_content("See the attached.")
    mail.add_attachment(HARMLESS, maintype="application", subtype="zip", filename="feed.xml")
    channel = channels.add(hot.as_uri(), provider="ANI")
    (hot / "mail.eml").write_bytes(bytes(mail))
    now = timezone.now() + timedelta(minutes=1)
    folder.look(channel, now=now)
    pipeline.run(now=now)
    assert not Story.objects.filter(guid="urn:inside").exists()
