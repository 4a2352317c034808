"""A talk over a line that blocks: hung up at a deadline, or from whatever thread."""

import socket
import ssl
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress

from .errors import Failed
from .names import Lookup
from .remote import Place

#: Seconds for one thing asked of a server: a file, a message, the list of a folder.
DEADLINE = 20.0


class Talk:
    """Bounds what is asked of a server, by whatever library speaks with it.

    Everything raises Failed and Refused, after which it is of no more use, and what asks for
    one file raises Denied, after which others may be asked for. What a server says is never
    quoted: it may have the password in it.
    """

    def __init__(
        self,
        place: Place,
        *,
        allow: Collection[str] = (),
        lookup: Lookup | None = None,
        trust: ssl.SSLContext | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        """Say how a line is made and secured, the system's way if not given, and the seconds."""
        self._place, self._host = place, place.host
        self._allow, self._lookup, self._trust = allow, lookup, trust
        self._deadline = deadline
        self._late = self._cut = False

    def cut(self) -> None:
        """Hang up, from whatever thread; who waits for an answer gets none."""
        self._cut = True
        for line in self._lines():
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)  # below TLS, which would say goodbye

    def _lines(self) -> Iterable[socket.socket]:
        """Give the lines that are open."""
        raise NotImplementedError

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Bound what is asked, and say in our words why a line was of no use."""
        if self._cut:
            raise Failed("the talk is over")
        clock = threading.Timer(self._deadline, self._be_late)
        clock.daemon = True
        clock.start()
        try:
            yield
            if self._late:
                raise Failed(self._lateness)
        except ssl.SSLCertVerificationError as error:
            why = error.verify_message or error.reason
            raise Failed(f"the certificate of {self._host} is not good: {why}") from None
        except TimeoutError:
            raise Failed(self._lateness) from None
        except (OSError, EOFError) as error:
            why = "" if self._late else getattr(error, "strerror", "") or "the server hung up"
            raise Failed(why or self._lateness) from None
        finally:
            clock.cancel()

    def _garbled(self, language: str) -> Failed:
        """Say that what came is not what was spoken, unless it is our own doing."""
        return Failed(self._lateness if self._late else f"the answer is not {language}")

    @property
    def _lateness(self) -> str:
        return f"no whole answer within {self._deadline:g} s"

    def _be_late(self) -> None:
        self._late = True
        self.cut()
