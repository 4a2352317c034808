"""A process that is killed loses nothing and doubles nothing, whichever step it is killed at.

The process is a real one, ended with SIGKILL; another goes on from what it left. Documents are
sent anew for each step, so that every kill finds what all kills before it left.
"""

import hmac
import http.client
import os
import signal
import threading
from datetime import timedelta
from hashlib import sha256
from itertools import count

import pytest
from django.conf import settings
from django.utils import timezone

from harness import ftp
from harness.agency import Agency, reply
from harness.hub import call
from harness.killed import Commands
from harness.pulls import put
from harness.site import LIMIT, serving, until
from harness.wires import take, text_of
from wireroom.formats.ninjs import write as ninjs
from wireroom.intake import channels
from wireroom.intake.models import Channel, Delivery, Receipt, Subscription
from wireroom.wire.models import Story, Version

KILLED = -signal.SIGKILL
POLL = ("poll", "--once")

pytestmark = pytest.mark.django_db(transaction=True)


def document(number):
    now = timezone.now().replace(microsecond=0)
    item = take(
        1,
        f"Ferry {number} returns",
        guid=guid(number),
        text=text_of(number),
        version_created=now,
        first_created=now,
    )
    return ninjs.written(item)


def guid(number):
    return f"urn:harbour:{number}"


@pytest.fixture
def env(database_url, tmp_path):
    """The environment of processes that have the test's own database."""
    return os.environ | {"WIREROOM_HOME": str(tmp_path), "DATABASE_URL": database_url}


def leases_end():
    """Let so much time pass that nobody holds what the dead held."""
    past = timezone.now() - timedelta(seconds=1)
    for held in (Delivery, Channel):
        held.objects.exclude(leased_until=None).update(leased_until=past)


def stage(raw):
    """Say how far a document is."""
    found = Delivery.objects.filter(sha256=sha256(raw).hexdigest()).first()
    if found is None:
        return "on its way"
    if found.state != "waiting":
        return str(found.state)
    if found.receipts.exists():
        return "in the wire"
    return "claimed" if found.tries else "stored"


def held(number):
    """See that each document is one live story of one version, and each delivery has its fate."""
    numbers = range(1, number + 1)
    live = Story.objects.live(timezone.now()).values_list("guid", flat=True)
    assert sorted(live) == sorted(map(guid, numbers))
    assert Story.objects.count() == Version.objects.count() == len(numbers)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}
    for delivery in Delivery.objects.all():
        assert delivery.receipts.count() == delivery.items == 1
    new = Receipt.objects.filter(ruling="new").values_list("guid", flat=True)
    assert sorted(new) == sorted(map(guid, numbers))
    others = Receipt.objects.exclude(ruling="new").values_list("ruling", flat=True)
    assert set(others) <= {"repeat"}


class Kills:
    """A poll killed before its first step, another before its second, and so on to the end.

    A document is sent when the one before has been stored. Of one that is stored, another
    process takes the rest of the way at once.
    """

    def __init__(self, commands, send, *, first=1):
        self.commands, self.send, self.sent = commands, send, first - 1
        #: The steps, with the stage at which the document was then.
        self.left = []

    def document(self):
        self.sent += 1
        raw = document(self.sent)
        self.send(self.sent, raw)
        return raw

    def every_step(self, last="done"):
        """Kill at every step, until a document gets to the last stage."""
        raw = self.document()
        for number in count(1):
            status, step = self.commands.run(*POLL, before=number)
            at = stage(raw)
            if status != KILLED:
                assert (status, step, at) == (0, "", "done")
                return
            self.left.append((step, at))
            if at != "on its way":
                leases_end()
                assert self.commands.run(*POLL) == (0, "")
                held(self.sent)
                if at == last:
                    return
                raw = self.document()

    def at(self, stage):
        """Name the steps before which a kill left a document at a stage."""
        return [step for step, found in self.left if found == stage]


def test_a_poll_that_is_killed_at_any_step_takes_a_document_in_once(env, running):
    agency = running(Agency())
    channels.add(agency.url("/wire"), provider="Harbour News")

    def send(_, raw):
        agency.answers["/wire"] = reply(200, raw)

    with Commands(env | {"WIREROOM_FETCH_ALLOW": agency.place}) as commands:
        kills = Kills(commands, send)
        kills.every_step()
    held(kills.sent)
    assert Delivery.objects.count() == kills.sent
    assert {found for _, found in kills.left} == {"on its way", "stored", "claimed", "in the wire"}
    assert 'INSERT INTO "intake_kept"' in kills.at("on its way")
    assert 'INSERT INTO "intake_receipt"' in kills.at("claimed")


