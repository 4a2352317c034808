"""Mail: samples that say what they are, what is attached, and what is broken or hostile."""

import base64
from contextlib import suppress
from time import process_time

import pytest

from formats.plain_samples import FOLDER, RECEIVED, check, sample, samples
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.mail.letters import MOST_BOUNDARIES, MOST_PARTS
from wireroom.formats.read import glance, parse
from wireroom.formats.sources import read as sources
from wireroom.formats.told import format_of

ARRIVAL = Arrival(received=RECEIVED)
SAMPLES = samples("mail")
HEAD = (
    b"Message-ID: <%s@harbour.example>\r\nSubject: Ferry\r\n"
    b"Date: Thu, 02 May 2024 08:00:00 +0000\r\n"
    b"From: Harbour Wire <desk@harbour.example>\r\n"
)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_reads_as_it_says(path):
    raw, arrival, terms = sample(path)
    assert format_of(raw) == "mail"
    check(parse(raw, "", arrival), terms)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_mail_that_is_a_story_waits_for_a_person_and_acts_on_nothing(path):
    raw, arrival, _ = sample(path)
    for item in parse(raw, "mail", arrival).items:
        if item.guid.endswith("@harbour.example"):
            assert item.for_desk.startswith("its format has no safe id")
            assert (item.pubstatus, item.acts_on, item.aliases) == ("usable", (), ())


def test_the_samples_are_there():
    assert len(SAMPLES) >= 50


def mail(*parts, kind=b"mixed", name=b"one", more=b""):
    head = HEAD % name + more + b"Content-Type: multipart/" + kind + b'; boundary="B"\r\n\r\n'
    return head + b"".join(b"--B\r\n" + one + b"\r\n" for one in parts) + b"--B--\r\n"


def attached(raw, name=b"x.json"):
    return (
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="'
        + name
        + b'"\r\n\r\n'
        + base64.encodebytes(raw)
    )


NINJS = b'{"uri": "urn:example:%d", "headline": "Item %d", "body_text": "Words."}'


class TestToldApart:
    """A mail is told from text by its headers."""

    @pytest.mark.parametrize(
        "raw",
        [
            b"From here to the sea: a ferry sails.\n\nWords.",
            b"Date: unknown\n\nWords.",
            b"Subject: a story\nabout subjects\n\nFrom: x\n",
            b"Hello\nFrom: x\nDate: y\n\n",
        ],
    )
    def test_text_that_only_begins_like_one_is_none(self, raw):
        with pytest.raises(Unreadable, match="not a feed"):
            format_of(raw)

    def test_unknown_headers_may_stand_first(self):
        assert format_of(b"X-Spam: no\r\nFrom: x\r\nDate: y\r\n\r\nWords") == "mail"


class TestEnvelope:
    """What is attached is what the mail brings."""

    def test_quarantine_finds_the_bytes_of_each_item(self):
        one, two = NINJS % (1, 1), NINJS % (2, 2)
        document = sources(mail(attached(one), attached(b"[" + two + b"]")), "mail", ARRIVAL)
        assert [item.name for item in document.rejected] == ["urn:example:1", "urn:example:2"]
        assert [item.raw for item in document.rejected] == [one, two]

    def test_quarantine_has_the_whole_mail_of_a_story(self):
        raw = HEAD % b"one" + b"\r\nThe ferry sailed."
        assert [item.raw for item in sources(raw, "mail", ARRIVAL).rejected] == [raw]

    def test_all_attachments_broken_make_no_story_of_the_mail(self):
        document = parse(mail(attached(b'{"uri": ""}'), attached(b'{"uri": " "}')), "mail", ARRIVAL)
        assert document.items == ()
        assert [one.position for one in document.rejected] == [0, 1]

    def test_attached_list_gives_each_of_its_items(self):
        raw = b"[" + b",".join(NINJS % (n, n) for n in range(5)) + b', {"uri": ""}]'
        document = parse(mail(attached(raw)), "mail", ARRIVAL)
        assert len(document.items) == 5
        assert [one.reason for one in document.rejected] == ["it has no uri"]

    def test_report_of_a_mail_system_is_no_news(self):
        bounced = b"Content-Type: message/rfc822\r\n\r\n" + HEAD % b"two" + b"\r\nWords."
        with pytest.raises(Unreadable, match="no news"):
            parse(mail(bounced, kind=b"report"), "mail", ARRIVAL)

    def test_several_attached_mails_are_several_stories(self):
        inner = [
            b"Content-Type: message/rfc822\r\n\r\n" + HEAD % n + b"\r\nWords." for n in (b"2", b"3")
        ]
        document = parse(mail(*inner), "mail", ARRIVAL)
        assert [item.guid for item in document.items] == ["2@harbour.example", "3@harbour.example"]


