"""What a mail brings is glanced at, whatever it is written in: kills first, the others in turn."""

import binascii
import quopri
from base64 import encodebytes

import pytest

from formats.plain_samples import FOLDER, RECEIVED
from wireroom.formats.document import Arrival
from wireroom.formats.item import USABLE
from wireroom.formats.mail.brought import MOST_BYTES, MOST_PARTS
from wireroom.formats.read import glance, parse

ARRIVAL = Arrival(received=RECEIVED)
HEAD = (
    b"Message-ID: <1@harbour.example>\r\nSubject: Ferry\r\nFrom: desk@harbour.example\r\n"
    b"Date: Thu, 02 May 2024 08:00:00 +0000\r\n"
)
KILL = b'{"uri": "urn:example:1", "version": "2", "pubstatus": "canceled"}'
STORY = b'{"uri": "urn:example:1", "version": "2", "pubstatus": "usable", "headline": "Ferry"}'
WRITTEN = HEAD + b"Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n"
#: Of both, the one that is read first.
PAIRS = {
    "ninjs": (KILL, STORY),
    "ninjs in UTF-16": (KILL.decode().encode("utf-16"), STORY.decode().encode("utf-16")),
    "ninjs in a mail as a file": (WRITTEN + encodebytes(KILL), WRITTEN + encodebytes(STORY)),
    "NewsML-G2": (
        b'<newsItem><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta></newsItem>',
        b'<newsItem><itemMeta><pubStatus qcode="stat:usable"/></itemMeta></newsItem>',
    ),
    "Atom": (
        b"<feed><at:deleted-entry ref='urn:1'/></feed>",
        b"<feed><entry><id>urn:1</id></entry></feed>",
    ),
}
PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(range(256)) * 8_000


def quoted(raw):
    """Write every letter by its number, so that no word can be seen."""
    every = b"".join(b"=%02X" % byte for byte in raw)
    return b"".join(every[at : at + 72] + b"=\r\n" for at in range(0, len(every), 72))


def uu(raw):
    lines = (binascii.b2a_uu(raw[at : at + 45]) for at in range(0, len(raw), 45))
    return b"begin 644 x\n" + b"".join(lines) + b"`\nend\n"


WAYS = {
    "base64": encodebytes,
    "BASE64": lambda raw: encodebytes(raw).replace(b"\n", b"\r\n"),
    "quoted-printable": quoted,
    "Quoted-Printable": quopri.encodestring,
    "x-uuencode": uu,
}


def part(raw, way, kind=b"application/octet-stream", more=b""):
    return (
        b"Content-Type: " + kind + b"\r\nContent-Disposition: attachment; filename=x\r\n"
        b"Content-Transfer-Encoding: " + way.encode() + b"\r\n" + more + b"\r\n" + WAYS[way](raw)
    )


def mail(*parts):
    head = HEAD + b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n'
    return head + b"".join(b"--B\r\n" + one + b"\r\n" for one in parts) + b"--B--\r\n"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", PAIRS)
def test_a_kill_is_read_first_in_whatever_it_is_written(what, way):
    kill, _ = PAIRS[what]
    assert glance(mail(part(kill, way)))
    assert glance(mail(part(STORY, way), part(PICTURE, "base64"), part(kill, way)))


@pytest.mark.parametrize("way", ["base64", "BASE64", "quoted-printable", "Quoted-Printable"])
@pytest.mark.parametrize("what", [one for one in PAIRS if "mail" not in one])
def test_a_story_waits_its_turn(what, way):
    _, story = PAIRS[what]
    assert not glance(mail(part(story, way)))


def test_a_story_in_a_mail_as_a_file_waits_its_turn():
    _, story = PAIRS["ninjs in a mail as a file"]
    assert not glance(mail(part(story, "base64")))


