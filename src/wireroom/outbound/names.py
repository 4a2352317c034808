"""From a name to addresses that may be connected to."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from .addresses import closed
from .errors import Refused

#: Names looked up at a time; one that never answers holds up few others.
LOOKUPS = 32
#: Seconds for which an answer is known, and how many are.
KNOWN, MOST_KNOWN = 10.0, 1000

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


class Names:
    """Resolve names, and refuse a name as a whole when one of its addresses is closed."""

    def __init__(self, permits: Permits, lookup: Lookup | None = None) -> None:
        self._permits = permits
        self._lookup = lookup or self._ask_system
        self._pool = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="names")
        self._known: dict[tuple[str, int], tuple[float, asyncio.Future[list[str]]]] = {}

    async def addresses(self, host: str, port: int) -> list[str]:
        """Look a name up, once for all who ask in the same moment, and check every answer.

        Raises Refused when one is closed, OSError when there is none.
        """
        now = asyncio.get_running_loop().time()
        known = self._known.get((host, port))
        if known is None or known[0] < now:
            if len(self._known) > MOST_KNOWN:
                self._known = {k: each for k, each in self._known.items() if each[0] >= now}
            known = (now + KNOWN, asyncio.ensure_future(self._checked(host, port)))
            self._known[host, port] = known
        return await asyncio.shield(known[1])

    async def _checked(self, host: str, port: int) -> list[str]:
        addresses = list(dict.fromkeys(await self._lookup(host)))
        if not addresses:
            raise OSError(f"{host} has no address")
        for address in addresses:
            if self._permits.lists(f"{host}:{port}"):
                self._permits.lead(address, port)
            elif why := self._permits.reason(address, port):
                raise Refused(f"{host} leads to {address}: {why}")
        return addresses

    async def close(self) -> None:
        """Let go of the threads; a lookup that still hangs is not waited for."""
        asking = [found for _, found in self._known.values() if not found.done()]
        for found in asking:
            found.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _ask_system(self, host: str) -> Sequence[str]:
        found = await asyncio.get_running_loop().run_in_executor(
            self._pool, lambda: socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        )
        return [str(sockaddr[0]) for *_, sockaddr in found]
