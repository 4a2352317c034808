"""imaplib's talk with a server of mail: over a line of ours, bounded, secured, logged in."""

import imaplib
import ssl
from socket import socket

from .errors import Failed
from .mailbox import quoted
from .remote import Place

#: Bytes of a line, and of a reply.
LONGEST_LINE, LONGEST_REPLY = 65_536, 262_144


class Client(imaplib.IMAP4):
    """imaplib's talk; raises its errors, and Failed where more comes than was asked for."""

    #: Bytes that may still come in answer to what was asked.
    room = LONGEST_REPLY

    def __init__(self, line: socket, host: str) -> None:
        self._line = line
        super().__init__(host)

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Take the line."""
        del port, timeout
        self.host = host
        self._take(self._line)

    def secure(self, trust: ssl.SSLContext) -> None:
        """Ask for TLS, and shake hands where the line can be cut.

        What the server said in clear is forgotten. Raises imaplib's error where it will not.
        """
        offered = "STARTTLS" in self.capabilities
        if not offered or self._simple_command("STARTTLS")[0] != "OK":
            raise self.error("no TLS")
        secured = trust.wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        self._take(secured)
        secured.do_handshake()
        self.renew()

    def renew(self) -> None:
        """Ask what the server can do, which it may say otherwise after each step."""
        self._get_capabilities()

    def readline(self) -> bytes:
        """Hear a line, of a reply that ends."""
        line = self._said.readline(LONGEST_LINE + 1)
        self._spend(len(line) if len(line) <= LONGEST_LINE else self.room + 1)
        return line

    def read(self, size: int) -> bytes:
        """Hear so many bytes, if they are not too many."""
        self._spend(size)
        return self._said.read(size)

    def shutdown(self) -> None:
        """Hang up."""
        self._said.close()
        self.sock.close()

    def _take(self, line: socket) -> None:
        self.sock, self._said = line, line.makefile("rb")

    def _spend(self, size: int) -> None:
        self.room -= size
        if self.room < 0:
            raise Failed("more comes than was asked for")


def log_in(client: Client, place: Place) -> None:
    """Say who enters, by what the server takes."""
    plain = "AUTH=PLAIN" in client.capabilities
    if not plain and "LOGINDISABLED" in client.capabilities:
        raise Failed("the server takes no password over this line; write imaps://")
    if not plain and not (place.user + place.password).isascii():
        raise Failed("the server takes names and passwords of ASCII letters alone")
    words = f"\0{place.user}\0{place.password}".encode()
    try:
        if plain:
            client.authenticate("PLAIN", lambda _: words)
        else:
            client.login(quoted(place.user), place.password)
    except client.abort:
        raise
    except client.error:
        raise Failed(
            "the server lets nobody in by that name and password; many have a password for"
            " programs that a person must make"
        ) from None
