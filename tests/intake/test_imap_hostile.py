"""Mail servers that never end, say other things than asked, or want a password in clear."""

import socket
import threading
import time

import pytest

from wireroom.outbound import imap
from wireroom.outbound.errors import Failed
from wireroom.outbound.imap import Imap
from wireroom.outbound.remote import Denied, File, reach

LIST = b'* 1 FETCH (UID 7 FLAGS () RFC822.SIZE 4 INTERNALDATE "02-May-2024 12:00:00 +0000")\r\n'
MESSAGE = File(b"42.7 (2024-05-02 12:00:00 UTC)", 4, "2024-05-02 12:00:00")


class Scripted:
    """A server that says what a test tells it to: parts of a reply for each command."""

    def __init__(self, greeting=b"* OK ready\r\n", capabilities=b"IMAP4rev1 MOVE", **replies):
        self.greeting = greeting
        self.replies = {
            "CAPABILITY": [b"* CAPABILITY " + capabilities + b"\r\n"],
            "LIST": [b'* LIST (\\Noselect) "/" ""\r\n'],
            "EXAMINE": [b"* 1 EXISTS\r\n* OK [UIDVALIDITY 42] ids\r\n"],
            "SELECT": [b"* 1 EXISTS\r\n* OK [UIDVALIDITY 42] ids\r\n"],
            "FETCH": [LIST],
        } | replies
        self.said = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._talk)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ending.set()
        self._listener.close()
        self._thread.join(10)

    @property
    def port(self):
        """Say where it listens."""
        return self._listener.getsockname()[1]

    def open(self, *, scheme="imap", who="wire:s3cret", **words):
        """Give a folder of it, to be opened."""
        place = f"127.0.0.1:{self.port}"
        return Imap(reach(f"{scheme}://{who}@{place}/"), allow=[place], **words)

    def _talk(self):
        line, _ = self._listener.accept()
        with line, line.makefile("rb") as heard:
            try:
                line.sendall(self.greeting)
                for raw in heard:
                    self._answer(line, raw.decode("latin-1"))
            except OSError:
                pass

    def _answer(self, line, said):
        self.said.append(said.strip())
        tag, _, command = said.strip().partition(" ")
        name = command.removeprefix("UID ").partition(" ")[0]
        end = b"%b OK done\r\n"
        for part in self.replies.get(name, []):
            if part.startswith(b"%b"):
                end = part
                continue
            if self._ending.wait(0.02 if len(part) == 1 else 0):
                raise OSError
            line.sendall(part)
        line.sendall(end % tag.encode())


def forever(part):
    while True:
        yield part


@pytest.mark.parametrize(
    ("replies", "why"),
    [
        ({"FETCH": forever(LIST)}, "more comes than was asked for"),
        ({"FETCH": forever(b"x" * 60_000)}, "more comes"),
        ({"FETCH": [b"* 1 FETCH (UID 7 X {99999999999}\r\n"]}, "more comes"),
        ({"CAPABILITY": forever(b"* CAPABILITY IMAP4rev1\r\n")}, "more comes"),
        ({"FETCH": forever(b"x")}, "within 0.5 s"),
        ({"FETCH": [b"* 1 FETCH (UID 7 X {4}\r\nab"]}, "hung up|within 0.5 s"),
        ({"FETCH": [b"\x00\xff nonsense\r\n"]}, "hung up"),
        ({"FETCH": [b"* BYE\r\n"]}, "hung up"),
        ({"FETCH": [b"%b BAD what\r\n"]}, "not IMAP"),
        ({"FETCH": [b"%b NO no\r\n"]}, "says no"),
        ({"EXAMINE": [b"* 1 EXISTS\r\n"]}, "not IMAP"),
        ({"EXAMINE": [b"* OK [UIDVALIDITY 42] ids\r\n"]}, "not IMAP"),
        ({"EXAMINE": [b"* 1 EXISTS {3}\r\nabc\r\n* OK [UIDVALIDITY 42] i\r\n"]}, "not IMAP"),
        ({"EXAMINE": [b"* 1 EXISTS\r\n* UIDVALIDITY {3}\r\n42x\r\n"]}, "not IMAP"),
        ({"EXAMINE": [b"* 99999 EXISTS\r\n* OK [UIDVALIDITY 42] i\r\n"]}, "more than 20000"),
        ({"greeting": b"220 ready\r\n"}, "hung up"),
        ({"greeting": b"* BYE full\r\n"}, "not IMAP|hung up"),
        ({"greeting": b""}, "within 0.5 s"),
    ],
)
def test_a_server_that_never_ends_or_says_other_things_is_left(replies, why):
    began = time.monotonic()
    with (
        Scripted(**replies) as server,
        pytest.raises(Failed, match=why),
        server.open(deadline=0.5 if "within" in why else 20) as session,
    ):
        session.files()
    assert time.monotonic() - began < 5


def test_a_server_that_sends_more_of_a_message_than_was_asked_for_is_left(monkeypatch):
    monkeypatch.setattr(imap, "HEAVIEST", 1000)
    heavy = b"* 1 FETCH (UID 7 BODY[]<0> {900000}\r\n" + b"x" * 900_000 + b")\r\n"
    with (
        Scripted(FETCH=[heavy]) as server,
        server.open() as session,
        pytest.raises(Failed, match="more comes"),
    ):
        session.read(MESSAGE)


