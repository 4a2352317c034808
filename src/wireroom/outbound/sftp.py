"""SFTP: files of a folder over SSH, read and put away.

asyncssh talks over a line of ours. A server is believed by the digest of its key alone,
which the channel's address names. Nothing of this machine's own SSH is used: no settings,
no keys, no agent.
"""

import asyncio
import logging
from base64 import urlsafe_b64encode
from collections.abc import Collection, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from types import TracebackType
from typing import Any, Self, TypeVar

import asyncssh

from .errors import Failed, Refused
from .names import Lookup
from .remote import (
    DONE,
    MOST_FILES,
    PATIENCE,
    Denied,
    File,
    Place,
    line_to,
    put_into_done,
)

#: Seconds for one thing asked of a server: a file, or the list of a folder.
DEADLINE = 20.0
#: Seconds for what ends after that.
GOODBYE = 1.0
#: It says no to this one thing.
NO = (
    asyncssh.SFTPNoSuchFile,
    asyncssh.SFTPPermissionDenied,
    asyncssh.SFTPFailure,
    asyncssh.SFTPOpUnsupported,
)

asyncssh.set_log_level(logging.WARNING)  # it tells of each login otherwise

Got = TypeVar("Got")


@dataclass(slots=True)
class _Believer(asyncssh.SSHClient):
    """Believes a server that has the key whose digest was named."""

    digest: str
    seen: str = ""

    def validate_host_public_key(
        self, host: str, addr: str, port: int, key: asyncssh.SSHKey
    ) -> bool:
        """Say whether it is that key."""
        del host, addr, port
        self.seen = urlsafe_b64encode(sha256(key.public_data).digest()).decode().rstrip("=")
        return self.seen == self.digest.rstrip("=")