class TestCovering:
    """Words of a mail hold what it brings, and loosen nothing."""

    @pytest.mark.parametrize(
        "subject",
        [
            b"EMBARGOED UNTIL MONDAY 6 MAY: Ferry",
            b"KILL: Ferry, please withdraw",
            b"ADVISORY: for guidance only",
            b"Sperrfrist: Montag, 6 Uhr",
            b"Test message",
            b"EMBARGOED: " + b"Ferry and harbour " * 20,
        ],
    )
    def test_every_item_of_every_attached_document_waits(self, subject):
        several = attached(b"[" + NINJS % (1, 1) + b"," + NINJS % (2, 2) + b"]")
        raw = mail(several, attached(NINJS % (3, 3))).replace(
            b"Subject: Ferry", b"Subject: " + subject
        )
        items = parse(raw, "mail", ARRIVAL).items
        assert len(items) == 3
        assert all(item.for_desk.count("mail that brought it") == 1 for item in items)

    def test_each_text_of_a_mail_is_looked_at(self):
        texts = [
            b"Content-Type: text/plain\r\n\r\n" + one for one in (b"Hello.", b"KILL KILL KILL")
        ]
        (item,) = parse(mail(texts[0], attached(NINJS % (1, 1)), texts[1]), "mail", ARRIVAL).items
        assert "seem to take it back" in item.for_desk

    def test_what_an_item_asks_itself_is_asked_as_well(self):
        teletype = (FOLDER / "mail" / "attached_teletype.txt").read_text().partition("\n---\n")[2]
        raw = teletype.replace("Subject: ", "Subject: KILL: ", 1).replace("\n", "\r\n").encode()
        for item in parse(raw, "mail", ARRIVAL).items:
            assert item.for_desk.startswith("its format has no safe id; words of the mail")

    def test_an_embargo_that_is_over_gives_way_to_words_of_another(self):
        raw = NINJS.replace(b"{", b'{"embargoed": "2024-05-01T06:00:00Z", ', 1) % (1, 1)
        held = mail(attached(raw)).replace(b"Subject: Ferry", b"Subject: Embargoed until Monday")
        (item,) = parse(held, "mail", ARRIVAL).items
        assert item.embargo == "unknown"


class TestGlance:
    """Kills first, also those that a mail brings."""

    def test_attached_kill_is_read_first(self):
        raw = b'{"uri": "urn:example:1", "pubstatus": "canceled"}'
        assert glance(mail(attached(raw)))

    def test_ordinary_mail_waits_its_turn(self):
        written = b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nx"
        assert not glance(mail(written, kind=b"alternative"))


class TestBroken:
    """What nothing can be made of says why."""

    @pytest.mark.parametrize(
        ("raw", "reason"),
        [
            (b"", "no Message-ID"),
            (b"From: x\r\nSubject: y\r\n\r\nWords", "no Message-ID"),
            (b"Message-ID: <>\r\nSubject: y\r\n\r\nWords", "no Message-ID"),
            (b"Message-ID: <a@b>\r\nFrom: x\r\n\r\n", "no words"),
            (mail(attached(b'{"uri": ""}')), "attached x.json: it has no uri"),
        ],
    )
    def test_unreadable(self, raw, reason):
        with pytest.raises(Unreadable, match=reason):
            parse(raw, "mail", ARRIVAL)

    @pytest.mark.parametrize(
        "more",
        [
            b"Content-Transfer-Encoding: base64\r\n",
            b"Content-Transfer-Encoding: x-uuencode\r\n",
            b"Content-Transfer-Encoding: no such thing\r\n",
            b'Content-Type: text/plain; charset="\r\n',
            b"Content-Type: text/plain; charset*=utf-7'en'x\r\n",
            b"Content-Type: multipart/mixed\r\n",
            b'Content-Type: multipart/mixed; boundary=""\r\n',
            b"Content-Type: ;;;\r\n",
            b"Content-Disposition: attachment; filename*0*=x''%ff; filename*9=y\r\n",
            b"Content-Type: message/rfc822\r\n",
            b"Subject: =?utf-8?B?!!!?= =?x?Q?=zz?=\r\n",
            b'From: "<">@\r\n',
            b"Date: \xff\r\n",
            b"\xff\xfe: x\r\n",
            b"Content-Language: \x00\r\n",
        ],
    )
    def test_no_header_breaks_the_reader(self, more):
        raw = HEAD % b"one" + more + b"\r\nbegin 644 x\r\nThe ferry sailed.\r\n"
        with suppress(Unreadable):
            (item,) = parse(raw, "mail", ARRIVAL).items
            assert item.guid == "one@harbour.example"


