"""HTTP through the guarded way out.

Every address is checked before it is connected to, at each hop. A transfer has one
deadline from first to last byte, a cap on its bytes before and after decoding, and caps on
its headers. No cookies, no proxies, no more than two transfers a host at a time.
"""

import asyncio
import re
import socket
from base64 import b64encode
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import hdrs
from multidict import CIMultiDict

from .coding import ACCEPTED, decode
from .errors import Failed, Refused
from .names import Lookup, Names, Permits
from .targets import Target, aim, follow

#: What we call ourselves.
AGENT = "Wireroom/0.1 (+news intake)"
AT_ONCE = 2
PORTS = frozenset({80, 443})
MOST_HOPS = 5
MOST_HEADERS = 128
#: Bytes of one header; content security policies are long.
LONGEST_HEADER = 32_768
MOVED = frozenset({301, 302, 303, 307, 308})
#: Success; only these bodies are read.
GOOD = range(200, 300)
#: What a caller may not set: where a request goes, who asks, and how it is framed.
OURS = re.compile(
    r"host|forwarded|x-forwarded-.*|x-real-ip|x-original-.*|x-rewrite-url|(?:x-)?remote-user"
    r"|proxy-.*|connection|keep-alive|te|trailer|transfer-encoding|content-length|upgrade|expect"
    r"|accept-encoding",
    re.IGNORECASE,
)
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
#: What may stand in a header's value (RFC 9110, section 5.5).
VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
#: Headers meant for one host only.
SECRET = ("Authorization", "Cookie")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to fetch."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    #: For each address: the ETag and Last-Modified it once gave, verbatim; either may be empty.
    validators: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    #: Bytes, both as sent and as decoded.
    cap: int = 10_000_000
    #: Seconds from the first byte out to the last byte in, redirects included.
    deadline: float = 20.0
    #: Nothing more will be asked of the host: the connection need not be kept.
    last: bool = False


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect that was followed."""

    status: int
    #: Where it led.
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: a body only with a status of success, decoded."""

    status: int
    #: After redirects, without user's name.
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    hops: tuple[Hop, ...] = ()


