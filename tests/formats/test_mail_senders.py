"""Who sent a mail by its own word: named by the channel, or nothing of it is read."""

from datetime import UTC, datetime

import pytest

from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.mail.senders import named
from wireroom.formats.read import parse

DESK = "desk@agency.example"


def mail(*heads):
    lines = ["Message-ID: <1@agency.example>", "Subject: Ferries", *heads, "", "They sail again."]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


def taken(*heads, senders=(DESK,)):
    now = datetime(2024, 5, 2, 12, tzinfo=UTC)
    arrival = Arrival(received=now, channel="7", senders=tuple(senders))
    return parse(mail(*heads), "mail", arrival).items


@pytest.mark.parametrize(
    "said",
    [
        DESK,
        f"<{DESK}>",
        "DESK@Agency.Example",
        f"Harbour News <{DESK}>",
        f'"Harbour, News: \\"wire\\" (desk@else.example)" <{DESK}>',
        f'"{DESK}" <{DESK}>',
        f"=?utf-8?q?H=C3=A4fen?=\r\n <{DESK}>",
        f"Häfen <{DESK}>",
        f"Harbour (the wire) <{DESK}>",
        f"{DESK} (Harbour News)",
    ],
)
def test_a_sender_that_is_named_is_taken_however_its_name_is_written(said):
    assert taken(f"From: {said}")
    assert taken(f"from: {said}", senders=["@else.example", "@agency.example"])


@pytest.mark.parametrize(
    "said",
    [
        "intruder@else.example",
        f'"{DESK}" <intruder@else.example>',
        f"{DESK}@else.example",
        "desk@agency.example.else.example",
        "desk@sub.agency.example",
        "desk@myagency.example",
    ],
)
def test_a_sender_that_is_not_named_is_refused_by_address_with_what_lets_it_in(said):
    address = said.rpartition("<")[2].strip(">")
    with pytest.raises(Unreadable) as refused:
        taken(f"From: {said}", senders=[DESK, "@agency.example"])
    if address.count("@") > 1:
        assert "its From has no address, several" in str(refused.value)
    else:
        assert f"does not name its sender, {address}:" in str(refused.value)
        assert f"`wireroom channel senders 7 --add {address}`" in str(refused.value)


@pytest.mark.parametrize(
    "heads",
    [
        [],
        ["From:"],
        ["From: Harbour News"],
        [f"Sender: {DESK}", f"Reply-To: {DESK}"],
        [f"From: {DESK}", "From: intruder@else.example"],
        [f"From: {DESK}", f"From: {DESK}"],
        [f"From: {DESK}, intruder@else.example"],
        [f"From: intruder@else.example, {DESK}"],
        [f"From: {DESK} <intruder@else.example>"],
        [f"From: intruder@else.example <{DESK}>"],
        [f"From: <{DESK}> <intruder@else.example>"],
        [f"From: <intruder@else.example> <{DESK}>"],
        [f"From: wires: {DESK};"],
        [f"From: (intruder@else.example) {DESK}"],
        [f"From: a\x00 <{DESK}>"],
        [f"From: =?utf-8?q?desk=40agency=2Eexample?= {DESK}"],
        ["From: =?utf-8?q?desk=40agency=2Eexample?="],
        [f"From: {'x' * 5000} <{DESK}>"],
        [f"From: {'(' * 4000}<{DESK}>"],
        ["From: de\u017fk@agency.example"],
    ],
)
def test_what_does_not_plainly_name_one_sender_is_nobodys(heads):
    with pytest.raises(Unreadable, match="no address, several, or none that is plainly one"):
        taken(*heads)


def test_a_mail_to_a_channel_that_names_nobody_is_taken():
    assert taken("From: intruder@else.example", senders=())
    assert taken(senders=())


def test_who_sent_a_mail_that_is_attached_is_for_the_envelope_to_answer_for():
    inner = mail("From: reporter@else.example").decode()
    heads = (f"From: {DESK}", "Content-Type: message/rfc822")
    now = datetime(2024, 5, 2, 12, tzinfo=UTC)
    raw = "\r\n".join(["Message-ID: <2@agency.example>", *heads, "", inner]).encode()
    assert parse(raw, "mail", Arrival(received=now, senders=(DESK,))).items
    with pytest.raises(Unreadable, match="does not name its sender"):
        parse(raw, "mail", Arrival(received=now, senders=("reporter@else.example",)))


@pytest.mark.parametrize("local", ["$(id)", "`id`", "a|b", "o'brien", "-x"])
def test_what_means_more_to_a_shell_is_never_in_the_command_that_is_told(local):
    with pytest.raises(Unreadable) as refused:
        taken(f"From: {local}@else.example")
    known = "@else.example`" if "(" not in local else ""
    assert (f"--add {known}" in str(refused.value)) == bool(known)
    assert f"--add {local}" not in str(refused.value)


@pytest.mark.parametrize(
    "said",
    [
        *("", "@", "desk", "agency.example", "desk@", "a@b@c", "a b@c", "$a@b.c", "*@a.example"),
        *("Desk <d@a.example>", "@a..example", "@.example", "@a.example.", "d@a.example\n@b"),
    ],
)
def test_what_is_neither_address_nor_domain_names_no_sender(said):
    with pytest.raises(ValueError, match="names no sender"):
        named(said)


def test_a_sender_is_named_in_small_letters():
    assert named(" Desk.2+wire@Agency.Example ") == "desk.2+wire@agency.example"
    assert named("@Agency.Example") == "@agency.example"
