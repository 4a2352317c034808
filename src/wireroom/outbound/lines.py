"""Lines to servers: made to checked addresses only, and kept for a moment for what comes next.

aiohttp reads what comes over a line; its session, which would add cookies, proxies,
redirects and decoding of its own, is left out.
"""

import asyncio
import ssl
from functools import lru_cache
from typing import Any

from aiohttp.client_proto import ResponseHandler

from .errors import Failed, Refused
from .names import Names, Permits
from .targets import Target

#: Seconds for which a line nobody uses is kept.
KEPT = 15.0
#: Seconds for one of a name's addresses, when there are others to try.
ONE_OF_SEVERAL = 5.0
#: Seconds for a goodbye over TLS.
GOODBYE = 1.0

Line = ResponseHandler
#: What a line is good for: scheme, host and port.
_Place = tuple[str, str, int]


class Lines:
    """Lines, lent for one transfer at a time; ``trust`` says whose certificates are good."""

    def __init__(self, permits: Permits, names: Names, trust: ssl.SSLContext | None) -> None:
        self._permits = permits
        self._names = names
        self._trust = trust
        self._loop = asyncio.get_running_loop()
        self._free: dict[_Place, list[tuple[float, Line]]] = {}
        self._swept = self._loop.time()

    def kept(self, target: Target) -> Line | None:
        """Lend a line that was made for the very same place, if there is one."""
        free = self._free.get(_place(target), [])
        while free:
            since, line = free.pop()
            if line.is_connected() and not line.should_close and self._fresh(since):
                return line
            line.close()
        return None

    async def new(self, target: Target) -> Line:
        """Make a line to one of a place's addresses, each checked before and after.

        Raises Refused, Failed and OSError.
        """
        addresses = [target.host] if target.literal else await self._addresses(target)
        patience = ONE_OF_SEVERAL if len(addresses) > 1 else None
        for address in addresses[:-1]:
            try:
                async with asyncio.timeout(patience):
                    return await self._connect(address, target)
            except (OSError, TimeoutError):
                continue
        return await self._connect(addresses[-1], target)

    def take_back(self, target: Target, line: Line, *, keep: bool) -> None:
        """Keep a line whose answer was read to its end; hang any other up."""
        if keep and line.is_connected() and not line.should_close:
            self._free.setdefault(_place(target), []).append((self._loop.time(), line))
            self._sweep()
        else:
            line.close()

    async def close(self) -> None:
        """Hang all kept lines up."""
        for free in self._free.values():
            for _, line in free:
                line.abort()
        self._free.clear()
        await asyncio.sleep(0)  # so that the loop lets go of them

    async def _addresses(self, target: Target) -> list[str]:
        try:
            return await self._names.addresses(target.host, target.port)
        except OSError as error:
            raise Failed(f"the name {target.host} is not found") from error

    async def _connect(self, address: str, target: Target) -> Line:
        self._check(address, target.port)
        tls: dict[str, Any] = {}
        if target.url.scheme == "https":
            tls = {
                "ssl": self._trust or _trusted(),
                "server_hostname": target.host,
                "ssl_shutdown_timeout": GOODBYE,
            }
        try:
            transport, line = await self._loop.create_connection(
                lambda: Line(self._loop), address, target.port, **tls
            )
        except ssl.SSLCertVerificationError as error:
            why = error.verify_message or error.reason
            raise Failed(f"the certificate of {target.host} is not good: {why}") from error
        except ssl.SSLError as error:
            raise Failed(f"no TLS with {target.host}: {error.reason}") from error
        except TimeoutError:
            raise
        except OSError as error:
            raise Failed(f"no connection to {target.host}: {error.strerror or error}") from error
        try:
            peer = transport.get_extra_info("peername")
            self._check(*(peer[:2] if peer else ("0.0.0.0", 0)))  # noqa: S104 (nobody's address: refused)
        except Refused:
            line.close()
            raise
        return line

    def _check(self, address: str, port: int) -> None:
        if why := self._permits.reason(address, port):
            raise Refused(f"{address} is not connected to: {why}")

    def _fresh(self, since: float) -> bool:
        return self._loop.time() - since < KEPT

    def _sweep(self) -> None:
        """Hang up what was kept long enough, now and then."""
        if self._fresh(self._swept):
            return
        self._swept = self._loop.time()
        for place, free in list(self._free.items()):
            for since, line in free:
                if not self._fresh(since):
                    line.close()
            self._free[place] = [(since, line) for since, line in free if self._fresh(since)]
            if not self._free[place]:
                del self._free[place]


def _place(target: Target) -> _Place:
    return target.url.scheme, target.host, target.port


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Trust whom the system trusts; read once, since that takes a while."""
    trust = ssl.create_default_context()
    trust.set_alpn_protocols(["http/1.1"])
    return trust