@pytest.mark.parametrize("way", ["base64", "quoted-printable"])
@pytest.mark.parametrize(
    "path", sorted((FOLDER / "newsmlg2").glob("*.xml")), ids=lambda path: path.stem
)
def test_no_sample_that_acts_is_overlooked(path, way):
    raw = mail(part(path.read_bytes(), way, b"application/xml"))
    acts = any(one.pubstatus != USABLE for one in parse(raw, "mail", ARRIVAL).items)
    assert glance(raw) or not acts


def test_a_kill_in_utf_16_that_is_written_as_it_is_is_seen():
    bare = b"Content-Type: application/json\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    kill, story = PAIRS["ninjs in UTF-16"]
    assert glance(mail(bare + kill))
    assert not glance(mail(bare + story))


def test_headers_may_be_folded_and_stand_in_any_order():
    folded = (
        b"content-transfer-encoding:\r\n base64\r\nX-Note: one,\r\n\ttwo\r\n"
        b"Content-Type: application/json\r\n\r\n"
    )
    assert glance(mail(folded + encodebytes(KILL)))
    assert not glance(mail(folded + encodebytes(STORY)))


def test_a_mail_that_is_a_document_itself_is_looked_into():
    head = HEAD + b"Content-Transfer-Encoding: base64\r\nContent-Type: application/json\r\n\r\n"
    assert glance(head + encodebytes(KILL))
    assert not glance(head + encodebytes(STORY))


def test_lines_that_end_as_they_once_did_are_lines():
    for raw, first in ((KILL, True), (STORY, False)):
        old = mail(part(raw, "base64")).replace(b"\r\n", b"\r").replace(b"\n", b"\r")
        assert glance(old) == first


def test_words_about_mail_in_a_text_hide_nothing():
    for line in (b"", b"VGhlIGZlcnJ5\r\n"):
        words = b"Of old:\r\nContent-Transfer-Encoding: base64\r\n" + line + b"\r\nmeant " + KILL
        assert glance(mail(part(words, "Quoted-Printable", b"text/plain")))


class TestBounds:
    """What cannot be looked at within bounds is read first; a picture is not looked at."""

    def test_a_large_picture_makes_no_hurry(self):
        assert len(PICTURE) > MOST_BYTES
        assert not glance(mail(part(PICTURE, "base64", b"image/jpeg"), part(STORY, "base64")))

    def test_a_large_document_is_read_first(self):
        raw = STORY[:-1] + b', "body_text": "' + b"Words. " * (MOST_BYTES // 7) + b'"}'
        assert glance(mail(part(raw, "base64")))
        assert not glance(mail(part(raw[: MOST_BYTES // 2], "base64")))

    def test_large_documents_together_are_read_first(self):
        raw = part(STORY[:-1] + b" " * (MOST_BYTES // 2), "base64")
        assert not glance(mail(raw))
        assert glance(mail(raw, raw))

    def test_more_parts_than_are_looked_at_are_read_first(self):
        one = part(STORY, "base64")
        assert not glance(mail(*[one] * MOST_PARTS))
        assert glance(mail(*[one] * (MOST_PARTS + 1)))

    def test_what_is_in_base64_over_and_over_is_seen(self):
        raw = KILL
        while len(raw) < MOST_BYTES // 2:
            raw = mail(part(raw, "base64"))
        assert glance(raw)

    def test_what_is_quoted_over_and_over_is_not_read_so_often(self):
        line = b"\n=%s43ontent-transfer-encoding: quoted-printable\n\nx"
        raw = b"".join(line % (b"3D" * times) for times in range(900))
        assert glance(mail(part(b"x", "quoted-printable") + raw))

    @pytest.mark.parametrize(
        "raw", [b"", b"=", b"A", b"A=", b"AAAA=AAA", b"AAAAA=\r\n", b"==A", b"----"]
    )
    def test_what_is_not_what_it_says_harms_nobody(self, raw):
        head = b"Content-Transfer-Encoding: base64\r\nContent-Type: application/json\r\n\r\n"
        assert glance(mail(head + raw)) in {True, False}
