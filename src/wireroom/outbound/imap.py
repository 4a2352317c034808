"""IMAP (RFC 9051, and 3501 before it): messages of a folder, read whole, and moved away.

imaplib talks; we make the line it talks over, and bound what it hears. A message is named by
UIDVALIDITY and UID, which tell it from all others as long as the server keeps its numbers. It
is read so that nothing about it changes, and nothing is ever deleted. OAuth is not spoken.
"""

import imaplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from socket import socket
from types import TracebackType
from typing import Any, Self

from .errors import Failed, Refused
from .imap_client import LONGEST_REPLY, Client, log_in
from .mailbox import ABOUT, between, message_in, named, number_in
from .names import Permits
from .remote import MOST_FILES, SECURED_ON_THE_WAY, Denied, File, Place, line_to
from .talk import Talk

#: Bytes of a message.
HEAVIEST = 20_000_000
#: Bytes of the list of a folder.
LONGEST_LIST = 5_000_000


class Imap(Talk):
    """A folder of a mailbox, open while its ``with`` lasts."""

    _line: socket | None = None
    _client: Client | None = None
    #: The folder and the one below it for what is put away, as commands name them.
    _folder = _done = ""
    _validity = b""
    _writes = False

    def __enter__(self) -> Self:
        place = self._place
        if place.scheme == "imap" and not Permits(tuple(self._allow)).lists(place.listed_as):
            raise Refused(
                "imap:// tells the password to all on the way: write imaps://, or let"
                f" WIREROOM_FETCH_ALLOW list {place.listed_as}"
            )
        self._line = line_to(place, allow=self._allow, lookup=self._lookup)
        try:
            with self._heard():
                self._enter(place, self._line)
            self._look(writes=False)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._client and kind is None and not self._cut:
            with suppress(OSError):
                self._client.send(b"bye LOGOUT\r\n")
        self._close()

    def files(self) -> list[File]:
        """List the messages of the folder, those marked as deleted left out."""
        count = self._look(writes=False)
        if count > MOST_FILES:
            raise Failed(
                f"the folder has more than {MOST_FILES} messages: move what is old to another"
            )
        if not count:
            return []
        try:
            return self._told("1:*", LONGEST_LIST)
        except Denied as error:
            raise Failed(str(error)) from error

    def read(self, file: File) -> bytes | None:
        """Read a message, and leave it as it is; nothing when it is not there."""
        uid = self._uid(file.name)
        if not uid:
            return None
        part = f"(UID BODY.PEEK[]<0.{HEAVIEST + 1}>)"
        told = self._asked("FETCH", uid, part, room=HEAVIEST + LONGEST_REPLY)
        for said, after in pairwise(told):
            if not isinstance(said, tuple):
                continue
            if not isinstance(after, bytes):  # one literal was asked for
                raise self._garbled("IMAP")
            if number_in(said[0] + after) == uid:
                if len(said[1]) > HEAVIEST:
                    raise Denied(f"it has more than {HEAVIEST} bytes; move it elsewhere")
                return bytes(said[1])
        return None

    def now(self, name: bytes) -> File | None:
        """Say how a message is now; nothing when it is not there."""
        uid = self._uid(name)
        try:
            found = self._told(uid) if uid else []
        except Denied:
            return None
        return next((file for file in found if file.name == name), None)

    def put_away(self, file: File, stamp: str) -> None:
        """Move a message to the folder ``done`` below its own (RFC 6851)."""
        del stamp  # messages need no names of their own there
        client = self._open
        if not self._done or "MOVE" not in client.capabilities:
            raise Denied("the server moves nothing")
        if not self._writes:
            self._look(writes=True)
        uid = self._uid(file.name)
        if not uid:
            return
        try:
            self._asked("MOVE", uid, self._done)
        except Denied:
            with self._heard():
                made, _ = client.create(self._done)
            if made != "OK":
                raise
            self._asked("MOVE", uid, self._done)

    def _enter(self, place: Place, line: socket) -> None:
        """Hear the greeting, secure the line, and log in."""
        if place.scheme == "imaps":
            trust = self._trust or ssl.create_default_context()
            if place.port != SECURED_ON_THE_WAY:
                self._line = line = trust.wrap_socket(
                    line, server_hostname=place.host, do_handshake_on_connect=False
                )
                line.do_handshake()
        client = self._client = Client(line, place.host)
        if place.scheme == "imaps" and not isinstance(client.sock, ssl.SSLSocket):
            try:
                client.secure(trust)
            except client.abort:
                raise
            except client.error:
                raise Failed("the server offers no TLS, so it is told no password") from None
        log_in(client, place)
        client.renew()
        said, names = client.list('""', '""')
        between_folders = between(names) if said == "OK" else ""
        self._folder, self._done = named(place.folder.decode(), between_folders)

    def _look(self, *, writes: bool) -> int:
        """Go into the folder, and say how many messages are in it.

        Raises Denied where it is asked for to write, and that may not be.
        """
        client = self._open
        with self._heard():
            try:
                said, told = client.select(self._folder, readonly=not writes)
            except client.readonly:
                said = "NO"
            _, validity = client.response("UIDVALIDITY")
            if said == "OK":
                count, self._validity, self._writes = (
                    int(told[0] or b""),
                    validity[0] or b"",
                    writes,
                )
                if not self._validity.isdigit():
                    raise self._garbled("IMAP")
                return count
        if not writes:
            raise Failed(
                "the mailbox has no folder of that name, or lets this user not see it: look how"
                " the server spells it"
            )
        self._done = ""
        self._look(writes=False)
        raise Denied("the server moves nothing")

    def _uid(self, name: bytes) -> str:
        """Give the number of a message; empty when the server has given new ones meanwhile."""
        validity, _, uid = name.partition(b" ")[0].partition(b".")
        return uid.decode() if validity == self._validity else ""

    def _told(self, messages: str, room: int = LONGEST_REPLY) -> list[File]:
        """Ask about messages."""
        said = self._asked("FETCH", messages, ABOUT, room=room)
        found = (message_in(line, self._validity) for line in said if isinstance(line, bytes))
        return [file for file in found if file]

    def _asked(self, command: str, *words: str, room: int = LONGEST_REPLY) -> list[Any]:
        """Ask something about messages by their numbers.

        Raises Denied when the server says no.
        """
        with self._heard(room):
            said, data = self._open.uid(command, *words)
        if said != "OK":
            raise Denied("the server says no")
        return data

    @property
    def _open(self) -> Client:
        assert self._client is not None
        return self._client

    @contextmanager
    def _heard(self, room: int = LONGEST_REPLY) -> Iterator[None]:
        """Ask one thing within the deadline, and say in our words what went wrong."""
        with self._in_time():
            if self._client:
                self._client.room = room
            try:
                yield
            except imaplib.IMAP4.abort:
                raise EOFError from None
            # imaplib gives a tuple for bytes wherever a server sends a literal
            except (imaplib.IMAP4.error, ValueError, TypeError, AttributeError) as error:
                if isinstance(error, ssl.SSLError):  # some are values that are wrong, too
                    raise
                raise self._garbled("IMAP") from None

    def _lines(self) -> Iterable[socket]:
        line = self._client.sock if self._client else self._line
        return [line] if line else []

    def _close(self) -> None:
        if self._client:
            self._client.shutdown()
        elif self._line:
            self._line.close()
