"""HTTP through the guarded way out.

Every address is checked before it is connected to, at each hop. A transfer has one
deadline from first to last byte, a cap on its bytes before and after decoding, and caps on
its headers. No cookies, no proxies, no more than two transfers a host at a time.
"""

import asyncio
import re
import ssl
from base64 import b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import StreamReader, hdrs
from aiohttp.http import RawResponseMessage
from aiohttp.http_exceptions import HttpProcessingError
from multidict import CIMultiDictProxy

from .coding import ACCEPTED, decode
from .errors import Failed, Refused
from .lines import Line, Lines
from .names import Lookup, Names, Permits
from .targets import Target, aim, follow
from .turns import Turns

#: What we call ourselves.
AGENT = "Wireroom/0.1 (+news intake)"
AT_ONCE = 2
PORTS = frozenset({80, 443})
MOST_HOPS = 5
MOST_HEADERS = 128
#: Bytes of one header; content security policies are long.
LONGEST_HEADER = 32_768
MOVED = frozenset({301, 302, 303, 307, 308})
#: The redirect that asks for another thing in place of what was sent (RFC 9110, 15.4.4).
SEE_OTHER = 303
#: Success; only these bodies are read.
GOOD = range(200, 300)
#: What a caller may not set: where a request goes, who asks, and how it is framed.
OURS = re.compile(
    r"host|forwarded|x-forwarded-.*|x-real-ip|x-original-.*|x-rewrite-url|(?:x-)?remote-user"
    r"|x-webauth-.*|x-auth-request-.*|proxy-.*|connection|keep-alive|te|trailer|transfer-encoding"
    r"|content-length|upgrade|expect|accept-encoding|content-type",
    re.IGNORECASE,
)
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
#: What may stand in a header's value (RFC 9110, section 5.5).
VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
#: What would break a validator, which else goes back as it came, out of its line.
BREAKS = re.compile(r"[\r\n\0]")
#: Headers meant for one host only.
SECRET = ("authorization", "cookie")
#: Answers before the answer, and the one of them that is an end.
INTERIM, SWITCHING = range(100, 200), 101
#: How a form says that it is one.
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
#: The instance manipulation that is asked for beside an ETag: the new entries of a feed.
NEW_ALONE = "A-IM: feed\r\n"
#: Headers of every request, unless a caller sets them, each written out.
USUAL = {
    "user-agent": f"User-Agent: {AGENT}\r\n",
    "accept": "Accept: */*\r\n",
    "accept-encoding": f"Accept-Encoding: {ACCEPTED}\r\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to fetch."""

    url: str
    #: A form that is sent, again where a redirect leads; None: nothing is, the request is a GET.
    form: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    #: For each address: the ETag and Last-Modified it once gave, verbatim; either may be empty.
    validators: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    #: Where an ETag goes back, entries that are new since then will do (RFC 3229, ``A-IM: feed``).
    new_alone: bool = False
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
    ``lookup`` finds the addresses of a name, and ``trust`` says whose certificates are
    good: both the system's way if not given.
    """

    def __init__(
        self,
        allow: Collection[str] = (),
        *,
        lookup: Lookup | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._permits = Permits(tuple(allow))
        self._lookup = lookup
        self._trust = trust
        self._turns = Turns(AT_ONCE)

    async def __aenter__(self) -> Self:
        self._names = Names(self._permits, self._lookup)
        self._lines = Lines(self._permits, self._names, self._trust)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._lines.close()
        await self._names.close()

    async def fetch(self, request: Request) -> Answer:
        """Fetch, following redirects.

        Raises Refused for what we will not reach or take, Failed when no whole answer came.
        """
        target = aim(request.url)
        self._admit(target)
        headers = _checked(request.headers) if request.headers else dict(USUAL)
        if target.user and "authorization" not in headers:
            pair = f"{target.user}:{target.password}".encode()
            headers["authorization"] = f"Authorization: Basic {b64encode(pair).decode()}\r\n"
        await self._turns.take(target.host)
        try:
            async with asyncio.timeout(request.deadline):
                return await self._walk(request, target, headers)
        except TimeoutError as error:
            raise Failed(f"no whole answer within {request.deadline:g} s") from error
        except HttpProcessingError as error:
            raise Failed(
                f"the answer is not HTTP: {error.message or 'it cannot be read'}"
            ) from error
        except (aiohttp.ClientError, OSError) as error:
            why = getattr(error, "strerror", "") or str(error) or type(error).__name__
            raise Failed(why) from error
        except ValueError as error:  # aiohttp's parser, on headers that are none
            raise Failed(f"the answer is not HTTP: {error}") from error

    async def _walk(self, request: Request, target: Target, headers: dict[str, str]) -> Answer:
        """Go from hop to hop; the first host's turn is taken already."""
        hops: list[Hop] = []
        seen = {str(target)}
        while True:
            try:
                found = await self._ask(request, target, headers)
            finally:
                self._turns.give_back(target.host)
            if isinstance(found, Answer):
                return replace(found, hops=tuple(hops)) if hops else found
            status, location = found
            before, target = target, follow(target, location)
            hops.append(Hop(status, str(target)))
            if str(target) in seen:
                raise Refused("the redirects go round in a circle")
            if len(hops) > MOST_HOPS:
                raise Refused(f"more than {MOST_HOPS} redirects")
            seen.add(str(target))
            self._admit(target)
            if status == SEE_OTHER:
                request = replace(request, form=None)
            if target.url.origin() != before.url.origin():
                for name in SECRET:
                    headers.pop(name, None)
            await self._turns.take(target.host)

    async def _ask(
        self, request: Request, target: Target, headers: Mapping[str, str]
    ) -> Answer | tuple[int, str]:
        """Ask one place: an answer, or a redirect's status and location."""
        written = _written(request, target, headers)
        # What is sent must not go out twice, over a line that turns out to be gone.
        line = self._lines.kept(target) if request.form is None else None
        keep = False
        try:
            if line is not None:
                try:
                    message, content = await _exchange(line, written)
                except aiohttp.ClientConnectionError:  # the server had let go of it meanwhile
                    self._lines.take_back(target, line, keep=False)
                    line = None
            if line is None:
                line = await self._lines.new(target)
                message, content = await _exchange(line, written)
            location = message.headers.get(hdrs.LOCATION)
            if message.code in MOVED and location is not None:
                keep = not request.last
                return message.code, location
            good = message.code in GOOD
            body = await _body(message.headers, content, request.cap) if good else b""
            keep = not request.last
            return Answer(message.code, str(target), message.headers, body)
        finally:
            if line is not None:
                self._lines.take_back(target, line, keep=keep)

    def _admit(self, target: Target) -> None:
        """Check a port, and an address that stands for a host; names wait for their addresses.

        Raises Refused.
        """
        listed = self._permits.lists(target.place)
        if target.port not in PORTS and not listed:
            raise Refused(
                f"port {target.port} is not fetched from, only 80 and 443,"
                f" unless WIREROOM_FETCH_ALLOW lists {target.host}:{target.port}"
            )
        if not target.literal:
            return
        if listed:
            self._permits.lead(target.host, target.port)
        elif why := self._permits.reason(target.host, target.port):
            raise Refused(f"{target.host} is not fetched from: {why}")


async def _exchange(line: Line, written: bytes) -> tuple[RawResponseMessage, StreamReader]:
    """Send a request over a line, and read the head of its answer."""
    line.set_response_params(
        read_until_eof=True,
        auto_decompress=False,
        max_line_size=LONGEST_HEADER,
        max_field_size=LONGEST_HEADER,
        max_headers=MOST_HEADERS,
    )
    if line.transport is None:
        raise aiohttp.ServerDisconnectedError
    line.transport.write(written)
    while True:
        message, content = await line.read()
        if message.code not in INTERIM or message.code == SWITCHING:
            return message, content


def _written(request: Request, target: Target, headers: Mapping[str, str]) -> bytes:
    """Write a request, with the validators that belong to its place."""
    parts = ["GET " if request.form is None else "POST ", target.opening, *headers.values()]
    etag, modified = request.validators.get(str(target), ("", ""))
    if etag and not BREAKS.search(etag):
        parts.append(f"If-None-Match: {etag}\r\n{NEW_ALONE if request.new_alone else ''}")
    if modified and not BREAKS.search(modified):
        parts.append(f"If-Modified-Since: {modified}\r\n")
    if request.form is not None:
        parts.append(f"{FORM}Content-Length: {len(request.form)}\r\n")
    parts.append("Connection: close\r\n\r\n" if request.last else "\r\n")
    return "".join(parts).encode(errors="surrogateescape") + (request.form or b"")


def _checked(given: Mapping[str, str]) -> dict[str, str]:
    """Put a request's headers together, each written out under its name in small letters.

    Raises Refused for one that is ours to set, or that would break out of its line.
    """
    headers = dict(USUAL)
    for name, value in given.items():
        if not TOKEN.fullmatch(name) or not VALUE.fullmatch(value):
            raise Refused("a header has characters that no header may have")
        if OURS.fullmatch(name):
            raise Refused(f"the header {name} is not for others to set")
        headers[name.lower()] = f"{name}: {value}\r\n"
    return headers


async def _body(headers: "CIMultiDictProxy[str]", content: StreamReader, cap: int) -> bytes:
    """Read a body up to the cap, and decode it up to the cap.

    Raises Refused beyond it.
    """
    length = headers.get(hdrs.CONTENT_LENGTH, "")
    if length.isdigit() and int(length) > cap:
        raise Refused(f"the answer has {length} bytes, more than {cap}")
    parts: list[bytes] = []
    size = 0
    async for part in content.iter_any():
        size += len(part)
        if size > cap:
            raise Refused(f"the answer has more than {cap} bytes")
        parts.append(part)
    codings = ",".join(headers.getall(hdrs.CONTENT_ENCODING, ()))
    return decode(b"".join(parts), codings, cap=cap)