class Door:
    """The way out, open while its ``async with`` lasts.

    ``allow`` lists private places, ``host:port``, that may be reached all the same;
    ``lookup`` finds the addresses of a name, the system's way if not given.
    """

    def __init__(self, allow: Collection[str] = (), *, lookup: Lookup | None = None) -> None:
        self._permits = Permits(tuple(allow))
        self._lookup = lookup
        self._turns: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))

    async def __aenter__(self) -> Self:
        self._names = Names(self._permits, self._lookup)
        self._session = aiohttp.ClientSession(
            connector=_Connector(self._permits, self._names),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
            max_headers=MOST_HEADERS,
            skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()
        await self._names.close()

    async def fetch(self, request: Request) -> Answer:
        """Fetch, following redirects.

        Raises Refused for what we will not reach or take, Failed when no whole answer came.
        """
        target = aim(request.url)
        self._admit(target)
        headers = _checked(request.headers)
        if target.user and "Authorization" not in headers:
            pair = f"{target.user}:{target.password}".encode()
            headers["Authorization"] = f"Basic {b64encode(pair).decode()}"
        if request.last:
            headers["Connection"] = "close"
        turn = self._turns[target.host]
        await turn.acquire()
        try:
            async with asyncio.timeout(request.deadline):
                return await self._walk(request, target, headers, turn)
        except TimeoutError as error:
            raise Failed(f"no whole answer within {request.deadline:g} s") from error
        except (aiohttp.ClientError, OSError) as error:
            raise Failed(_said(error)) from error
        except ValueError as error:  # aiohttp's parser, on headers that are none
            raise Failed(f"the answer is not HTTP: {error}") from error

    async def _walk(
        self,
        request: Request,
        target: Target,
        headers: "CIMultiDict[str]",
        turn: asyncio.Semaphore,
    ) -> Answer:
        """Go from hop to hop; the first host's turn is taken already."""
        hops: list[Hop] = []
        seen = {str(target)}
        while True:
            try:
                found = await self._ask(request, target, headers)
            finally:
                turn.release()
            if isinstance(found, Answer):
                return Answer(found.status, found.url, found.headers, found.body, tuple(hops))
            status, location = found
            before, target = target, follow(target, location)
            hops.append(Hop(status, str(target)))
            if str(target) in seen:
                raise Refused("the redirects go round in a circle")
            if len(hops) > MOST_HOPS:
                raise Refused(f"more than {MOST_HOPS} redirects")
            seen.add(str(target))
            self._admit(target)
            if target.url.origin() != before.url.origin():
                for name in SECRET:
                    headers.popall(name, None)
            turn = self._turns[target.host]
            await turn.acquire()

    async def _ask(
        self, request: Request, target: Target, headers: "CIMultiDict[str]"
    ) -> Answer | tuple[int, str]:
        """Ask one place: an answer, or a redirect's status and location."""
        etag, modified = request.validators.get(str(target), ("", ""))
        headers.popall("If-None-Match", None)
        headers.popall("If-Modified-Since", None)
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        response = await self._session.get(target.url, headers=headers, allow_redirects=False)
        try:
            location = response.headers.get(hdrs.LOCATION)
            if response.status in MOVED and location is not None:
                return response.status, location
            body = await _body(response, request.cap) if response.status in GOOD else b""
            return Answer(response.status, str(target), response.headers, body)
        finally:
            response.release()

    def _admit(self, target: Target) -> None:
        """Check a port, and an address that stands for a host; names wait for their addresses.

        Raises Refused.
        """
        listed = self._permits.lists(target.place)
        if target.port not in PORTS and not listed:
            raise Refused(f"port {target.port} is not fetched from, only 80 and 443")
        if not target.literal:
            return
        if listed:
            self._permits.lead(target.host, target.port)
        elif why := self._permits.reason(target.host, target.port):
            raise Refused(f"{target.host} is not fetched from: {why}")


class _Connector(aiohttp.TCPConnector):
    """Connections to checked addresses only: checked before, and once more by the peer."""

    def __init__(self, permits: Permits, names: Names) -> None:
        super().__init__(resolver=names, socket_factory=self._socket, limit=0)
        self._permits = permits

    def _socket(self, info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        self._check(address)
        return socket.socket(family, kind, protocol)

    async def _create_connection(self, *how: Any) -> Any:
        made = await super()._create_connection(*how)
        peer = made.transport and made.transport.get_extra_info("peername")
        try:
            self._check(peer or ("0.0.0.0", 0))  # noqa: S104 (nobody's address: refused)
        except Refused:
            made.close()
            raise
        return made

    def _check(self, address: tuple[Any, ...]) -> None:
        host, port = str(address[0]), int(address[1])
        if why := self._permits.reason(host, port):
            raise Refused(f"{host} is not connected to: {why}")


def _checked(given: Mapping[str, str]) -> "CIMultiDict[str]":
    """Put a request's headers together.

    Raises Refused for one that is ours to set, or that would break out of its line.
    """
    headers = CIMultiDict({"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": ACCEPTED})
    for name, value in given.items():
        if not TOKEN.fullmatch(name) or not VALUE.fullmatch(value):
            raise Refused("a header has characters that no header may have")
        if OURS.fullmatch(name):
            raise Refused(f"the header {name} is not for others to set")
        headers[name] = value
    return headers


async def _body(response: aiohttp.ClientResponse, cap: int) -> bytes:
    """Read a body up to the cap, and decode it up to the cap.

    Raises Refused beyond it.
    """
    length = response.headers.get(hdrs.CONTENT_LENGTH, "")
    if length.isdigit() and int(length) > cap:
        raise Refused(f"the answer has {length} bytes, more than {cap}")
    parts: list[bytes] = []
    size = 0
    async for part in response.content.iter_any():
        size += len(part)
        if size > cap:
            raise Refused(f"the answer has more than {cap} bytes")
        parts.append(part)
    codings = ",".join(response.headers.getall(hdrs.CONTENT_ENCODING, ()))
    return decode(b"".join(parts), codings, cap=cap)


def _said(error: Exception) -> str:
    """Say in words what went wrong, without the address and what it may carry."""
    match error:
        case aiohttp.ClientConnectorDNSError():
            return f"the name {error.host} is not found"
        case aiohttp.ClientConnectorCertificateError():
            return f"the certificate of {error.host} is not good: {error.certificate_error}"
        case aiohttp.ClientConnectorError():
            return f"no connection to {error.host}: {error.strerror or error.os_error}"
        case aiohttp.ClientResponseError():
            return f"the answer is not HTTP: {error.message}"
        case _:
            return str(error) or type(error).__name__
