"""Documents that an agency sends to its own address here, over HTTP on this machine."""

import gzip
import hmac
import http.client
import json
import threading
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from harness.wires import MINUTE, NOON, text_of
from wireroom.intake import channels, pipeline, push, reissues, schedule
from wireroom.intake.inbox import HEAVIEST
from wireroom.intake.models import Channel, Delivery
from wireroom.wire.models import Story


def ninjs(guid, version=1, **words):
    made = {
        "uri": guid,
        "type": "text",
        "version": str(version),
        "versioncreated": (NOON + version * MINUTE).isoformat(),
        "headline": f"{guid} {version}",
        "body_text": f"The harbour of Lower Wick opens for the {version}. time this year.",
    }
    return json.dumps(made | words).encode()


class Answer:
    """What came back."""

    def __init__(self, answer):
        self.status = answer.status
        self.headers = dict(answer.getheaders())
        self.raw = answer.read()

    @property
    def json(self):
        return json.loads(self.raw)


class Sender:
    """An agency that sends to one channel."""

    def __init__(self, place, channel):
        self.place, self.channel, self.secret = place, channel, channel.secret
        self.path = urlsplit(push.address_of(channel.url)).path

    def sign(self, raw, method="sha256"):
        return f"{method}={hmac.digest(self.secret.encode(), raw, method).hex()}"

    def ask(self, verb, path, raw=None, **headers):
        talk = http.client.HTTPConnection(self.place, timeout=30)
        try:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            talk.request(verb, path, raw, given)
            return Answer(talk.getresponse())
        finally:
            talk.close()

    def send(self, raw, **headers):
        given = {"Content_Type": "application/json", "X_Hub_Signature": self.sign(raw)}
        given |= headers
        kept = {name: value for name, value in given.items() if value is not None}
        return self.ask("POST", self.path, raw, **kept)

    def fates(self, path):
        return self.ask("GET", path, X_Hub_Signature=self.sign(path.encode()))


@pytest.fixture
def place(transactional_db, live_server):
    return urlsplit(live_server.url).netloc


@pytest.fixture
def opened(place, settings):
    """Open a channel for pushes, and be its agency."""

    def open_(name, **words):
        channel = channels.add(f"{settings.SITE}/push/{name}", provider="Harbour", **words)
        return Sender(place, channel)

    return open_


@pytest.fixture
def agency(opened):
    return opened("harbour")


def run_all():
    while pipeline.run(now=NOON + timedelta(hours=1)):
        pass


def test_what_is_sent_is_stored_and_its_fate_can_be_asked(agency):
    raw = ninjs("urn:harbour:1")
    answer = agency.send(raw)
    delivery = Delivery.objects.get()
    where = f"/push/harbour/{delivery.pk}"
    assert answer.status == 202
    assert answer.json == {"delivery": delivery.pk, "fates": where}
    assert answer.headers["Location"] == where
    assert (delivery.raw, delivery.channel, delivery.provider.name) == (
        raw,
        agency.channel,
        "Harbour",
    )
    assert agency.fates(where).json == {
        "delivery": delivery.pk,
        "state": "waiting",
        "reason": "",
        "items": [],
    }
    run_all()
    told = agency.fates(where)
    assert told.status == 200
    assert (told.json["state"], told.json["items"]) == (
        "done",
        [{"guid": "urn:harbour:1", "fate": "current", "reason": "", "version": 1}],
    )


def test_each_item_of_many_has_its_own_fate_and_a_bad_one_costs_no_other(agency):
    bad = b'{"uri": "urn:harbour:bad", "type": "text", "headline": \x01}'
    answer = agency.send(b"\n".join([ninjs("urn:harbour:1"), bad, ninjs("urn:harbour:2")]))
    run_all()
    items = agency.fates(answer.json["fates"]).json["items"]
    assert sorted(item["fate"] for item in items) == ["current", "current", "quarantined"]
    assert all(item["reason"] for item in items if item["fate"] == "quarantined")


def test_what_cannot_be_read_is_taken_and_told_later_for_nothing_is_read_here(agency):
    answer = agency.send(b"\x00 no wire", Content_Type="application/octet-stream")
    assert answer.status == 202
    run_all()
    told = agency.fates(answer.json["fates"]).json
    assert (told["state"], told["items"]) == ("quarantined", [])
    assert told["reason"]


