"""The web server: granian before the door, a few processes of it."""

import os
import signal
from typing import Any

from django.conf import settings

from . import lifeline

#: Seconds a process of it has to finish what it answers.
GRACE = 1.5
#: Seconds until one that cannot even end itself is ended.
KILL = 3


def serve() -> None:
    """Answer readers until asked to end.

    Raises SystemExit when its processes end again and again.
    """
    from granian.constants import HTTPModes, Interfaces, Loops  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415 (only the web server needs it)

    Server(
        "wireroom.config.asgi:application",
        address=settings.BIND,
        port=settings.PORT,
        interface=Interfaces.ASGINL,
        workers=settings.WORKERS,
        loop=Loops.uvloop,
        http=HTTPModes.auto,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
    ).serve(target_loader=door, wrap_loader=False)


def door() -> Any:
    """Bring the door into a process of the web server, which ends when the server is gone.

    A thread that answers may wait for a loop that has ended, and a stranger may never end
    what it asks: neither keeps the process.
    """
    lifeline.tie(os.getppid(), by=signal.SIGKILL)
    lifeline.limit(GRACE)
    from .asgi import application  # noqa: PLC0415 (here, where processes do not share memory)

    return application
