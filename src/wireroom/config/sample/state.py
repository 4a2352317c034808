"""What a home remembers of the sample wire: when it began, where it was served, if at all.

``sample.json`` in the home; a later start goes on from there and does not begin anew.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from wireroom.config import environment


@dataclass(frozen=True, slots=True)
class State:
    """How the sample wire stands in a home."""

    #: When it was first started; None: not yet.
    start: datetime | None = None
    #: Where it was served last; 0: nowhere yet.
    port: int = 0
    #: It was removed, and does not come back by itself.
    removed: bool = False


def home() -> Path:
    """Find the home as the settings do."""
    return Path(environment.read()["WIREROOM_HOME"].value).resolve()


def read(place: Path) -> State:
    """Read how it stands in a home; a home that knows nothing of it has a fresh state."""
    try:
        words = json.loads((place / "sample.json").read_text())
    except FileNotFoundError:
        return State()
    start = datetime.fromisoformat(words["start"]) if words["start"] else None
    return State(start=start, port=words["port"], removed=words["removed"])


def write(place: Path, state: State) -> None:
    """Keep how it stands; the file is whole before it has its name."""
    place.mkdir(parents=True, exist_ok=True)
    half = place / "sample.json.half"
    half.write_text(json.dumps(asdict(state), default=str) + "\n")
    half.replace(place / "sample.json")


def begun(place: Path, now: datetime) -> State:
    """Return the state of a sample wire that has begun: now, if it had not before."""
    state = read(place)
    if state.start is None:
        state = replace(state, start=now)
        write(place, state)
    return state


def places(place: Path) -> frozenset[str]:
    """Name where the sample wire of a home is served, as ``WIREROOM_FETCH_ALLOW`` does."""
    known = read(place)
    served = known.port and not known.removed
    return frozenset([f"127.0.0.1:{known.port}"] if served else [])
