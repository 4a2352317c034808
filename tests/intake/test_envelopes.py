"""Mail and teletype text on their way into the wire: one story by any envelope, none unseen."""

import json
from base64 import encodebytes

import pytest

from harness.wires import HOUR, NOON
from wireroom.intake import pipeline
from wireroom.intake.inbox import delivery_of, put_down
from wireroom.intake.models import Receipt
from wireroom.intake.where import find, tell
from wireroom.wire.models import Provider, Story

NOW = NOON + HOUR
NINJS = {
    "uri": "urn:example:ferry",
    "type": "text",
    "version": "1",
    "versioncreated": NOON.isoformat(),
    "headline": "Island ferry back in service",
    "body_html": "<p>The ferry to Elm Island sailed again.</p>",
}
HEAD = (
    b"Message-ID: <ferry-17@harbour.example>\r\nFrom: Harbour Wire <desk@harbour.example>\r\n"
    b"Subject: Island ferry back in service\r\nDate: Thu, 02 May 2024 12:00:00 +0000\r\n"
)
STORY = HEAD + b"\r\nThe ferry to Elm Island sailed again.\r\n"
TELETYPE = (
    b"\x01hwe0417 4 pl 61\r\n\r\nFerries/\r\n\x02Island ferry back in service =\r\n\r\n"
    b"The ferry sailed again.\r\n\x03021200 May 24\r\n"
)
ANPA = (
    b"\x16\x16\x01a0417\r\nu i\x13\x11 bc-Ferry  05-02 0061\r\n\x02^Ferry back<\r\n"
    b"\tThe ferry sailed again.<\r\n\x03HW-WS-05-02-24 1200GMT<\x04"
)


def enveloped(**words):
    document = encodebytes(json.dumps(NINJS | words).encode())
    kind = b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\n'
    part = b"Content-Type: application/json; name=ferry.json\r\n"
    return (
        HEAD + kind + part + b"Content-Transfer-Encoding: base64\r\n\r\n" + document + b"--B--\r\n"
    )


@pytest.fixture
def provider(db):
    return Provider.objects.create(slug="hw", name="Harbour Wire", tag="HW")


def deliver(provider, *documents):
    for raw in documents:
        put_down([delivery_of(raw, provider=provider, now=NOW)])
        while pipeline.run(now=NOW):
            pass


def test_the_same_item_by_mail_and_by_itself_is_one_story(provider):
    deliver(provider, json.dumps(NINJS).encode(), enveloped())
    (story,) = Story.objects.all()
    assert list(Receipt.objects.order_by("id").values_list("ruling", flat=True)) == [
        "new",
        "repeat",
    ]
    assert story in Story.objects.live(NOW)


def test_kill_that_a_mail_brings_attached_kills(provider):
    deliver(provider, json.dumps(NINJS).encode(), enveloped(version="2", pubstatus="canceled"))
    assert Story.objects.get().killed_at == NOW


def test_kill_that_a_mail_brings_overtakes_a_backlog_of_mail(provider):
    backlog = [enveloped(uri=f"urn:example:{number}") for number in range(20)]
    put_down(delivery_of(one, provider=provider, now=NOW) for one in [enveloped(), *backlog])
    pipeline.run(now=NOW, limit=1)
    kill = enveloped(version="2", pubstatus="canceled")
    put_down([delivery_of(kill, provider=provider, now=NOW)])
    pipeline.run(now=NOW, limit=1)
    assert Story.objects.get().killed_at == NOW


@pytest.mark.parametrize("raw", [STORY, TELETYPE, ANPA], ids=["mail", "iptc7901", "anpa"])
def test_what_has_no_safe_id_waits_for_a_person_and_where_says_why(provider, raw):
    deliver(provider, raw, raw)
    (story,) = Story.objects.all()
    assert not Story.objects.live(NOW).exists()
    told = tell(story, now=NOW)
    assert told["held_because"] == ["for_desk"]
    assert told["deliveries"][0]["reason"] == "its format has no safe id"
    assert find(story.guid) == [story]