def listing(guid, minute):
    """A feed that lists one story, with the same text whatever its id."""
    date = (NOON + minute * MINUTE).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        '<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>'
        f"<description>A</description><item><guid isPermaLink='false'>{guid}</guid>"
        f"<title>Boats {minute}</title><pubDate>{date}</pubDate>"
        f"<description>{text_of(1)}</description></item></channel></rss>"
    ).encode()


def test_fate_of_an_item_whose_story_was_merged_is_told_of_the_story_that_stays(agency):
    asked = []
    for number, guid in enumerate(("urn:harbour:old", "urn:harbour:new")):
        answer = agency.send(listing(guid, number), Content_Type="application/rss+xml")
        asked.append(answer.json["fates"])
        run_all()
        reissues.look(now=NOON + timedelta(hours=1))
    new = Story.objects.get(guid="urn:harbour:new")
    assert new.merged_into.guid == "urn:harbour:old"
    told = [item["fate"] for path in asked for item in agency.fates(path).json["items"]]
    assert told == ["superseded", "current"]


@pytest.mark.parametrize("method", ["sha256", "sha384", "sha512"])
def test_agency_chooses_the_method(agency, method):
    raw = ninjs("urn:harbour:1")
    assert agency.send(raw, X_Hub_Signature=agency.sign(raw, method)).status == 202


def wrong_signatures(agency, stranger, raw):
    right = agency.sign(raw)
    return {
        "none": None,
        "empty": "",
        "of other bytes": agency.sign(raw + b" "),
        "of another channel's secret": stranger.sign(raw),
        "by a method too weak": agency.sign(raw, "sha1"),
        "cut": right[:-1],
        "longer": right + "00",
        "not named": right.partition("=")[2],
        "of no secret": f"sha256={hmac.digest(b'', raw, 'sha256').hex()}",
        "the secret itself": agency.secret,
    }


def test_only_the_agencys_own_signature_opens(agency, opened):
    raw = ninjs("urn:harbour:1")
    for why, signature in wrong_signatures(agency, opened("lighthouse"), raw).items():
        answer = agency.send(raw, X_Hub_Signature=signature)
        assert answer.status == 401, why
        assert "HMAC" in answer.headers["WWW-Authenticate"]
        assert agency.secret.encode() not in answer.raw
        assert agency.sign(raw).encode() not in answer.raw
    assert not Delivery.objects.exists()


def test_fates_are_told_to_the_channels_own_agency_alone(agency, opened):
    stranger = opened("lighthouse")
    where = agency.send(ninjs("urn:harbour:1")).json["fates"]
    number = where.rpartition("/")[2]
    assert agency.ask("GET", where).status == 401
    assert stranger.fates(where).status == 401
    assert agency.ask("GET", where, X_Hub_Signature=agency.sign(b"")).status == 401
    assert stranger.fates(f"/push/lighthouse/{number}").status == 404
    assert agency.fates(f"/push/harbour/{int(number) + 1}").status == 404
    assert agency.fates(f"/push/harbour/{'9' * 18}").status == 404
    assert agency.fates(f"/push/harbour/{'9' * 40}").status == 404
    assert agency.fates(where).headers["Cache-Control"] == "no-store"


def test_same_bytes_again_are_one_delivery_with_the_same_answer(agency):
    raw = ninjs("urn:harbour:1")
    first = agency.send(raw)
    run_all()
    again = agency.send(raw)
    assert (first.status, first.raw) == (again.status, again.raw)
    assert Delivery.objects.count() == 1


def test_a_key_stands_for_one_sending(agency):
    first, second = ninjs("urn:harbour:1"), ninjs("urn:harbour:1", 2)
    one = agency.send(first, Idempotency_Key="a-1")
    assert agency.send(first, Idempotency_Key="a-1").raw == one.raw
    clash = agency.send(second, Idempotency_Key="a-1")
    assert (clash.status, Delivery.objects.count()) == (422, 1)
    assert agency.send(first, Idempotency_Key="a-2").status == 202
    assert agency.send(second, Idempotency_Key=f"sha256:{'0' * 64}").status == 202
    assert Delivery.objects.count() == 3


def test_channels_do_not_share_keys_nor_bytes(agency, opened):
    raw = ninjs("urn:harbour:1")
    other = opened("lighthouse")
    answers = [one.send(raw, Idempotency_Key="a-1").json["delivery"] for one in (agency, other)]
    assert len({*answers, agency.send(raw).json["delivery"]}) == 3


