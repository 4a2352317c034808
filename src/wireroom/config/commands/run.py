"""``wireroom run``: a whole site with the sample wire, for those who see it first."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from .outcome import Outcome, leaf

if TYPE_CHECKING:
    from wireroom.config.sample.server import Server
    from wireroom.config.supervisor import Part

NO_SAMPLE = "The sample wire was removed from this home; `wireroom sample add` brings it back."


def add(commands: Any) -> None:
    """Put it on the tree."""
    leaf(commands, "run", "set up, then serve the site with a sample wire on it", run, django=False)


def run(arguments: argparse.Namespace) -> Outcome:
    """Serve until asked to end; the first editor's one-time password is printed once."""
    from wireroom.config import environment  # noqa: PLC0415
    from wireroom.config.sample import play, state  # noqa: PLC0415

    sys.stderr.write("Setting up (a few seconds the first time)\n")
    place = state.home()
    listening = None
    if not state.read(place).removed:
        listening = play.listen(place, int(environment.read()["PORT"].value))
        _let_in(listening)
    _serve(listening, as_json=arguments.json)
    return Outcome("Ended.")


def _let_in(listening: "Server") -> None:
    """Let this run, and nothing beside it, fetch from the sample's own address."""
    from wireroom.config import environment  # noqa: PLC0415

    allowed = environment.read()["WIREROOM_FETCH_ALLOW"].value
    host, port = listening.server_address[:2]
    places = [place for place in (allowed, f"{host!s}:{port}") if place]
    os.environ["WIREROOM_FETCH_ALLOW"] = ",".join(places)


def _serve(listening: "Server | None", *, as_json: bool) -> None:
    import django  # noqa: PLC0415

    django.setup()

    from .serve import say_ready, serve  # noqa: PLC0415
    from .setup import first_editor  # noqa: PLC0415

    editor: list[str] = []

    def beside() -> "list[Part]":
        from wireroom.config.supervisor import Part  # noqa: PLC0415

        editor.extend(first_editor("", ""))
        if listening is None:
            return []
        from wireroom.config.sample import channels, play  # noqa: PLC0415

        channels.add(listening.base)
        return [Part("sample", lambda: play.play(listening))]

    def told(site: str, pid: int) -> None:
        say_ready(site, pid, as_json=as_json)
        words = welcome(site, *editor, programme=_programme(listening))
        (sys.stderr if as_json else sys.stdout).write(words + "\n")
        sys.stdout.flush()

    serve(told, beside=beside)


def _programme(listening: "Server | None") -> str:
    if listening is None:
        return NO_SAMPLE
    from wireroom.config.sample import play, state, telling  # noqa: PLC0415

    return telling.programme(state.read(listening.place).start, play.clock())


def welcome(site: str, editor: str, password: str, *, programme: str) -> str:
    """Say where everything is, who may enter, and what will happen."""
    known = f"`wireroom user password {editor}` gives a new password"
    return "\n".join(
        [
            "",
            f"  Site    {site}/",
            f"  Desk    {site}/desk/",
            f"  Editor  {editor}",
            f"  One-time password  {password}" if password else f"  ({known})",
            *([f"  (valid until it is changed at {site}/desk/account/)"] if password else []),
            "",
            programme,
            "",
            "Ctrl-C ends all of it.",
            "",
        ]
    )
