"""Whose mail a channel takes: named by a person, others in quarantine until they are."""

import pytest

from harness.wires import NOON
from wireroom.intake import channels, pipeline
from wireroom.intake.inbox import delivery_of, put_down
from wireroom.intake.models import Channel, Delivery, DeliveryState
from wireroom.wire.models import Story

URL = "imaps://wire:s3cret@agency.example/wires"
RAW = (
    b"Message-ID: <1@agency.example>\r\nFrom: Night Desk <night@agency.example>\r\n"
    b"Subject: Ferries\r\n\r\nThey sail again.\r\n"
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mailbox(command):
    said = command("channel", "add", URL, "--provider=AFN", "--sender=Desk@agency.example")
    assert said.status == 0
    return Channel.objects.get()


def received(channel, raw=RAW):
    [delivery] = put_down(
        [delivery_of(raw, provider=channel.provider, channel=channel, format="mail", now=NOON)]
    )
    settled()
    return Delivery.objects.get(pk=delivery.pk)


def settled():
    while pipeline.run():
        pass


@pytest.mark.parametrize("words", [(URL,), ("file:///var/mail", "--format=mail")])
def test_a_channel_of_mail_is_not_added_until_somebody_says_whose_it_takes(command, words):
    said = command("channel", "add", *words, "--provider=AFN")
    assert said.status == 1
    assert "say whose are taken with --sender" in said.err
    assert not Channel.objects.exists()
    told = ("--sender=desk@agency.example", "--sender=@Wires.Example", "--sender=@wires.example")
    assert command("channel", "add", *words, "--provider=AFN", *told).status == 0
    assert Channel.objects.get().senders == ["@wires.example", "desk@agency.example"]


def test_what_names_no_sender_and_what_has_none_is_said_in_a_sentence(command):
    said = command("channel", "add", URL, "--provider=AFN", "--sender=The Desk")
    assert (said.status, "names no sender" in said.err) == (1, True)
    feed = "https://agency.example/feed.xml"
    said = command("channel", "add", feed, "--provider=AFN", "--sender=@agency.example")
    assert (said.status, "Only what comes as mail" in said.err) == (1, True)
    assert not Channel.objects.exists()


def test_the_list_of_channels_says_whose_mail_each_takes(command, mailbox):
    channels.add("file:///wires", provider="AFN", format="mail")
    channels.add("file:///feeds", provider="AFN")
    rows = command("channel", "list", "--json").json
    assert [row["senders"] for row in rows] == [["desk@agency.example"], [], []]
    one, two, three = command("channel", "list").out.splitlines()
    assert one.endswith("  from desk@agency.example")
    assert two.endswith("  from everybody")
    assert " from " not in three
    assert mailbox.pk == rows[0]["channel"]


def test_a_mail_whose_sender_is_not_named_waits_whole_and_is_a_story_once_it_is(command, mailbox):
    held = received(mailbox)
    assert (held.state, held.raw) == (DeliveryState.QUARANTINED, RAW)
    assert not Story.objects.exists()
    [row] = command("quarantine", "list", "--json").json
    told = f"wireroom channel senders {mailbox.pk} --add night@agency.example"
    assert f"does not name its sender, night@agency.example: `{told}`" in row["reason"]
    assert command("quarantine", "replay", row["id"]).status == 1
    assert Delivery.objects.get().state == DeliveryState.QUARANTINED
    assert command(*told.split()[1:]).status == 0
    assert command("quarantine", "replay", row["id"]).status == 0
    assert Delivery.objects.get().state == DeliveryState.DONE
    assert Story.objects.get().headline == "Ferries"


def test_a_mail_whose_sender_is_named_is_taken(mailbox):
    assert received(mailbox, RAW.replace(b"night@", b"desk@")).state == DeliveryState.DONE


def test_senders_are_added_and_removed_and_the_last_one_stays(command, mailbox):
    def senders(*words):
        return command("channel", "senders", str(mailbox.pk), *words, "--json")

    assert senders().json == {"channel": mailbox.pk, "senders": ["desk@agency.example"]}
    assert senders("--add=@wires.example", "--remove=DESK@agency.example").status == 0
    assert Channel.objects.get().senders == ["@wires.example"]
    for words, says in [
        (["--remove=@wires.example"], "one sender at least"),
        (["--remove=desk@agency.example"], "does not name desk@agency.example"),
        (["--add=everybody"], "names no sender"),
    ]:
        said = senders(*words)
        assert (said.status, said.out) == (1, "")
        assert says in said.err
    assert Channel.objects.get().senders == ["@wires.example"]


def test_only_what_comes_as_mail_has_senders(command):
    feed = channels.add("https://agency.example/feed.xml", provider="AFN")
    said = command("channel", "senders", str(feed.pk), "--add=@agency.example")
    assert (said.status, "Only what comes as mail" in said.err) == (1, True)


def test_a_channel_from_before_takes_all_mail_and_check_says_so(command, mailbox):
    before = channels.add(URL + "/old", provider="AFN", format="mail")
    assert received(before).state == DeliveryState.DONE
    command("setup")
    [row] = [row for row in command("check", "--json").json if row["part"] == "channels"]
    assert (row["ok"], row["stops"]) == (False, False)
    assert f"`wireroom channel senders {before.pk} --add ADDRESS`" in row["says"]
    assert "s3cret" not in row["says"]
    assert f"senders {mailbox.pk} " not in row["says"]
    command("channel", "senders", str(before.pk), "--add=@agency.example")
    [row] = [row for row in command("check", "--json").json if row["part"] == "channels"]
    assert row["ok"]