def test_sent_eight_times_at_once_it_is_one_delivery(agency):
    raw = ninjs("urn:harbour:1")
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(agency.send(raw))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status for answer in answers} == {202}
    assert len({answer.raw for answer in answers}) == Delivery.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content_Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content_Type": "text/html; charset=utf-8"}, 415),
        ({"Content_Type": "image/jpeg"}, 415),
        ({"Content_Encoding": "br"}, 415),
        ({"Content_Encoding": "gzip, gzip"}, 415),
        ({"Idempotency_Key": "two words"}, 400),
        ({"Idempotency_Key": "x" * 201}, 400),
        ({"Content_Length": "20000001"}, 413),
        ({"Content_Length": "9" * 40}, 413),
        ({"Transfer_Encoding": "chunked"}, 411),
    ],
    ids=str,
)
def test_what_is_not_taken_is_told_why(agency, headers, status):
    answer = agency.send(ninjs("urn:harbour:1"), **headers)
    assert (answer.status, Delivery.objects.count()) == (status, 0)
    assert answer.json["error"].endswith(".")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("raw", [b"", b" \r\n\t "], ids=["nothing", "white space"])
def test_nothing_is_no_document(agency, raw):
    assert agency.send(raw, Content_Length=str(len(raw))).status == 400


def test_a_document_may_be_as_heavy_as_one_that_is_fetched(agency):
    assert agency.send(b"x" * HEAVIEST, Content_Type="text/plain").status == 202


@pytest.mark.parametrize("kind", ["application/newsml+xml", "application/vnd.iptc.g2.newsitem+xml"])
def test_names_of_kinds_of_wires_are_many(agency, kind):
    assert agency.send(ninjs("urn:harbour:1"), Content_Type=kind).status == 202


def test_charset_of_the_transport_goes_with_the_bytes(agency):
    agency.send("Café du Port".encode("cp1252"), Content_Type='text/plain; charset="Windows-1252"')
    assert Delivery.objects.get().charset.lower() == "windows-1252"


def test_packed_document_is_signed_as_sent_and_kept_as_what_is_in_it(agency):
    raw = ninjs("urn:harbour:1")
    assert agency.send(gzip.compress(raw), Content_Encoding="gzip").status == 202
    assert Delivery.objects.get().raw == raw


def test_format_of_the_channel_goes_with_the_bytes(opened):
    opened("harbour", format="ninjs").send(ninjs("urn:harbour:1"))
    assert Delivery.objects.get().format == "ninjs"


def test_crowd_is_asked_to_wait_but_a_kill_never_waits(agency, monkeypatch):
    monkeypatch.setattr(push, "MOST_WAITING", 2)
    for number in (1, 2):
        first = agency.send(ninjs(f"urn:harbour:{number}"))
    crowded = agency.send(ninjs("urn:harbour:3"))
    assert (crowded.status, crowded.headers["Retry-After"]) == (429, "60")
    assert agency.send(ninjs("urn:harbour:2")).raw == first.raw  # it is here already
    assert agency.send(ninjs("urn:harbour:1", 2, pubstatus="canceled")).status == 202
    assert Delivery.objects.order_by("pk").last().urgent
    run_all()
    assert agency.send(ninjs("urn:harbour:3")).status == 202


def test_paused_channel_takes_nothing_for_now(agency):
    Channel.objects.update(paused=True)
    answer = agency.send(ninjs("urn:harbour:1"))
    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert not Delivery.objects.exists()


def test_there_is_nothing_at_other_addresses_and_by_other_verbs(agency):
    raw = ninjs("urn:harbour:1")
    signed = {"X_Hub_Signature": agency.sign(raw)}
    polled = channels.add("https://agency.example/feed", provider="Harbour")
    for path in ("/push/nobody", f"/push/{polled.pk}", f"/push/{agency.channel.pk}", "/push/x/"):
        assert agency.ask("POST", path, raw, **signed).status == 404
    for verb in ("GET", "PUT", "DELETE"):
        assert agency.ask(verb, agency.path, **signed).status == 405
    assert not Delivery.objects.exists()


def test_channel_that_is_sent_to_is_never_asked(agency):
    assert schedule.claim(now=NOON + timedelta(days=9_999)) == []
    assert agency.channel.next_at is None
