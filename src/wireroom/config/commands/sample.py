"""``wireroom sample``: three invented agencies, played on this machine."""

import argparse
from typing import Any

from .outcome import Outcome, Problem, group, leaf


def add(commands: Any) -> None:
    """Put it on the tree."""
    tree = group(commands, "sample", "serve, remove and bring back the sample wire")
    leaf(tree, "serve", "play the agencies alone, until Ctrl-C", run_serve, django=False)
    leaf(tree, "remove", "remove the sample wire and all that came from it", run_remove)
    leaf(tree, "add", "let `wireroom run` begin a removed sample anew", run_add, django=False)


def run_serve(_: argparse.Namespace) -> Outcome:
    """Play the agencies, and tell what they send."""
    from wireroom.config import environment  # noqa: PLC0415
    from wireroom.config.sample import play, state  # noqa: PLC0415

    place = state.home()
    if state.read(place).removed:
        raise Problem("The sample wire was removed; `wireroom sample add` brings it back.")
    server = play.listen(place, int(environment.read()["PORT"].value))
    print_address(server.base)
    play.play(server)
    return Outcome("Ended.", {"address": server.base})


def print_address(base: str) -> None:
    """Say where the agencies are."""
    import sys  # noqa: PLC0415

    sys.stderr.write(f"The sample's agencies are at {base}\n")


def run_remove(_: argparse.Namespace) -> Outcome:
    """Remove the channels, stories, pictures and deliveries of the sample's agencies."""
    from dataclasses import replace  # noqa: PLC0415

    from wireroom.config.sample import channels, state  # noqa: PLC0415

    place = state.home()
    state.write(place, replace(state.read(place), removed=True))
    try:
        removed = channels.remove()
    except TimeoutError as error:
        raise Problem("The sample is still being read; call this again in a moment.") from error
    return Outcome(
        f"The sample wire is removed, with {removed} stories. `wireroom sample add` lets the"
        " next `wireroom run` begin it anew.",
        {"removed": removed},
    )


def run_add(_: argparse.Namespace) -> Outcome:
    """Forget that the sample was removed; it begins anew at the next start."""
    from wireroom.config.sample import state  # noqa: PLC0415

    place = state.home()
    held = state.read(place)
    if not held.removed:
        return Outcome("The sample wire is not removed.", {"begins": False})
    state.write(place, state.State(port=held.port))
    return Outcome("The sample wire begins anew with the next `wireroom run`.", {"begins": True})
