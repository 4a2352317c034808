"""A mailbox whose server says nonsense, and what such a server says where all is well."""

import imaplib
import random
import re
import socket
from contextlib import suppress
from typing import Final, Self

from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.imap import Imap
from wireroom.outbound.remote import Denied, File, reach

from .properties import Broken

PLACE: Final = reach("imap://wire:secret@127.0.0.1/news")
#: imaplib's answers are told apart by a prefix that it draws by lot; here always the same.
LOT: Final = 7
#: What stands for that prefix in what is said.
TAG: Final = re.compile(rb"^A(?=\d)", re.MULTILINE)
#: A message's name: UIDVALIDITY and UID, and when it came.
NAME: Final = re.compile(rb"\d+\.\d{1,10} \(\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)")
#: The least that a server says before a folder is open.
_BEGIN: Final = (
    b"* OK ready\r\n* CAPABILITY IMAP4rev1 MOVE\r\nA0 OK said\r\nA1 OK in\r\n"
    b"* CAPABILITY IMAP4rev1 MOVE\r\nA2 OK said\r\n"
)
_LIST: Final = b'* LIST (\\Noselect) "/" ""\r\nA3 OK said\r\n'
_OPEN: Final = b"* 2 EXISTS\r\n* OK [UIDVALIDITY 42] ids\r\nA%d OK [READ-ONLY] open\r\n"
_ONE: Final = (
    b'* 1 FETCH (UID 7 FLAGS (\\Seen) RFC822.SIZE 4 INTERNALDATE "02-May-2024 12:00:00 +0200")\r\n'
)
_GONE: Final = (
    b'* 2 FETCH (INTERNALDATE " 2-May-2024 12:00:00 -0330" UID 8 RFC822.SIZE 99999 '
    b"FLAGS (\\Deleted $Junk))\r\n"
)
_READ: Final = b"* 1 FETCH (UID 7 BODY[]<0> {4}\r\nAbcd)\r\nA7 OK said\r\n"
_LATE: Final = b"* 1 FETCH (BODY[]<0> {4}\r\nAbcd UID 7)\r\n* 9 EXPUNGE\r\nA7 OK said\r\n"
_AWAY: Final = (
    b"* OK [UIDVALIDITY 42] ids\r\n* 2 EXISTS\r\nA9 OK [READ-WRITE]\r\n"
    b"A10 NO [TRYCREATE] none\r\nA11 OK made\r\nA12 OK moved\r\n"
)
_FILES: Final = _OPEN % 4 + _OPEN % 5 + _ONE + _GONE + b"A6 OK said\r\n"
TALKS: Final = (
    _BEGIN + _LIST + _FILES + _READ + _ONE + b"A8 OK said\r\n" + _AWAY,
    _BEGIN + _LIST + _FILES + _LATE + b"A8 OK said\r\n" + _AWAY,
    _BEGIN
    + b'* LIST (\\Noselect) "." {0}\r\n\r\nA3 OK said\r\n'
    + _FILES
    + b"A7 NO gone\r\nA8 NO said\r\n",
    _BEGIN
    + b'* LIST () "\\\\" ""\r\nA3 OK said\r\n'
    + _OPEN % 4
    + b"* 0 EXISTS\r\n* OK [UIDVALIDITY 42] ids\r\nA5 OK said\r\n",
    _BEGIN + b'* LIST () NIL ""\r\nA3 OK said\r\nA4 NO there is none\r\n',
    b"* OK\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA0 OK said\r\n+ \r\nA1 OK said\r\n"
    b"* CAPABILITY IMAP4rev1\r\nA2 OK said\r\n" + _LIST + _FILES + _READ,
    b"* OK\r\n* CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS\r\nA0 OK said\r\n",
    b"* PREAUTH\r\n* CAPABILITY IMAP4rev1\r\nA0 OK said\r\nA1 NO [AUTHENTICATIONFAILED] no\r\n",
    b"* BYE not now\r\n",
)


class Mailbox(Imap):
    """A folder of a mailbox, over a line that is there already."""

    def __init__(self, line: socket.socket) -> None:
        super().__init__(PLACE)
        self._line = line

    def __enter__(self) -> Self:
        try:
            with self._heard():
                assert self._line is not None
                self._enter(PLACE, self._line)
            self._look(writes=False)
        except BaseException:
            self._close()
            raise
        return self


def talked(raw: bytes) -> None:
    """List, read and put away what is in a mailbox; only words of ours may come of it."""
    random.seed(LOT)
    prefix = imaplib.Int2AP(random.randint(4096, 65535))  # as imaplib draws it
    random.seed(LOT)
    ours, theirs = socket.socketpair()
    with theirs:
        theirs.sendall(TAG.sub(prefix, raw))
        theirs.shutdown(socket.SHUT_WR)
        with suppress(Failed, Refused), Mailbox(ours) as mailbox:
            for file in mailbox.files():
                hold(file)
                _one(mailbox, file)


def _one(mailbox: Mailbox, file: File) -> None:
    with suppress(Denied):
        if not isinstance(mailbox.read(file), bytes | None):
            raise Broken("a message is no bytes")
    with suppress(Denied):
        now = mailbox.now(file.name)
        if now and now.name != file.name:
            raise Broken(f"{file.name!r} is told as {now.name!r}")
    with suppress(Denied):
        mailbox.put_away(file, "")


def hold(file: File) -> None:
    """Hold what is told of a message against what its name may be."""
    if not NAME.fullmatch(file.name) or file.size < 0:
        raise Broken(f"a message is named {file.name!r}, of {file.size} bytes")
