"""Mailboxes on a real server on loopback: nothing lost, nothing twice, nothing told in clear."""

import logging
import ssl
from email.message import EmailMessage

import pytest
from django.utils import timezone

from harness.pulls import look, stored
from wireroom.intake import channels
from wireroom.intake.collect import pulled, visit
from wireroom.intake.models import Delivery, Pulled
from wireroom.outbound import imap
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.imap import Imap
from wireroom.outbound.remote import reach

SEEN = rb"\Seen"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("soon")]


def letter(words="Ferries return to Lower Wick."):
    """Write a mail as it lies in a mailbox."""
    made = EmailMessage()
    made["From"] = "Harbour News <desk@harbour.example>"
    made["Subject"] = "Ferries"
    made["Date"] = "Thu, 02 May 2024 12:00:00 +0000"
    made["Message-ID"] = "<1@harbour.example>"
    made.set_content(words)
    return made.as_bytes().replace(b"\n", b"\r\n")


@pytest.fixture
def server(mail_server):
    return mail_server


def connected(server, user, folder="", **words):
    return channels.add(server.url(user, folder, **words), provider="ANI", format="mail")


def opened(server, user, folder="", **words):
    """Open a folder as a visit does."""
    words = {"allow": [server.place]} | words
    return Imap(reach(server.url(user, folder)), **words)


def test_a_message_becomes_a_delivery_and_moves_to_done_when_it_is_stored(server, user):
    server.deliver(user, letter())
    channel = connected(server, user)
    assert look(channel).fetched == 1
    delivery = Delivery.objects.get()
    assert (delivery.raw, delivery.format) == (letter(), "mail")
    assert " UTC)" in delivery.address
    assert server.messages(user) == [(letter(), set())]
    assert channel.next_at <= timezone.now()
    assert look(channel).unchanged == 1
    assert server.messages(user) == []
    assert server.messages(user, "INBOX/done") == [(letter(), set())]
    assert look(channel).unchanged == 1
    assert stored() == [letter()]
    assert (channel.last_status, channel.failures) == ("0 messages", 0)


def test_many_messages_are_taken_and_moved(server, user):
    mails = [letter(f"Take {number}.") for number in range(5)]
    for mail in mails:
        server.deliver(user, mail)
    channel = connected(server, user)
    look(channel)
    look(channel)
    assert sorted(stored()) == mails
    assert [raw for raw, _ in server.messages(user, "INBOX/done")] == mails


def test_an_empty_mailbox_is_no_failure(server, user):
    assert look(connected(server, user)).unchanged == 1


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("Agencies/Harbour%20&%20Sons", "Agencies/Harbour &- Sons"),
        ("K%C3%B6ln%20%E2%80%93%20%F0%9F%93%B0/", "K&APY-ln &IBM- &2D3c8A-"),
        ("quoted%20%22b%5Cc%22", r"quoted \"b\\c\""),
    ],
)
def test_the_folder_that_is_named_is_read_and_no_other(address, folder, server, user):
    server.deliver(user, letter("In the folder."), f'"{folder}"')
    server.deliver(user, letter("Elsewhere."))
    channel = connected(server, user, address)
    look(channel)
    look(channel)
    assert stored() == [letter("In the folder.")]
    assert [raw for raw, _ in server.messages(user, f'"{folder}/done"')] == stored()
    assert len(server.messages(user)) == 1


def test_a_folder_that_is_not_there_is_told_and_none_is_made(server, user):
    channel = connected(server, user, "wires")
    assert look(channel).failed == 1
    assert "no folder of that name" in channel.last_status
    assert server.messages(user, "wires") == []


def test_where_nothing_may_be_moved_messages_are_remembered_and_taken_once(server, user):
    server.deliver(user, letter())
    server.let_only_read(user)
    channel = connected(server, user)
    assert [look(channel).fetched for _ in range(3)] == [1, 0, 0]
    assert (channel.failures, Pulled.objects.get().stays) == (0, True)
    assert server.messages(user) == [(letter(), set())]
    assert stored() == [letter()]


def test_messages_that_are_numbered_anew_are_not_delivered_again(server, user, monkeypatch):
    monkeypatch.setattr(visit, "MOST", 2)
    mails = [letter(f"Take {number}.") for number in range(5)]
    for mail in mails:
        server.deliver(user, mail)
    server.let_only_read(user)
    channel = connected(server, user)
    while look(channel).fetched:
        pass
    Pulled.objects.update(taken_at=timezone.now() - pulled.REMEMBERED * 2)
    server.number_anew(user, 4242)
    assert [look(channel).fetched for _ in range(4)] == [0, 0, 0, 0]
    assert sorted(stored()) == mails
    assert {one.name.partition(".")[0] for one in Pulled.objects.all()} == {"4242"}


def test_messages_numbered_anew_in_the_middle_of_a_visit_are_left_to_another(server, user):
    server.deliver(user, letter())
    with opened(server, user) as session:
        (message,) = session.files()
        server.number_anew(user, 4242)
        session.files()
        assert session.read(message) is None
        assert session.now(message.name) is None
        session.put_away(message, "")
    assert len(server.messages(user)) == 1


def test_the_same_message_twice_in_a_folder_is_one_delivery(server, user):
    server.deliver(user, letter())
    server.deliver(user, letter())
    channel = connected(server, user)
    look(channel)
    look(channel)
    assert stored() == [letter()]
    assert server.messages(user) == []


