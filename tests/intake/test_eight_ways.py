"""Whichever of the eight ways an item comes, it becomes a story, and by all of them one."""

import hmac
import json
from datetime import timedelta
from email.message import EmailMessage
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.utils import timezone

from harness import ftp, sftp
from harness.agency import reply
from harness.hub import Hub, call
from harness.pulls import look, put
from harness.wires import take
from wireroom.formats.newsmlg2 import write as newsmlg2
from wireroom.formats.ninjs import write as ninjs
from wireroom.intake import channels, pipeline, push, websub
from wireroom.intake.collect import folder
from wireroom.intake.models import Delivery, Receipt
from wireroom.wire.models import Story, Version

GUID = "urn:harbour:ferries"
HEADLINE = "Ferries return to Lower Wick"
TEXT = "The first ferry since March left at noon."

pytestmark = [pytest.mark.usefixtures("soon")]


def item(guid=GUID, headline=HEADLINE, text=TEXT):
    now = timezone.now().replace(microsecond=0)
    return take(1, headline, guid=guid, text=text, version_created=now, first_created=now)


class Ways:
    """An agency that sends by each of the eight ways, and the channels it sends to."""

    def __init__(self, dovecot, user, running, hot):
        self.dovecot, self.user, self.running, self.hot = dovecot, user, running, hot
        self.web = running(Hub())

    def channel(self, url, **words):
        return channels.add(url, provider="Harbour News", **words)

    def http_poll(self, raw):
        self.web.answers["/wire"] = reply(200, raw)
        look(self.channel(self.web.url("/wire")))

    def websub(self, raw):
        link = f'<{self.web.url("/hub")}>; rel="hub", <{self.web.url("/told")}>; rel="self"'
        before = ninjs.written(item("urn:harbour:before", "Before", "Words of before."))
        self.web.answers["/told"] = reply(200, before, Link=link)
        look(self.channel(self.web.url("/told")))
        assert websub.ask(now=timezone.now()) == 1
        assert self.web.send(raw, kind="application/json") == 202

    def signed_push(self, raw):
        channel = self.channel(f"{settings.SITE}/push/harbour")
        digest = hmac.digest(channel.secret.encode(), raw, "sha256").hex()
        signed = {"X-Hub-Signature": f"sha256={digest}", "Content-Type": "application/json"}
        assert call("POST", push.address_of(channel.url), raw, signed)[0] == 202

    def hot_folder(self, raw):
        place = self.folder("hot")
        put(place / "one", raw)
        folder.look(self.channel(place.as_uri()), now=timezone.now() + timedelta(minutes=1))

    def ftp(self, raw):
        place = self.folder("ftp")
        self.pulled(self.running(ftp.Files(place)), place, raw)

    def ftps(self, raw):
        place = self.folder("ftps")
        certificate = str(self.dovecot.certificate)
        self.pulled(self.running(ftp.Files(place, certificate=certificate)), place, raw)

    def sftp(self, raw):
        place = self.folder("sftp")
        self.pulled(self.running(sftp.Files(place)), place, raw)

    def imap(self, raw):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "Harbour News <desk@harbour.example>", "Our wire"
        mail["Message-ID"] = "<1@harbour.example>"
        mail.set_content("The item is attached.")
        end = "xml" if raw.startswith(b"<") else "json"
        mail.add_attachment(raw, "application", end, filename=f"item.{end}")
        self.dovecot.deliver(self.user, mail.as_bytes().replace(b"\n", b"\r\n"))
        channel = self.channel(self.dovecot.url(self.user), format="mail")
        look(channel)
        look(channel)
        assert len(self.dovecot.messages(self.user, "INBOX/done")) == 1

    def folder(self, name):
        place = self.hot / name
        place.mkdir()
        return place

    def pulled(self, server, place, raw):
        put(place / "one", raw)
        channel = self.channel(server.url())
        look(channel)
        look(channel)
        assert (place / "done" / "one").read_bytes() == raw


WAYS = ["http_poll", "websub", "signed_push", "hot_folder", "ftp", "ftps", "sftp", "imap"]


@pytest.fixture
def site(transactional_db, live_server, settings):
    """The address of our site."""
    settings.SITE = live_server.url
    return live_server.url


@pytest.fixture
def ways(site, mail_server, user, running, hot):
    """An agency, whom we believe."""
    return Ways(mail_server, user, running, hot)


def taken_in():
    """Take in what has come, to the last."""
    while pipeline.run(now=timezone.now()):
        pass


def public(site):
    """Give the pages of live stories with the headline, as the site's list has them."""
    listed = json.loads(asked(f"{site}/index.json"))["items"]
    return [asked(one["url"]) for one in listed if one["title"] == HEADLINE]


def asked(address):
    """Ask as readers do, who go where they are sent; raises HTTPError for all but a page."""
    with urlopen(address, timeout=30) as answer:
        return answer.read().decode()


@pytest.mark.parametrize("way", WAYS)
def test_an_item_sent_by_each_of_the_eight_ways_becomes_a_live_story(way, ways, site):
    getattr(ways, way)(ninjs.written(item()))
    assert public(site) == []
    taken_in()
    (page,) = public(site)
    assert TEXT in page


@pytest.mark.parametrize("attached", ["ninjs", "NewsML-G2"])
@pytest.mark.parametrize("order", [WAYS, WAYS[::-1]], ids=["web first", "mail first"])
def test_an_item_sent_by_all_eight_ways_is_one_story_with_one_page(attached, order, ways, site):
    one = item()
    raw = ninjs.written(one)
    mailed = raw if attached == "ninjs" else newsmlg2.written(one, now=timezone.now())
    for way in order:
        getattr(ways, way)(mailed if way == "imap" else raw)
        taken_in()
    (page,) = public(site)
    assert TEXT in page
    story = Story.objects.get(guid=GUID)
    assert Version.objects.filter(story=story).count() == 1
    rulings = list(
        Receipt.objects.filter(guid=GUID).order_by("id").values_list("ruling", flat=True)
    )
    # A NewsML-G2 message says when it was sent: what does not is older, and as good as a repeat.
    assert (rulings[0], set(rulings[1:]) <= {"repeat", "history"}) == ("new", True)
    assert len(rulings) == 8
    assert Delivery.objects.filter(state="done").values("channel").distinct().count() == 8