def test_a_poll_that_is_killed_in_the_middle_of_an_answer_asks_again(env, running):
    agency = running(Agency())
    channels.add(agency.url("/wire"), provider="Harbour News")
    raw = document(1)
    whole = reply(200, raw, etag='"1"')
    half, killed = threading.Event(), threading.Event()

    def broken_off(_):
        yield whole[: -len(raw) // 2]
        half.set()
        killed.wait(LIMIT)

    agency.answers["/wire"] = broken_off
    with Commands(env | {"WIREROOM_FETCH_ALLOW": agency.place}) as commands:
        pid = commands.begin(*POLL)
        assert half.wait(LIMIT)
        os.kill(pid, signal.SIGKILL)
        assert commands.end()[0] == KILLED
        killed.set()
        assert stage(raw) == "on its way"
        agency.answers["/wire"] = whole
        assert commands.run(*POLL) == (0, "")
    held(1)
    assert Delivery.objects.count() == 1


def test_a_look_into_a_hot_folder_that_is_killed_at_any_step_loses_no_file(env, hot):
    channels.add(hot.as_uri(), provider="Harbour News")

    def send(number, raw):
        (hot / f"{number}.json").write_bytes(raw)

    with Commands(env) as commands:
        kills = Kills(commands, send)
        kills.every_step(last="claimed")
    held(kills.sent)
    assert "os.rename" in kills.at("stored")
    assert {path.name for path in hot.iterdir()} == {"done"}


def test_a_visit_over_ftp_that_is_killed_at_any_step_takes_a_file_in_once(env, hot, running):
    server = running(ftp.Files(hot))
    channels.add(server.url(), provider="Harbour News")

    def send(number, raw):
        put(hot / f"{number}.json", raw)

    send(1, document(1))
    with Commands(env | {"WIREROOM_FETCH_ALLOW": server.place}) as commands:
        assert commands.run(*POLL) == (0, "")  # it is stored, and another visit puts it away
        kills = Kills(commands, send, first=2)
        kills.every_step(last="claimed")
    held(kills.sent)
    assert Delivery.objects.count() == kills.sent
    assert {"RNFR", "RNTO", "RETR"} <= set(kills.at("on its way"))
    assert kills.at("stored")
    assert {path.name for path in hot.iterdir()} == {"done"}
    assert len(list((hot / "done").iterdir())) == kills.sent


class Sender:
    """Somebody who signs what is sent to an address of the site, and sends until it is answered."""

    def __init__(self, path, secret):
        self.path, self.secret = path, secret

    def head(self, raw):
        digest = hmac.digest(self.secret.encode(), raw, "sha256").hex()
        return {"X-Hub-Signature": f"sha256={digest}", "Content-Type": "application/json"}

    def begin(self, site, raw, much):
        """Send so much of a document; the connection stays."""
        talk = http.client.HTTPConnection("127.0.0.1", site.port, timeout=LIMIT)
        talk.putrequest("POST", self.path)
        for name, value in (self.head(raw) | {"Content-Length": str(len(raw))}).items():
            talk.putheader(name, value)
        talk.endheaders(raw[:much])
        return talk

    def send(self, site, raw):
        return call("POST", f"http://127.0.0.1:{site.port}{self.path}", raw, self.head(raw))[0]


def senders():
    """Make a channel that is sent to, and one whose hub was asked and has asked back."""
    pushed = channels.add(f"{settings.SITE}/push/harbour", provider="Harbour News")
    told = channels.add("http://127.0.0.1:1/feed", provider="Harbour News", every=86_400)
    Channel.objects.filter(pk=told.pk).update(next_at=timezone.now() + timedelta(days=1))
    now = timezone.now()
    Subscription.objects.create(
        channel=told,
        hub="http://127.0.0.1:1/hub",
        topic=told.url,
        token="guess-me",
        secret="between-us",
        asked_at=now,
        verified_at=now,
        ends_at=now + timedelta(days=1),
    )
    return [Sender("/push/harbour", pushed.secret), Sender("/websub/guess-me", "between-us")]


def test_a_site_that_is_killed_while_it_is_sent_to_takes_each_document_in_once(env):
    agency, hub = senders()
    cut, agencys, hubs = document(1), document(2), document(3)
    with serving(env, "web") as site:
        until(site.answers)
        talks = [agency.begin(site, cut, len(cut) // 2), hub.begin(site, cut, len(cut) // 2)]
        talks += [agency.begin(site, agencys, len(agencys)), hub.begin(site, hubs, len(hubs))]
        until(lambda: Delivery.objects.count() == 2)
        os.killpg(site.pid, signal.SIGKILL)
        for talk in talks:
            talk.close()
    assert [stage(raw) for raw in (cut, agencys, hubs)] == ["on its way", "stored", "stored"]
    with serving(env, "serve") as site:
        until(site.answers)
        sent = [agency.send(site, cut), agency.send(site, agencys), hub.send(site, hubs)]
        assert sent == [202, 202, 202]
        until(lambda: not Delivery.objects.filter(state="waiting").exists())
        assert Delivery.objects.count() == 3
        assert site.end() == 0
    held(3)
