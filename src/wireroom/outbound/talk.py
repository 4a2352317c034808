"""A talk over a line that blocks: hung up at a deadline, or from whatever thread."""

import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from .errors import Failed


class Talk:
    """Bounds what is asked of a server, by whatever library speaks with it."""

    def __init__(self, host: str, deadline: float) -> None:
        """Bound each thing asked of a host to some seconds."""
        self._host, self._deadline = host, deadline
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