class Sftp:
    """A folder on a server that speaks SFTP, open while its ``with`` lasts.

    Everything raises Failed and Refused, after which it is of no more use, and what asks for
    one file raises Denied, after which others may be asked for.
    """

    def __init__(
        self,
        place: Place,
        *,
        allow: Collection[str] = (),
        lookup: Lookup | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        self._place = place
        self._allow, self._lookup = allow, lookup
        self._deadline = deadline
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[Any] | None = None
        self._talk: asyncssh.SSHClientConnection | None = None
        self._cut = False

    def __enter__(self) -> Self:
        try:
            self._sftp = self._asked(self._enter())
        except Denied as error:
            self._close()
            raise Failed(str(error)) from error
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def cut(self) -> None:
        """Hang up, from whatever thread; who waits for an answer gets none."""
        self._cut = True
        if task := self._task:
            with suppress(RuntimeError):  # it has ended meanwhile
                self._loop.call_soon_threadsafe(task.cancel)

    def files(self) -> list[File]:
        """List the plain files of the folder."""
        try:
            return self._asked(self._listed())
        except Denied as error:
            raise Failed(str(error)) from error

    def read(self, file: File) -> bytes | None:
        """Read a file; nothing when it has other than the bytes listed: somebody writes to it."""
        raw = self._asked(self._bytes(file))
        return raw if len(raw) == file.size else None

    def now(self, name: bytes) -> File | None:
        """Say how a file is now; nothing when it is not there."""
        try:
            return _file(name, self._asked(self._sftp.lstat(self._path(name))))
        except Denied:
            return None

    def put_away(self, file: File, stamp: str) -> None:
        """Move a file to ``done/``."""
        put_into_done(self, file, stamp)

    def make_done(self) -> None:
        """Make ``done/``, if it is not there."""
        with suppress(Denied):
            self._asked(self._sftp.mkdir(self._path(DONE)))

    def move(self, here: bytes, there: bytes) -> None:
        """Give a file another name."""
        self._asked(self._sftp.rename(self._path(here), self._path(there)))

    def _path(self, name: bytes) -> bytes:
        folder = self._place.folder
        return (folder.removesuffix(b"/") + b"/" if folder else b"") + name

    async def _enter(self) -> asyncssh.SFTPClient:
        place = self._place
        # The lookup has a loop of its own, in a thread of its own.
        line = await asyncio.to_thread(line_to, place, allow=self._allow, lookup=self._lookup)
        line.setblocking(False)  # noqa: FBT003 (the library has it so)
        believer = _Believer(place.fingerprint)
        try:
            self._talk, _ = await asyncssh.create_connection(
                lambda: believer,
                place.host,
                place.port,
                sock=line,
                config=None,
                known_hosts=([], [], []),
                client_keys=None,
                agent_path=None,
                username=place.user,
                password=place.password,
                preferred_auth="password,keyboard-interactive",
                compression_algs=None,
                login_timeout=PATIENCE,
            )
        except asyncssh.HostKeyNotVerifiable:
            raise Refused(
                "the server's key is not the one that the address names; if you know it by"
                f" ;fingerprint={believer.seen} write that behind the user"
                if believer.seen
                else "the server shows no key"
            ) from None
        except asyncssh.PermissionDenied:
            raise Failed("the server lets nobody in by that name and password") from None
        finally:
            if self._talk is None:
                line.close()
        return await self._talk.start_sftp_client(path_encoding=None)

    async def _listed(self) -> list[File]:
        found = []
        count = 0
        async for entry in self._sftp.scandir(self._place.folder or b"."):
            count += 1
            if count > MOST_FILES:
                raise Failed(f"the folder has more than {MOST_FILES} names")
            name = entry.filename
            assert isinstance(name, bytes)
            if file := _file(name, entry.attrs):
                found.append(file)
        return found

    async def _bytes(self, file: File) -> bytes:
        async with self._sftp.open(self._path(file.name), "rb") as opened:
            raw = await opened.read(file.size + 1)
        assert isinstance(raw, bytes)
        if len(raw) > file.size + 1:
            raise Failed("more comes than was asked for")
        return raw

    def _asked(self, asking: Coroutine[Any, Any, Got]) -> Got:
        """Ask one thing within the deadline, and say in our words what went wrong."""
        if self._cut:
            asking.close()
            raise Failed("the talk is over")
        self._task = self._loop.create_task(self._in_time(asking))
        try:
            got: Got = self._loop.run_until_complete(self._task)
        except NO as error:
            raise Denied(f"the server answers {type(error).__name__}") from None
        except TimeoutError:
            raise Failed(f"no whole answer within {self._deadline:g} s") from None
        except asyncio.CancelledError:
            raise Failed("the talk is over") from None
        except (asyncssh.Error, OSError, ValueError) as error:
            raise Failed(f"the server hung up, or speaks no SFTP: {type(error).__name__}") from None
        finally:
            self._task = None
        return got

    async def _in_time(self, asking: Coroutine[Any, Any, Got]) -> Got:
        """Wait for an answer; at the deadline the line is cut, or its end would be waited for."""
        task = asyncio.create_task(asking)
        try:
            await asyncio.wait({task}, timeout=self._deadline)
        finally:
            if not task.done():
                self._cut = True
                # What a cut line leaves undone is missed by nobody.
                self._loop.set_exception_handler(lambda *_: None)
                if self._talk:
                    self._talk.abort()
                task.cancel()
                await asyncio.wait({task}, timeout=GOODBYE)
                raise TimeoutError
        return task.result()

    def _close(self) -> None:
        if self._loop.is_closed():
            return
        if self._talk:
            self._talk.abort()
            with suppress(asyncssh.Error, OSError, TimeoutError):
                self._loop.run_until_complete(asyncio.wait_for(self._talk.wait_closed(), GOODBYE))
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        if left:
            self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


def _file(name: bytes, told: asyncssh.SFTPAttrs) -> File | None:
    if told.type != asyncssh.FILEXFER_TYPE_REGULAR or told.size is None:
        return None
    changed = "" if told.mtime is None else f"{told.mtime}.{told.mtime_ns or 0}"
    return File(name, told.size, changed, told.mtime)
