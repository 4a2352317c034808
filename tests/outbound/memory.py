"""Fetch, and say by how many MB the memory of this process grew at its highest.

python memory.py PLACE URL
"""

import asyncio
import re
import sys
from pathlib import Path

from wireroom.outbound.errors import Refused
from wireroom.outbound.http import Door, Request


def highest():
    """Read the highest memory of this process so far, in kilobytes."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])


async def fetch(place, *urls):
    async with Door((place,)) as door:
        for url in urls:
            try:
                answer = await door.fetch(Request(url=url))
                print(answer.status, len(answer.body))
            except Refused as refused:
                print(refused)


place, warm, url = sys.argv[1:]
asyncio.run(fetch(place, warm))
before = highest()
asyncio.run(fetch(place, url))
print((highest() - before) // 1000)
