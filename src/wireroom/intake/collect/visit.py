"""A visit to a folder on an agency's server: what was taken before is put away, the rest read.

Nothing is moved or deleted whose bytes are not stored already: what a visit reads, the next
one puts away, and where name, size and time may hide that the file is another by now, it is read
again before. No database: a visit is told what is known of the folder, and tells what it saw.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from typing import Protocol

from wireroom.outbound.errors import Refused
from wireroom.outbound.remote import BREAKS, MOST_FILES, Denied, File

from .folder import HEAVIEST, HEAVY, MOST, UNFINISHED, readable

#: Seconds for which a whole file stays as it is.
SETTLED = 1.5
#: Seconds before its bytes were stored within which a file that changed may have changed again,
#: unseen: servers tell no less than a second, some two, and their clocks are not ours.
CLOSE = 5.0
#: Bytes of a name.
LONGEST = 255


class Session(Protocol):
    """What is asked of a server, by whatever it speaks."""

    def files(self) -> list[File]:
        """List the plain files of the folder."""
        ...

    def read(self, file: File) -> bytes | None:
        """Read a file; nothing when it is not as listed."""
        ...

    def now(self, name: bytes) -> File | None:
        """Say how a file is now."""
        ...

    def put_away(self, file: File, stamp: str) -> None:
        """Move a file to ``done``; where another has its name there, the stamp tells them apart."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a file: how it was when its bytes were stored."""

    mark: str
    sha256: str
    #: When that was, in seconds since 1970.
    taken: float
    #: The server lets nobody move it.
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A whole file, and its bytes."""

    file: File
    raw: bytes

    @property
    def sha256(self) -> str:
        """Tell its bytes from others."""
        return sha256(self.raw).hexdigest()


@dataclass(slots=True)
class Visited:
    """What came of a visit, also of one that was broken off."""

    read: list[Read] = field(default_factory=list)
    #: Names that were there; None when the list never came.
    there: set[bytes] | None = None
    #: Names that could not be moved.
    stay: list[bytes] = field(default_factory=list)
    #: Files still being written.
    growing: int = 0
    #: Whole files that were not got to.
    left: int = 0
    #: What could not be taken: names and reasons.
    bad: list[str] = field(default_factory=list)
    #: Why it was broken off.
    wrong: str = ""


def visit(
    visited: Visited,
    session: Session,
    known: Mapping[bytes, Known],
    *,
    wait: Callable[[float], bool],
    in_time: Callable[[], bool],
    luck: Random | None,
) -> None:
    """Visit a folder while there is time; ``wait`` says whether to go on afterwards.

    With ``luck`` files are read in any order, so that one that never comes to its end holds
    up the others once, and not for ever; else the oldest first. Raises Failed and Refused; what
    came of the visit until then is told.
    """
    files = _listed(session)
    visited.there = {file.name for file in files}
    new = []
    for file in files:
        held = known.get(file.name)
        if held is None or held.mark != file.mark:
            new.append(file)
        elif not held.stays and in_time():
            if _is_sure(file, held) or _has_the_bytes(session, file, held):
                _put_away(visited, session, file, held)
            else:
                new.append(file)
    new = [file for file in new if _may_be_whole(visited, file)]
    visited.left = len(new)
    if not new or not wait(SETTLED):
        return
    still = {file.name: file for file in _listed(session)}
    settled = [file for file in new if still.get(file.name) == file]
    visited.growing += len(new) - len(settled)
    settled.sort(key=lambda file: (file.changed, file.name))
    if luck:
        luck.shuffle(settled)
    weight = 0
    for file in settled[:MOST]:
        if weight >= HEAVY or not in_time():
            return
        weight += file.size
        _read(visited, session, file)


def _listed(session: Session) -> list[File]:
    """List what has a name that one can ask for.

    Raises Refused for a folder that is crowded.
    """
    files = session.files()
    if len(files) > MOST_FILES:
        raise Refused(f"the folder has more than {MOST_FILES} files")
    found = {
        file.name: file
        for file in files
        if len(file.name) <= LONGEST and b"/" not in file.name and not BREAKS.search(file.name)
    }
    return list(found.values())


def _may_be_whole(visited: Visited, file: File) -> bool:
    """Say whether a file is worth waiting for: a finished name, and bytes, not too many."""
    if file.name.startswith(b".") or file.name.lower().endswith(UNFINISHED):
        return False
    if file.size > HEAVIEST:
        visited.bad.append(
            f"{readable(file.name)}: it has more than {HEAVIEST} bytes; move it elsewhere"
        )
        return False
    visited.growing += not file.size
    return bool(file.size)


def _is_sure(file: File, held: Known) -> bool:
    """Say whether a file that is as it was when it was stored can be no other since."""
    return file.since is not None and held.taken - file.since > CLOSE


def _has_the_bytes(session: Session, file: File, held: Known) -> bool:
    """Say whether a file still has the bytes that were stored of it, by reading it again."""
    try:
        raw = session.read(file)
    except Denied:
        return False
    return raw is not None and sha256(raw).hexdigest() == held.sha256


def _put_away(visited: Visited, session: Session, file: File, held: Known) -> None:
    try:
        session.put_away(file, held.sha256[:12])
    except Denied:
        visited.stay.append(file.name)


def _read(visited: Visited, session: Session, file: File) -> None:
    try:
        raw = session.read(file)
    except Denied as error:
        visited.bad.append(f"{readable(file.name)}: {error}")
        return
    if raw is None or not file.same(session.now(file.name)):
        visited.growing += 1
    else:
        visited.read.append(Read(file, raw))
        visited.left -= 1
