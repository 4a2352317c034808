"""Channels and agencies as a person names them at the shell."""

import pytest

from wireroom.intake import channels
from wireroom.intake.models import Channel
from wireroom.wire.models import Provider

URL = "https://agency.example/feed.xml"
SECRET = "https://wire:open%20sesame@agency.example/feed.xml?a=b"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["", " ", "---", "42", "²"])
@pytest.mark.parametrize("words", [("channel", "add", URL), ("receive", __file__)])
def test_an_agency_without_a_letter_in_its_name_is_refused(command, words, name):
    said = command(*words, f"--provider={name}", "--json")
    assert (said.status, said.out) == (1, "")
    assert "is no name of an agency" in said.err
    assert not Provider.objects.exists()
    assert not Channel.objects.exists()


def test_a_name_too_long_for_a_tag_is_refused(command):
    said = command("channel", "add", URL, "--provider", "N" * 61)
    assert said.status == 1
    assert "too long" in said.err


def test_names_that_differ_are_agencies_that_differ_whatever_their_slugs():
    names = ["A+B", "A&B", "A B", "a-b"]
    found = [channels.provider_named(name) for name in names]
    assert [one.slug for one in found] == ["a-b", "a-b-2", "a-b-3", "a-b"]
    assert [one.name for one in found] == ["A+B", "A&B", "A B", "A+B"]
    assert [channels.provider_named(name) for name in names] == found


def test_an_agency_is_known_by_name_before_slug():
    other = Provider.objects.create(slug="harbour", name="Agence du Port", tag="ADP")
    named = Provider.objects.create(slug="hn", name="Harbour", tag="HN")
    assert channels.provider_named(" harbour ") == named
    assert channels.provider_named("HN") == named
    named.delete()
    assert channels.provider_named("harbour") == other


@pytest.mark.parametrize("act", ["pause", "resume", "remove"])
@pytest.mark.parametrize("name", ["²", "٣", "1²", "9" * 40])
def test_a_number_that_is_none_names_no_channel(command, act, name):
    said = command("channel", act, name)
    assert said.status == 1
    assert f"no channel {name}" in said.err


def test_nobody_sees_who_may_enter_at_a_channels_address(command):
    added = command("channel", "add", SECRET, "--provider", "AFN", "--json")
    pk = added.json["channel"]
    assert added.json["url"] == "https://***@agency.example/feed.xml?a=b"
    assert Channel.objects.get().url == SECRET
    assert Channel.objects.get().name == added.json["url"]
    said = [added, command("channel", "list"), command("channel", "list", "--json")]
    said += [command("channel", "add", SECRET, "--provider", "AFN")]  # it is there already
    said += [command("poll", "--once", str(pk), *words) for words in ((), ("--json",))]
    said += [command("channel", act, SECRET) for act in ("pause", "resume", "remove", "remove")]
    said += [command("channel", "add", "https://wire:open%20sesame@", "--provider", "AFN")]
    for one in said:
        for secret in ("wire:", "open%20sesame", "open sesame"):
            assert secret not in one.out + one.err


@pytest.mark.parametrize("url", ["http://[::1", "https://me:open@[x/feed", "nowhere", ""])
def test_what_is_no_address_at_all_is_said_in_a_sentence(command, url):
    said = command("channel", "add", url, "--provider", "AFN")
    assert said.status == 1
    assert "no address of a channel" in said.err
    assert "me:open" not in said.err


@pytest.mark.parametrize(("words", "whole"), [((), False), (("--full-text",), True)])
def test_stories_are_completed_from_their_pages_only_where_it_is_said(command, words, whole):
    command("channel", "add", URL, "--provider", "AFN", *words)
    assert Channel.objects.get().full_text is whole