def test_what_a_person_has_read_is_taken_and_what_one_deleted_is_not(server, user):
    for words in ("Read.", "Deleted."):
        server.deliver(user, letter(words))
    with server.mailbox(user) as talk:
        talk.select()
        talk.store("1", "+FLAGS", r"(\Seen)")
        talk.store("2", "+FLAGS", r"(\Deleted)")
    channel = connected(server, user)
    look(channel)
    look(channel)
    assert stored() == [letter("Read.")]
    assert server.messages(user, "INBOX/done") == [(letter("Read."), {SEEN})]
    assert server.messages(user) == [(letter("Deleted."), {rb"\Deleted"})]


def test_a_process_that_dies_before_it_stores_leaves_the_message_where_it_is(
    server, user, monkeypatch
):
    server.deliver(user, letter())
    channel = connected(server, user)

    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(pulled, "put_down", die)
    with pytest.raises(KeyboardInterrupt):
        look(channel)
    monkeypatch.undo()
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    assert server.messages(user) == [(letter(), set())]
    assert look(channel).fetched == 1
    assert stored() == [letter()]


@pytest.mark.parametrize("moved", [False, True], ids=["before it moves", "after it moved"])
def test_a_process_that_dies_after_it_stored_delivers_nothing_twice(
    moved, server, user, monkeypatch
):
    server.deliver(user, letter())
    channel = connected(server, user)
    look(channel)
    put_away = Imap.put_away

    def die(self, *words):
        if moved:
            put_away(self, *words)
        raise KeyboardInterrupt

    monkeypatch.setattr(Imap, "put_away", die)
    with pytest.raises(KeyboardInterrupt):
        look(channel)
    monkeypatch.setattr(Imap, "put_away", put_away)
    assert len(server.messages(user, "INBOX/done")) == moved
    look(channel)
    assert len(server.messages(user, "INBOX/done")) == 1
    assert stored() == [letter()]


def test_two_who_visit_at_the_same_time_deliver_once(server, user):
    server.deliver(user, letter())
    channel = connected(server, user)
    with opened(server, user) as session:
        (message,) = session.files()
        raw = session.read(message)
    seen = visit.Visited(read=[visit.Read(message, raw)], there={message.name})
    assert pulled.write(channel.pk, seen, now=timezone.now()).fetched == 1
    assert pulled.write(channel.pk, seen, now=timezone.now()).fetched == 0
    assert stored() == [letter()]


@pytest.mark.parametrize("cap", [visit, imap], ids=["as listed", "as it comes"])
def test_a_message_beyond_the_cap_is_told_of_and_its_neighbour_taken(
    cap, server, user, monkeypatch
):
    monkeypatch.setattr(cap, "HEAVIEST", 1000)
    server.deliver(user, letter("Words. " * 200))
    server.deliver(user, letter())
    channel = connected(server, user)
    look(channel)
    assert stored() == [letter()]
    assert "UTC): it has more than 1000 bytes; move it elsewhere" in channel.last_status


def test_a_crowded_folder_is_told_of(server, user, monkeypatch):
    monkeypatch.setattr(imap, "MOST_FILES", 1)
    for _ in range(2):
        server.deliver(user, letter())
    channel = connected(server, user)
    assert look(channel).failed == 1
    assert channel.last_status.endswith("more than 1 messages: move what is old to another")


def test_a_wrong_password_is_told_in_our_words_and_never_shown(server, user, caplog):
    caplog.set_level(logging.DEBUG)
    channel = connected(server, user, password="w0rd-of-mine")
    assert look(channel).failed == 1
    assert "lets nobody in by that name and password" in channel.last_status
    said = [str(vars(record)) for record in caplog.records if "sql" not in vars(record)]
    assert said
    assert "w0rd-of-mine" not in "".join(said)
    assert "w0rd-of-mine" not in channels.shown(channel.url)


def test_a_server_whose_certificate_is_not_good_is_told_no_password(dovecot, user, settings):
    settings.FETCH_ALLOW = (dovecot.place,)
    channel = connected(dovecot, user)
    assert look(channel).failed == 1
    assert "certificate" in channel.last_status


def test_tls_is_asked_for_at_the_port_where_servers_begin_in_clear(server, user, monkeypatch):
    server.deliver(user, letter())
    monkeypatch.setattr(imap, "SECURED_ON_THE_WAY", server.clear)
    trust = ssl.create_default_context(cafile=server.authority)
    address = f"imaps://{user}:s3cret@{server.place_in_clear}/"
    with Imap(reach(address), allow=[server.place_in_clear], trust=trust) as session:
        assert isinstance(session._open.sock, ssl.SSLSocket)
        assert len(session.files()) == 1
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Failed, match="certificate"):
        Imap(reach(address), allow=[server.place_in_clear]).__enter__()


def test_nothing_is_said_in_clear_unless_the_place_is_listed(server, user):
    address = f"imap://{user}:s3cret@{server.place_in_clear}/"
    server.deliver(user, letter())
    with pytest.raises(Refused, match=f"list {server.place_in_clear}"):
        Imap(reach(address)).__enter__()
    with Imap(reach(address), allow=[server.place_in_clear]) as session:
        assert len(session.files()) == 1


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("imaps://10.0.0.1/", "10.0.0.1 is not connected to: private"),
        ("imaps://8.8.8.8:25/", "port 25 is not asked for mail"),
        ("imaps://8.8.8.8:21/", "port 21 is not asked for mail"),
        ("imaps://0x7f.1/", "doubtful"),
        ("imaps://a:b%0d%0aDELETE@agency.example/", "characters"),
        ("imaps://agency.example/a%0d%0aDELETE%20b", "characters"),
        ("imaps://agency.example/%ff", "not UTF-8"),
    ],
)
def test_a_doubtful_or_private_address_is_refused(address, why):
    with pytest.raises(Refused, match=why):
        Imap(reach(address)).__enter__()
