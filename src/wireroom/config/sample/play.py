"""The agencies at work: a server, and a line in the terminal for each thing that happens."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from . import server, state, telling


def clock() -> datetime:
    """Tell the time, aware and in UTC."""
    return datetime.now(UTC)


def listen(place: Path, site_port: int) -> server.Server:
    """Listen, and remember where; the sample does not begin by that."""
    made = server.listen(place, site_port, now=clock)
    held = state.read(place)
    if held.port != made.server_port:
        state.write(place, replace(held, port=made.server_port))
    return made


def play(listening: server.Server) -> None:
    """Begin, or go on from where this home's sample is, until this process ends."""
    begun = state.begun(listening.place, clock())
    assert begun.start is not None
    threading.Thread(target=telling.tell, args=(begun.start, clock), daemon=True).start()
    listening.serve_forever()
