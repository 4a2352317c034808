"""The agencies' own server, on this machine only."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any

from . import atom, ninjs, rss, state
from .agency import PICTURES, Agency, agencies
from .copy import on_wire

HERE = "127.0.0.1"
#: Ports tried after the kept one, from the one after the site's.
TRIED = 50
WRITERS = {"rss": rss.write, "atom": atom.write, "ninjs": ninjs.write}
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "ninjs": "application/json",
}
PLAYED = (
    "{name} is an agency invented for Wireroom's sample wire, and this is where its own site"
    " would be.\n"
)


class Server(ThreadingHTTPServer):
    """A server that answers for the agencies, as the clock stands."""

    daemon_threads = True
    # Whoever has a port keeps it: two samples never answer at one address.
    allow_reuse_port = False

    def __init__(self, port: int, *, place: Path, now: Callable[[], datetime]) -> None:
        super().__init__((HERE, port), Handler)
        self.place = place
        self.now = now

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a caller who hung up."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def server_bind(self) -> None:
        """Bind without asking a name server for our name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HERE, self.server_address[1]

    @property
    def base(self) -> str:
        """The server's address."""
        return f"http://{HERE}:{self.server_port}"


def listen(place: Path, site_port: int, *, now: Callable[[], datetime]) -> Server:
    """Listen where this home's sample was served before, else near the site's port.

    Raises OSError when no port near it is free.
    """
    kept = state.read(place).port
    near = [port for port in range(site_port + 1, site_port + TRIED) if port < 65536]  # noqa: PLR2004 (ports end there)
    trouble = OSError("no port is free")
    for port in [kept, *near] if kept and kept != site_port else near:
        try:
            return Server(port, place=place, now=now)
        except OSError as error:
            trouble = error
    raise trouble


class Handler(BaseHTTPRequestHandler):
    """One request to an agency."""

    protocol_version = "HTTP/1.1"
    server_version = "WireroomSample"
    #: Seconds until an idle connection is closed.
    timeout = 30
    server: Server

    def do_GET(self) -> None:
        """Answer."""
        place = state.read(self.server.place)
        if place.start is None or place.removed:
            self._answer(HTTPStatus.GONE, b"The sample wire was removed.\n", "text/plain")
        elif self.path.startswith("/pictures/"):
            self._picture(self.path.removeprefix("/pictures/"))
        else:
            self._agency(place.start)

    do_HEAD = do_GET  # noqa: N815 (named by the protocol)

    def _agency(self, start: datetime) -> None:
        slug = self.path.lstrip("/").partition("/")[0]
        agency = next((one for one in agencies() if one.slug == slug), None)
        if agency is None:
            self._answer(HTTPStatus.NOT_FOUND, b"No such agency.\n", "text/plain")
        elif self.path == agency.path:
            self._wire(agency, start)
        else:
            words = PLAYED.format(name=agency.name).encode()
            self._answer(HTTPStatus.OK, words, "text/plain; charset=utf-8")

    def _wire(self, agency: Agency, start: datetime) -> None:
        """Answer with all that is on an agency's wire, or that nothing has changed."""
        base = self.server.base
        copies = on_wire(agency, start=start, now=self.server.now(), base=base)
        body = WRITERS[agency.format](agency, copies, base).encode()
        modified = max(copy.updated for copy in copies)
        self._answer(HTTPStatus.OK, body, TYPES[agency.format], modified=modified)

    def _picture(self, name: str) -> None:
        found = {path.name: path for path in PICTURES.glob("*.webp")}.get(name)
        if found is None:
            self._answer(HTTPStatus.NOT_FOUND, b"No such picture.\n", "text/plain")
        else:
            self._answer(HTTPStatus.OK, found.read_bytes(), "image/webp")

    def _answer(
        self, status: HTTPStatus, body: bytes, kind: str, *, modified: datetime | None = None
    ) -> None:
        """Answer, or say that the asker has it already (RFC 9110, section 13)."""
        etag = f'"{sha256(body).hexdigest()[:20]}"'
        if status == HTTPStatus.OK and self._has(etag, modified):
            status, body = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        self.send_header("ETag", etag)
        if modified:
            self.send_header("Last-Modified", format_datetime(modified, usegmt=True))
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _has(self, etag: str, modified: datetime | None) -> bool:
        if (held := self.headers.get("If-None-Match")) is not None:
            return etag in held or held.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        if since is None or modified is None:
            return False
        try:
            return parsedate_to_datetime(since).replace(tzinfo=UTC) >= modified
        except ValueError:
            return False

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for what happens on the wire."""
