"""FTP (RFC 959, 2428, 3659) and FTP over TLS (RFC 4217): files of a folder, read and put away.

ftplib talks; we make the line it talks over, and bound what it hears. Data come from the
very address talked to, whatever address a server names. Names are bytes, kept as latin-1 in
ftplib's text, which is one byte a sign.
"""

import ftplib
import re
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from socket import socket
from types import TracebackType
from typing import Self

from .errors import Failed, Refused
from .remote import (
    DONE,
    PATIENCE,
    SECURE_FROM_THE_START,
    Denied,
    File,
    line_to,
    put_into_done,
)
from .talk import Talk

#: Bytes of a list, and of one reply.
LONGEST_LIST, LONGEST_REPLY = 2_000_000, 65_536
#: Ports of data: whatever a server names, the services of its machine are not asked.
DATA_PORTS = range(1024, 65_536)
#: What a server says that has no such command, and one that has but not in this way.
UNKNOWN = ("500", "501", "502", "504")
#: The line is of no more use (RFC 959, section 4.2).
OVER = ("421", "425", "426")
#: A line of LIST as Unix and as Windows write it, as far as it tells a plain file's size and name.
UNIX = re.compile(
    rb"-[rwxsStTl-]{9}[+.@]?\s+\d{1,9}\s+\S+\s+\S+\s+(?P<size>\d{1,15})"
    rb"\s+\w{3}\s+\d{1,2}\s+[\d:]{4,5} (?P<name>.+)"
)
WINDOWS = re.compile(
    rb"\d\d-\d\d-\d{2,4}\s{1,9}\d\d:\d\d(?:[AP]M)?\s{1,30}(?P<size>\d{1,15}) (?P<name>.+)"
)


class _Talk(ftplib.FTP_TLS):
    """ftplib's talk over a line of ours."""

    data: socket | None = None
    secure = False
    _heard = 0

    def take(self, line: socket, host: str) -> None:
        """Talk over a line."""
        self.sock, self.host, self.af = line, host, line.family

    def begin(self) -> None:
        """Hear what the server says first."""
        assert self.sock is not None
        self.file = self.sock.makefile("r", encoding=self.encoding)
        self.welcome = self.getresp()

    def putline(self, line: str) -> None:
        """Say a line; what is heard then is another reply."""
        self._heard = 0
        super().putline(line)

    def getline(self) -> str:
        """Hear a line, of a reply that ends."""
        line = super().getline()
        self._heard += len(line) + 1
        if self._heard > LONGEST_REPLY:
            raise ftplib.error_proto("a reply without end")  # noqa: S321 (an error, no talk)
        return line

    def auth(self) -> str:
        """Ask for TLS, and shake hands where the line can be cut."""
        said = self.voidcmd("AUTH TLS")
        self.secure_line()
        assert self.sock is not None
        self.file = self.sock.makefile("r", encoding=self.encoding)
        return said

    def secure_line(self) -> None:
        """Speak TLS from here on."""
        assert self.sock is not None
        self.sock = secured = self.context.wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        secured.do_handshake()

    def makepasv(self) -> tuple[str, int]:
        """Name where data come from: a port of the machine talked to."""
        assert self.sock is not None
        _, port = super().makepasv()
        if port not in DATA_PORTS:
            raise Refused(f"the server names port {port} for its data")
        return str(self.sock.getpeername()[0]), port

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket, int | None]:
        """Open a line of data; over TLS it goes on with the session of the talk."""
        self.data, size = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 (secured below)
        if self.secure:
            assert isinstance(self.sock, ssl.SSLSocket)
            secured = self.context.wrap_socket(
                self.data,
                server_hostname=self.host,
                session=self.sock.session,
                do_handshake_on_connect=False,
            )
            self.data = secured
            secured.do_handshake()
        return self.data, size