class TestBounds:
    """What a mail may cost."""

    def nested(self, depth):
        raw = HEAD % b"inmost" + b"\r\nWords."
        for number in range(depth):
            kind = b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (
                number,
                number,
            )
            inner = b"Content-Type: message/rfc822\r\n\r\n" + raw
            raw = HEAD % b"%d" % number + kind + inner + b"\r\n--%d--\r\n" % number
        return raw

    def test_mails_in_mails_are_read_so_deep_and_no_deeper(self):
        (item,) = parse(self.nested(4), "mail", ARRIVAL).items
        assert item.guid == "inmost@harbour.example"
        with pytest.raises(Unreadable, match="more than 4 deep"):
            parse(self.nested(5), "mail", ARRIVAL)

    def test_more_boundaries_than_anyone_needs_are_refused(self):
        open_ = b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\n'
        with pytest.raises(Unreadable, match="parts of parts"):
            parse(HEAD % b"one" + open_ * (MOST_BOUNDARIES + 1), "mail", ARRIVAL)

    def test_more_parts_than_anyone_needs_are_left_out(self):
        parts = [attached(NINJS % (n, n)) for n in range(MOST_PARTS + 50)]
        document = parse(mail(*parts), "mail", ARRIVAL)
        assert len(document.items) == MOST_PARTS - 1
        assert f"more than {MOST_PARTS} parts: the others are left out" in document.items[0].notes

    @pytest.mark.parametrize(
        "raw",
        [
            HEAD % b"one" + b"Subject: " + b"=?a?Q?" * 200_000 + b"\r\n\r\nWords.",
            HEAD % b"one" + b"From: " + b"(" * 300_000 + b"\r\n\r\nWords.",
            HEAD % b"one" + b"Content-Type: text/plain" + b"; a=b" * 60_000 + b"\r\n\r\nWords.",
            HEAD % b"one" + b"X: y\r\n" * 60_000 + b"\r\nWords.",
            HEAD % b"one" + b"\r\n" + b"> " * 500_000,
            HEAD % b"one" + b"\r\n" + b"On a\r\n" * 100_000,
            HEAD % b"one" + b"\r\n" + b"-- \r\n" * 100_000,
            HEAD % b"one"
            + b"Content-Type: text/html\r\n\r\nx"
            + b"<p></p>" * 100_000
            + b"<p>Disclaimer",
            HEAD % b"one"
            + b"Content-Type: text/html\r\n\r\n"
            + b"<p>a" * 5_000
            + b"<p>Disclaimer" * 9,
            HEAD % b"one" + b"Content-Type: text/html\r\n\r\n" + b"<div " * 200_000,
            HEAD % b"one" + b"Content-Type: text/html\r\n\r\n>" + b" " * 500_000,
            HEAD % b"one"
            + b"Content-Type: text/plain; format=flowed\r\n\r\n"
            + b"a \r\n" * 200_000,
            mail(*[b"\r\n"] * 50_000),
            mail(b"\r\n" + b"--B \r\n" * 100_000),
        ],
        ids=range(14),
    )
    def test_p_hostile_mail_costs_little(self, raw):
        begun = process_time()
        with suppress(Unreadable):
            parse(raw, "mail", ARRIVAL)
        assert process_time() - begun < 2
