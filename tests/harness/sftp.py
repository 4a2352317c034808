"""A server of files on loopback that speaks SFTP, and gives a folder to one user."""

import asyncio
import os
import stat
import threading
from base64 import urlsafe_b64encode
from hashlib import sha256

import asyncssh

#: Who may enter.
USER, PASSWORD = "wire", "s3cret"


class _Door(asyncssh.SSHServer):
    def __init__(self, tried):
        self._tried = tried

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        self._tried.append(password)
        return (username, password) == (USER, PASSWORD)


class Files:
    """The server, while its ``with`` lasts; ``kind`` is what it says of files."""

    def __init__(self, folder, *, kind=asyncssh.SFTPServer):
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self._folder, self._kind = os.fsencode(folder), kind
        self.tried = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="sftp")
        self._ready = threading.Event()

    def _serve(self):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._live())
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _live(self):
        self._ending = asyncio.Event()
        server = await asyncssh.create_server(
            lambda: _Door(self.tried),
            "127.0.0.1",
            0,
            server_host_keys=[self.key],
            sftp_factory=lambda channel: self._kind(channel, chroot=self._folder),
        )
        self.port = server.get_port()
        self._ready.set()
        await self._ending.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0.05)

    def __enter__(self):
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join(10)

    @property
    def place(self):
        """Write where it listens."""
        return f"127.0.0.1:{self.port}"

    @property
    def fingerprint(self):
        """Write the digest of its key as an address has it."""
        return urlsafe_b64encode(sha256(self.key.public_data).digest()).decode().rstrip("=")

    def url(self, path="/", *, password=PASSWORD, fingerprint=None):
        """Give the address of a folder."""
        digest = self.fingerprint if fingerprint is None else fingerprint
        return f"sftp://{USER};fingerprint={digest}:{password}@{self.place}{path}"


class ReadOnly(asyncssh.SFTPServer):
    """Lets nobody move or make anything."""

    def rename(self, *_):
        raise asyncssh.SFTPPermissionDenied("no")

    def mkdir(self, *_):
        raise asyncssh.SFTPPermissionDenied("no")


class Timeless(asyncssh.SFTPServer):
    """Tells no times of files."""

    def lstat(self, path):
        return _without_times(asyncssh.SFTPAttrs.from_local(super().lstat(path)))

    async def scandir(self, path):
        async for one in super().scandir(path):
            _without_times(one.attrs)
            yield one


def _without_times(attrs):
    attrs.atime = attrs.mtime = None
    return attrs


class Endless(asyncssh.SFTPServer):
    """Lists without end."""

    async def scandir(self, _):
        attrs = asyncssh.SFTPAttrs(size=1, permissions=stat.S_IFREG | 0o644, mtime=1)
        while True:
            yield asyncssh.SFTPName(b"a.xml", attrs=attrs)


class Silent(asyncssh.SFTPServer):
    """Never says how a file is read."""

    async def read(self, file_obj, *_):
        file_obj.close()
        await asyncio.sleep(30)
