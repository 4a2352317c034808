"""Hot folders: a file that is whole becomes a delivery, then moves to ``done/``.

In this order, so that a crash in between delivers a file twice and never loses one. Whole
is a file that nobody writes to: named at once by renaming, or unchanged for a while.
"""

import fcntl
import logging
import os
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from django.db import transaction

from wireroom.intake.inbox import delivery_of, put_down
from wireroom.intake.models import Channel

log = logging.getLogger("wireroom.intake")

#: Seconds between looks into a folder that sets no pace of its own.
PACE = 2
#: Seconds after which a look is repeated when the folder itself cannot be read.
BROKEN = 60
#: Seconds for which a whole file has not been touched.
SETTLED = 1.5
#: Files, and bytes of them, that a look takes.
MOST, HEAVY = 200, 50_000_000
#: Bytes of one document.
HEAVIEST = 20_000_000
#: Names under which programs write what is not whole yet.
UNFINISHED = (b".tmp", b".part", b".partial", b".filepart", b".crdownload", b".swp", b"~")
DONE = b"done"


@dataclass(frozen=True, slots=True)
class Taken:
    """One file as read; ``mark`` tells it from another of the same name."""

    name: bytes
    raw: bytes
    mark: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look into a folder came to."""

    taken: int = 0
    #: Files still being written.
    growing: int = 0
    #: What could not be read, or put away: names and reasons.
    bad: tuple[str, ...] = ()


class _Growing(Exception):
    pass


def look(channel: Channel, *, now: datetime) -> Looked:
    """Take whole files in, and write on the channel how the folder stands."""
    folder = folder_of(channel.url)
    began = time.monotonic()
    try:
        looked = _look(channel, folder, now)
    except OSError as error:
        looked = Looked(bad=(f"the folder cannot be used: {error.strerror}",))
        wait = BROKEN
    else:
        wait = PACE if channel.every is None else channel.every
    ended = now + timedelta(seconds=time.monotonic() - began)
    status = "; ".join(looked.bad)[:200] or f"{looked.taken} files"
    if looked.bad and status != channel.last_status:
        log.warning("folder", extra={"channel": channel.pk, "reason": status})
    Channel.objects.filter(pk=channel.pk).update(
        leased_until=None,
        next_at=ended + timedelta(seconds=wait),
        last_polled_at=now,
        last_status=status,
        failures=channel.failures + 1 if looked.bad else 0,
        **({"last_news_at": now} if looked.taken else {}),
    )
    return looked


def folder_of(url: str) -> bytes:
    """Say which folder ``file:///folder`` names; its bytes, since names need not be text."""
    return os.fsencode(unquote(urlsplit(url).path, errors="surrogateescape"))


def readable(name: bytes) -> str:
    """Write a name so that it can be stored and read, whatever bytes it has."""
    return name.decode(errors="backslashreplace")


def _look(channel: Channel, folder: bytes, now: datetime) -> Looked:
    _have_done(folder)
    if not os.access(folder, os.W_OK | os.X_OK):  # or each look would deliver the same again
        raise OSError(0, "files could not be put away")
    taken: list[Taken] = []
    growing, weight = 0, 0
    bad: list[str] = []
    for name in _names(folder):
        if len(taken) >= MOST or weight >= HEAVY:
            break
        try:
            one = _read(folder, name, now)
        except (_Growing, FileNotFoundError) as error:  # gone since it was listed
            growing += isinstance(error, _Growing)
        except OSError as error:
            bad.append(f"{readable(name)}: {error.strerror}")
        else:
            taken.append(one)
            weight += len(one.raw)
    _deliver(channel, taken, now)
    for one in taken:
        try:
            _put_away(folder, one)
        except OSError as error:
            bad.append(f"{readable(one.name)} stays where it is: {error.strerror}")
    return Looked(len(taken), growing, tuple(bad))


def _have_done(folder: bytes) -> None:
    """Make ``done/`` where there is none.

    Raises OSError when something else has the name: a link there would lead out.
    """
    done = os.path.join(folder, DONE)  # noqa: PTH118 (names are bytes)
    try:
        os.mkdir(done)  # noqa: PTH102
    except FileExistsError:
        if not stat.S_ISDIR(os.lstat(done).st_mode):
            raise


def _names(folder: bytes) -> Iterator[bytes]:
    """List what may be a document, the oldest first: plain files with finished names."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(b".") or entry.name.lower().endswith(UNFINISHED):
                continue
            with suppress(FileNotFoundError):
                if entry.is_file(follow_symlinks=False):
                    found.append((entry.stat(follow_symlinks=False).st_mtime_ns, entry.name))
    return (name for _, name in sorted(found))


def _read(folder: bytes, name: bytes, now: datetime) -> Taken:
    """Read one whole file, and never through a link.

    Raises OSError, and _Growing for one that is not whole.
    """
    opened = os.open(os.path.join(folder, name), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # noqa: PTH118 (names are bytes)
    with open(opened, "rb") as file:  # noqa: PTH123 (it is open already)
        before = os.fstat(opened)
        if not stat.S_ISREG(before.st_mode):
            raise OSError(0, "it is no plain file")
        if before.st_size > HEAVIEST:
            raise OSError(0, f"it has more than {HEAVIEST} bytes")
        if now.timestamp() - before.st_ctime < SETTLED or not before.st_size or _written_to(opened):
            raise _Growing
        raw = file.read(HEAVIEST + 1)
        if len(raw) != before.st_size or _mark(os.fstat(opened)) != _mark(before):
            raise _Growing
    return Taken(name, raw, _mark(before))


def _written_to(opened: int) -> bool:
    """Say whether a program on this machine has a file open for writing.

    The kernel lends a read lease only when none has. It may be unable to tell: the file is
    another user's, or on a file system that lends none.
    """
    try:
        fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _mark(found: os.stat_result) -> tuple[int, int, int]:
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def _deliver(channel: Channel, taken: Sequence[Taken], now: datetime) -> None:
    """Store files as deliveries; when this returns they are there for good."""
    if not taken:
        return
    with transaction.atomic(durable=True):
        put_down(
            delivery_of(
                one.raw,
                provider=channel.provider,
                now=now,
                channel=channel,
                format=channel.format,
                address=readable(one.name),
            )
            for one in taken
        )


def _put_away(folder: bytes, taken: Taken) -> None:
    """Move a delivered file to ``done/``, if the name is still that file's.

    Raises OSError.
    """
    here = os.path.join(folder, taken.name)  # noqa: PTH118 (names are bytes)
    done = os.path.join(folder, DONE)  # noqa: PTH118
    there = os.path.join(done, taken.name)  # noqa: PTH118
    if os.path.lexists(there):  # the same name with other content, or a crash before
        there += b"." + sha256(taken.raw).hexdigest()[:12].encode()
    with suppress(FileNotFoundError):  # somebody took it away: it is delivered all the same
        if _mark(os.lstat(here)) != taken.mark:
            return  # a newer file took the name: another look takes it
        os.rename(here, there)  # noqa: PTH104
        if os.lstat(there).st_ino != taken.mark[0]:  # it took the name in this very moment
            os.link(there, here)
            os.unlink(there)  # noqa: PTH108