class Ftp(Talk):
    """A folder on a server that speaks FTP, open while its ``with`` lasts."""

    _talk: _Talk | None = None
    #: The server has no MLSD.
    _old = False

    def __enter__(self) -> Self:
        place = self._place
        line = line_to(place, allow=self._allow, lookup=self._lookup)
        secure = place.scheme == "ftps"
        trust = (self._trust or ssl.create_default_context()) if secure else _untrusting()
        talk = self._talk = _Talk(context=trust, timeout=PATIENCE, encoding="latin-1")
        talk.take(line, place.host)
        try:
            with self._asked():
                if secure and place.port == SECURE_FROM_THE_START:
                    talk.secure_line()
                talk.begin()
                self._enter(talk, secure=secure)
        except Denied as error:
            self._close()
            raise Failed(str(error)) from error
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
        if self._talk and kind is None and not self._cut:
            with suppress(OSError, EOFError, *ftplib.all_errors):
                self._talk.putcmd("QUIT")
        self._close()

    def files(self) -> list[File]:
        """List the plain files of the folder."""
        if not self._old:
            try:
                lines = self._listed("MLSD")
            except Denied as error:
                if not str(error).endswith(UNKNOWN):
                    raise Failed(str(error)) from error
                self._old = True
            else:
                return [found for line in lines if (found := _told(line))]
        try:
            lines = self._listed("LIST")
        except Denied as error:
            raise Failed(str(error)) from error
        listed = [one for line in lines if (one := UNIX.fullmatch(line) or WINDOWS.fullmatch(line))]
        return [self._timed(one["name"], int(one["size"])) for one in listed]

    def read(self, file: File) -> bytes | None:
        """Read a file; nothing when it has other than the bytes listed: somebody writes to it."""
        raw = self._data(b"RETR " + file.name, file.size)
        return raw if len(raw) == file.size else None

    def now(self, name: bytes) -> File | None:
        """Say how a file is now; nothing when it is not there."""
        if not self._old:
            try:
                told = self._say(b"MLST " + name).split("\n")
            except Denied as error:
                if not str(error).endswith(UNKNOWN):
                    return None
            else:
                facts = (_facts(line.encode("latin-1")) for line in told[1:2])
                return next((_file(name, fact) for fact in facts if fact), None)
        try:
            size = self._say(b"SIZE " + name)[4:].strip()
        except Denied:
            return None
        return self._timed(name, int(size)) if size.isdecimal() else None

    def put_away(self, file: File, stamp: str) -> None:
        """Move a file to ``done/``."""
        put_into_done(self, file, stamp)

    def make_done(self) -> None:
        """Make ``done/``, if it is not there."""
        with suppress(Denied):
            self._say(b"MKD " + DONE)

    def move(self, here: bytes, there: bytes) -> None:
        """Give a file another name."""
        with self._asked() as talk:
            talk.rename(_text(here), _text(there))

    def _enter(self, talk: _Talk, *, secure: bool) -> None:
        """Log in, and go to the folder."""
        place = self._place
        try:
            if secure and not isinstance(talk.sock, ssl.SSLSocket):
                talk.auth()
            user, password = (_text(words.encode()) for words in (place.user, place.password))
            ftplib.FTP.login(talk, user, password)  # noqa: S321 (secured above, if asked for)
        except ftplib.error_perm as error:
            raise Failed("the server lets nobody in by that name and password") from error
        if secure:
            talk.prot_p()
            talk.secure = True
        talk.voidcmd("TYPE I")
        with suppress(ftplib.error_perm):
            talk.sendcmd("OPTS MLST type;size;modify;unique;")
        if place.folder:
            talk.sendcmd(f"CWD {_text(place.folder)}")

    def _say(self, command: bytes) -> str:
        with self._asked() as talk:
            return talk.sendcmd(_text(command))

    def _timed(self, name: bytes, size: int) -> File:
        """Ask when a file changed; a server may not know."""
        try:
            changed = self._say(b"MDTM " + name)[4:].strip()
        except Denied:
            changed = ""
        return File(name, size, changed, _seconds(changed))

    def _listed(self, command: str) -> list[bytes]:
        raw = self._data(command.encode(), LONGEST_LIST)
        if len(raw) > LONGEST_LIST:
            raise Failed(f"the list of the folder has more than {LONGEST_LIST} bytes")
        return [line.removesuffix(b"\r") for line in raw.split(b"\n")]

    def _data(self, command: bytes, cap: int) -> bytes:
        """Ask for data; what is beyond the cap is one byte at most, and ends the talk."""
        got = bytearray()
        with self._asked() as talk:
            data = talk.transfercmd(_text(command))
            try:
                while len(got) <= cap and (part := data.recv(65_536)):
                    got += part
            finally:
                data.close()
                talk.data = None
            if len(got) > cap:
                self.cut()
                raise Failed("more comes than the server has listed")
            talk.voidresp()
        return bytes(got)

    @contextmanager
    def _asked(self) -> Iterator[_Talk]:
        """Ask one thing within the deadline, and say in our words what went wrong."""
        assert self._talk is not None
        with self._in_time():
            try:
                yield self._talk
            except (ftplib.error_perm, ftplib.error_temp) as error:
                code = str(error)[:3]
                raise (Failed if code in OVER else Denied)(f"the server answers {code}") from None
            except (ftplib.Error, ValueError, AttributeError) as error:
                if isinstance(error, ssl.SSLError):  # some are values that are wrong, too
                    raise
                if isinstance(error, AttributeError) and not self._cut:
                    raise
                raise self._garbled("FTP") from None

    def _lines(self) -> Iterable[socket]:
        talk = self._talk
        return [line for line in (talk.data, talk.sock) if line is not None] if talk else []

    def _close(self) -> None:
        if talk := self._talk:
            if talk.data is not None:
                talk.data.close()
            talk.close()


def _untrusting() -> ssl.SSLContext:
    """Trust nobody: what is in clear needs no certificates."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _text(words: bytes) -> str:
    return words.decode("latin-1")


def _told(line: bytes) -> File | None:
    """Read a line of MLSD (RFC 3659, section 7): facts, a blank, the name."""
    name = line.partition(b" ")[2]
    return _file(name, _facts(line)) if name else None


def _facts(line: bytes) -> dict[str, str]:
    """Read the facts of a line; none where there are none."""
    facts = _text(line.strip().partition(b" ")[0])
    return {
        key.lower(): value for fact in facts.split(";") for key, _, value in [fact.partition("=")]
    }


def _file(name: bytes, facts: dict[str, str]) -> File | None:
    size = facts.get("size", "")
    if facts.get("type", "").lower() != "file" or not re.fullmatch("[0-9]{1,15}", size):
        return None
    modify = facts.get("modify", "")
    changed = f"{modify} {facts.get('unique', '')}".strip()
    return File(name, int(size), changed, _seconds(modify))


def _seconds(told: str) -> float | None:
    """Read a time (RFC 3659, section 2.3), down to the second."""
    try:
        return datetime.strptime(told[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None
