"""Channels that agencies send to: at the shell, and on a site that runs."""

import hmac
import json
import urllib.request

import pytest
from django.conf import settings

from harness.site import LIMIT, until
from wireroom.intake.models import Channel

ITEM = {
    "uri": "urn:harbour:1",
    "type": "text",
    "version": "1",
    "headline": "Lower Wick opens its new harbour",
    "body_text": "The harbour of Lower Wick was opened on Monday, its master said.",
}


@pytest.mark.django_db
class TestShell:
    @pytest.fixture
    def url(self):
        return f"{settings.SITE}/push/harbour"

    def test_its_secret_is_shown_once(self, command, url):
        said = command("channel", "add", url, "--provider", "Harbour", "--json")
        channel = Channel.objects.get()
        assert said.json == {
            "channel": channel.pk,
            "provider": "harbour",
            "url": url,
            "format": "",
            "secret": channel.secret,
        }
        assert len(channel.secret) > 40
        again = command("channel", "add", url, "--provider", "Harbour")
        assert (again.status, f"{url} already" in again.err) == (1, True)
        for words in (("list",), ("list", "--json"), ("pause", url), ("resume", url), ("export",)):
            said = command("channel", *words)
            assert said.status == 0
            assert channel.secret not in said.out + said.err

    def test_it_is_listed_as_sent_to_and_never_polled(self, command, url):
        command("channel", "add", url, "--provider", "Harbour")
        assert f"{url}  is sent to" in command("channel", "list").out
        assert command("poll", "--once", "--json").json["channels"] == []
        named = command("poll", "--once", url)
        assert (named.status, "sends to it" in named.err) == (1, True)
        command("channel", "pause", url)
        command("channel", "resume", url)
        assert Channel.objects.get().next_at is None
        assert url not in command("channel", "export").out

    def test_a_pace_of_polling_is_refused(self, command, url):
        said = command("channel", "add", url, "--provider", "Harbour", "--every", "60")
        assert (said.status, Channel.objects.exists()) == (1, False)

    @pytest.mark.parametrize("name", ["", "Two", "a/b", "x" * 61, "a?b", "é"])
    def test_what_is_no_name_opens_no_address(self, command, url, name):
        told = url.removesuffix("harbour") + name
        said = command("channel", "add", told, "--provider", "Harbour")
        assert (said.status, Channel.objects.exists()) == (1, False)
        assert "small letters" in said.err


def test_what_an_agency_sends_is_a_live_story_of_a_running_site(site, process):
    here = f"http://127.0.0.1:{site.port}"
    added = process(
        "channel", "add", f"{here}/push/harbour", "--provider", "Harbour", "--json",
        PORT=str(site.port),
    ).json  # fmt: skip
    raw = json.dumps(ITEM).encode()

    def sign(signed):
        return f"sha256={hmac.digest(added['secret'].encode(), signed, 'sha256').hex()}"

    request = urllib.request.Request(
        added["url"],
        raw,
        {"Content-Type": "application/json", "X-Hub-Signature": sign(raw)},
    )
    with urllib.request.urlopen(request, timeout=LIMIT) as answer:
        assert answer.status == 202
        where = answer.headers["Location"]

    def fates():
        status, text = site.get(where, **{"X-Hub-Signature": sign(where.encode())})
        assert status == 200
        return [item["fate"] for item in json.loads(text)["items"]]

    until(lambda: fates() == ["current"])
    assert ITEM["headline"] in site.get("/news")[1]
