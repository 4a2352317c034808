"""An agency's web server on this machine: real sockets, scripted answers, a list of who asked."""

import socketserver
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

Reply = bytes | Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came, header names in small letters."""

    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes = b""


def reply(status=200, body=b"", **headers) -> bytes:
    """Write an answer; ``etag='"1"'`` becomes a header, an underscore a hyphen."""
    if isinstance(body, str):
        body = body.encode()
    if status != 304:
        headers.setdefault("content_length", len(body))
    lines = [
        f"HTTP/1.1 {status} Said",
        *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class Agency(socketserver.ThreadingTCPServer):
    """Answer by path: bytes, pieces of bytes, or a function of the request that gives them."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 200

    def __init__(self, host="127.0.0.1", port=0):
        self.answers: dict[str, Reply | Callable[[Asked], Reply]] = {}
        self.asked: list[Asked] = []
        self.connections = 0
        self.open, self.most_open = 0, 0
        self.lock = threading.Lock()
        super().__init__((host, port), _Talk)
        self.host, self.port = self.server_address[:2]
        self.place = f"{self.host}:{self.port}"
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def url(self, path="/"):
        """Give an address of this server."""
        return f"http://{self.place}{path}"

    def handle_error(self, request, client_address):
        """Say nothing: callers hang up in the middle, and are meant to."""


class _Talk(socketserver.StreamRequestHandler):
    def setup(self):
        super().setup()
        with self.server.lock:
            self.server.connections += 1
            self.server.open += 1
            self.server.most_open = max(self.server.most_open, self.server.open)

    def finish(self):
        with self.server.lock:
            self.server.open -= 1
        with suppress(OSError):
            super().finish()

    def handle(self):
        while (asked := self.read()) is not None:
            self.server.asked.append(asked)
            answer = self.server.answers.get(asked.path, reply(404))
            if callable(answer):
                answer = answer(asked)
            for piece in [answer] if isinstance(answer, bytes) else answer:
                self.wfile.write(piece)

    def read(self):
        line = self.rfile.readline().decode("latin-1").split()
        if not line:
            return None
        headers = {}
        while pair := self.rfile.readline().decode("latin-1").strip():
            name, _, value = pair.partition(":")
            headers[name.lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", 0)))
        return Asked(line[1], headers, line[0], body)
