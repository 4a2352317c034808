"""A mailbox whose server says nonsense."""

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
