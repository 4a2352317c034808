"""``wireroom serve``: the whole site in one process group, and its parts by themselves."""

import argparse
import json
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .outcome import Outcome, Problem, leaf

if TYPE_CHECKING:
    from wireroom.config.supervisor import Part


def add(commands: Any) -> None:
    """Put them on the tree."""
    leaf(commands, "serve", "migrate, then run the whole site until SIGTERM or Ctrl-C", run)
    leaf(commands, "web", "run the web server alone", run_web)
    leaf(commands, "intake", "fetch channels as they become due, alone", run_intake)
    leaf(commands, "worker", "take deliveries and pictures in, alone", run_worker)


def run(arguments: argparse.Namespace) -> Outcome:
    """Serve until asked to end."""
    serve(lambda site, pid: say_ready(site, pid, as_json=arguments.json))
    return Outcome("Ended.")


def say_ready(site: str, pid: int, *, as_json: bool) -> None:
    """Tell who waits for it that the site answers."""
    line = json.dumps({"ready": site, "pid": pid}) if as_json else f"ready {site} pid={pid}"
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def serve(
    told: Callable[[str, int], None], *, beside: "Callable[[], Sequence[Part]]" = tuple
) -> None:
    """Bring the database up to date and run every part until asked to end.

    ``told`` is called with the site's address and this process's id, once it answers;
    ``beside`` once the database is up to date, and returns what else is to run.
    Raises Problem when the port is taken.
    """
    import os  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    from wireroom.config import port, supervisor, web  # noqa: PLC0415

    from .setup import prepare  # noqa: PLC0415

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _free(settings.BIND, settings.PORT)
        prepare()
        others = beside()
        _read_once()
    except KeyboardInterrupt:
        return
    connections.close_all()

    def ready() -> bool:
        if not port.answers(settings.BIND, settings.PORT):
            return False
        told(settings.SITE, os.getpid())
        return True

    parts = [
        supervisor.Part("web", web.serve),
        supervisor.Part("intake", _intake),
        supervisor.Part("worker", _worker),
        *others,
    ]
    supervisor.supervise(parts, ready=ready)


def run_web(_: argparse.Namespace) -> Outcome:
    """Answer readers until asked to end."""
    from django.conf import settings  # noqa: PLC0415

    from wireroom.config import web  # noqa: PLC0415

    _free(settings.BIND, settings.PORT)
    web.serve()
    return Outcome("Ended.", {"part": "web", "ended": True})


def run_intake(_: argparse.Namespace) -> Outcome:
    """Fetch until asked to end."""
    _intake()
    return Outcome("Ended.", {"part": "intake", "ended": True})


def run_worker(_: argparse.Namespace) -> Outcome:
    """Work until asked to end."""
    _worker()
    return Outcome("Ended.", {"part": "worker", "ended": True})


def _intake() -> None:
    from wireroom.config import loops  # noqa: PLC0415 (the supervisor itself needs none of it)

    loops.intake()


def _worker() -> None:
    from wireroom.config import loops  # noqa: PLC0415 (the same)

    loops.worker()


def _free(bind: str, number: int) -> None:
    """Make sure of the port: granian would share it with whoever has it, and say nothing."""
    from wireroom.config import port  # noqa: PLC0415

    try:
        port.free(bind, number)
    except OSError as error:
        raise Problem(
            f"Port {number} of {bind} cannot be had: {error.strerror}."
            " End what listens there, or set PORT to another one."
        ) from error


def _read_once() -> None:
    """Read what all parts have in common, before they are parted."""
    from django.urls import get_resolver  # noqa: PLC0415

    import wireroom.config.asgi  # noqa: F401, PLC0415 (importing it is what it is for)

    _ = get_resolver().url_patterns
