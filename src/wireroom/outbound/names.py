"""From a name to addresses that may be connected to."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from aiohttp.abc import AbstractResolver, ResolveResult

from .addresses import closed
from .errors import Refused

#: Names looked up at a time; one that never answers holds up few others.
LOOKUPS = 32

#: Looks a name up: all its addresses, in the order to try them. Raises OSError.
Lookup = Callable[[str], Awaitable[Sequence[str]]]


class Permits:
    """What may be connected to: public addresses, and the places on a list."""

    def __init__(self, allow: Sequence[str]) -> None:
        self._listed = frozenset(place.lower() for place in allow)
        self._led: set[tuple[str, int]] = set()

    def lists(self, place: str) -> bool:
        """Say whether a place stands on the list, exactly as written."""
        return place in self._listed

    def lead(self, address: str, port: int) -> None:
        """Remember an address to which a listed place led."""
        self._led.add((address, port))

    def reason(self, address: str, port: int) -> str:
        """Say why an address may not be connected to; nothing when it may."""
        return "" if (address, port) in self._led else closed(address)


class Names(AbstractResolver):
    """Resolve names, and refuse a name as a whole when one of its addresses is closed."""

    def __init__(self, permits: Permits, lookup: Lookup | None = None) -> None:
        self._permits = permits
        self._lookup = lookup or self._ask_system
        self._pool = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="names")

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 (both kinds are checked)
    ) -> list[ResolveResult]:
        """Look a name up and check every answer.

        Raises Refused when one is closed, OSError when there is none.
        """
        addresses = list(dict.fromkeys(await self._lookup(host.removesuffix("."))))
        if not addresses:
            raise OSError(f"{host} has no address")
        for address in addresses:
            if self._permits.lists(f"{host}:{port}"):
                self._permits.lead(address, port)
            elif why := self._permits.reason(address, port):
                raise Refused(f"{host} leads to {address}: {why}")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Let go of the threads; a lookup that still hangs is not waited for."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _ask_system(self, host: str) -> Sequence[str]:
        found = await asyncio.get_running_loop().run_in_executor(
            self._pool, lambda: socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        )
        return [str(sockaddr[0]) for *_, sockaddr in found]