def test_a_server_that_sends_a_second_literal_with_a_message_is_left():
    two = b"* 1 FETCH (UID 7 X {3}\r\nabc BODY[]<0> {4}\r\nword)\r\n"
    with (
        Scripted(FETCH=[two]) as server,
        server.open() as session,
        pytest.raises(Failed, match="not IMAP"),
    ):
        session.read(MESSAGE)


def test_what_a_server_tells_unasked_is_not_taken_for_the_message():
    other = b"* 2 FETCH (UID 8 BODY[]<0> {3}\r\nabc)\r\n"
    own = b"* 1 FETCH (BODY[]<0> {4}\r\nword UID 7)\r\n"
    asked = b"* 1 FETCH (UID 7 BODY[]<0> {4}\r\nword)\r\n"
    with Scripted(FETCH=[other, asked]) as server, server.open() as session:
        assert session.read(MESSAGE) == b"word"
    with Scripted(FETCH=[other]) as server, server.open() as session:
        assert session.read(MESSAGE) is None
    with Scripted(FETCH=[own]) as server, server.open() as session:
        assert session.read(MESSAGE) == b"word"


def test_a_server_that_cannot_move_is_asked_for_nothing_of_the_kind():
    with Scripted(capabilities=b"IMAP4rev1") as server, server.open() as session:
        with pytest.raises(Denied):
            session.put_away(*session.files(), "")
        assert not any(" SELECT " in said for said in server.said)


def test_a_folder_that_is_not_there_is_made_once_and_the_message_moved_then():
    with Scripted(MOVE=[b"%b NO [TRYCREATE] none\r\n"]) as server, server.open() as session:
        with pytest.raises(Denied):
            session.put_away(*session.files(), "")
        asked = [said.partition(" ")[2] for said in server.said[-3:]]
        move = 'UID MOVE 7 "INBOX/done"'
        assert asked == [move, 'CREATE "INBOX/done"', move]


def test_a_server_whose_folders_hold_none_moves_nothing():
    with Scripted(LIST=[b'* LIST () NIL ""\r\n']) as server, server.open() as session:
        assert session.files() == [MESSAGE]
        with pytest.raises(Denied):
            session.put_away(MESSAGE, "")


def test_reading_asks_for_nothing_that_changes_a_message():
    with Scripted() as server, server.open() as session:
        session.read(*session.files())
        asked = " ".join(server.said)
    assert "BODY.PEEK[]" in asked
    assert "EXAMINE" in asked
    assert not any(word in asked for word in ("SELECT", "STORE", "EXPUNGE", "MOVE", "BODY[]"))


def test_names_and_passwords_break_out_of_no_command():
    who = "a%20%22b%5C:c%22%20d"
    with Scripted() as server, server.open(who=who):
        pass
    assert [said.partition(" ")[2] for said in server.said if "LOGIN" in said] == [
        r'LOGIN "a \"b\\" "c\" d"'
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({}, "offers no TLS"),
        (
            {"capabilities": b"IMAP4rev1 STARTTLS", "STARTTLS": [b"%b BAD what\r\n"]},
            "offers no TLS",
        ),
        ({"capabilities": b"IMAP4rev1 STARTTLS", "STARTTLS": [b"%b NO no\r\n"]}, "offers no TLS"),
        ({"greeting": b"* PREAUTH come in\r\n"}, "offers no TLS"),
        (
            {
                "capabilities": b"IMAP4rev1 STARTTLS",
                "STARTTLS": [b"%b OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"],
            },
            r"SSL|within 1 s",
        ),
    ],
    ids=["none", "unknown", "denied", "let in at once", "clear words behind it"],
)
def test_where_tls_is_not_to_be_had_no_password_is_told(words, why, monkeypatch):
    with Scripted(**words) as server:
        monkeypatch.setattr(imap, "SECURED_ON_THE_WAY", server.port)
        with pytest.raises(Failed, match=why):
            server.open(scheme="imaps", deadline=1).__enter__()
    assert not any(word in said for said in server.said for word in ("LOGIN", "AUTH", "s3cret"))


def test_a_server_that_takes_no_password_in_clear_is_told_none():
    with (
        Scripted(capabilities=b"IMAP4rev1 LOGINDISABLED") as server,
        pytest.raises(Failed, match="write imaps://"),
    ):
        server.open().__enter__()
    assert not any("LOGIN" in said for said in server.said)


def test_a_handshake_that_never_ends_is_left_at_the_deadline():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        with pytest.raises(Failed, match=r"within 0\.3 s"):
            Imap(reach(f"imaps://a:b@{place}/"), allow=[place], deadline=0.3).__enter__()
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("said", [b"0200", b"200"])
def test_a_year_of_long_ago_is_written_in_four_digits(said):
    with Scripted(FETCH=[LIST.replace(b"2024", said)]) as server, server.open() as mailbox:
        assert [file.name for file in mailbox.files()] == [b"42.7 (0200-05-02 12:00:00 UTC)"]
