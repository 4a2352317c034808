"""How many may ask a host at a time."""

import asyncio
from dataclasses import dataclass


@dataclass(slots=True)
class _Queue:
    free: asyncio.Semaphore
    #: Who asks or waits to.
    here: int = 0


class Turns:
    """So many turns of each host; a host nobody asks is forgotten."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._hosts: dict[str, _Queue] = {}

    async def take(self, host: str) -> None:
        """Wait for a turn."""
        queue = self._hosts.get(host)
        if queue is None:
            queue = self._hosts[host] = _Queue(asyncio.Semaphore(self._at_once))
        queue.here += 1
        try:
            await queue.free.acquire()
        except BaseException:
            self._leave(host, queue)
            raise

    def give_back(self, host: str) -> None:
        """Let the next one ask."""
        queue = self._hosts[host]
        queue.free.release()
        self._leave(host, queue)

    def _leave(self, host: str, queue: _Queue) -> None:
        queue.here -= 1
        if not queue.here:
            del self._hosts[host]
