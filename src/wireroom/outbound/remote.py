"""Folders on agencies' servers: where they are, what lies in them, and a checked line there.

What is said of a folder is the same whatever is spoken with its server.
"""

import asyncio
import re
import socket
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import unquote_to_bytes

from yarl import URL

from .errors import Failed, Refused
from .names import Lookup, Names, Permits
from .targets import LONGEST, STRANGE, spelt

#: Where the servers of each way listen, and the ports that may be asked without being listed.
PORTS = {"ftp": 21, "ftps": 21, "sftp": 22, "imap": 143, "imaps": 993}
#: What names a folder of mail, not of files.
MAIL = ("imap", "imaps")
#: FTP over TLS from the first byte on; at any other port it is asked for in clear (RFC 4217).
SECURE_FROM_THE_START = 990
#: Mail over TLS that is asked for in clear (RFC 9051); at any other port from the first byte on.
SECURED_ON_THE_WAY = 143
#: Ports that may be asked beside the first of each way.
MORE_PORTS = {"ftps": SECURE_FROM_THE_START, "imaps": SECURED_ON_THE_WAY}
#: Where files are put away, in the folder they came from.
DONE = b"done"
#: Seconds in which a line must be made, and in which something must come over it.
PATIENCE = 10.0
#: Names in a folder beyond which it is not looked at: it was never cleared, or never ends.
MOST_FILES = 20_000
#: How the address of an SFTP folder names, behind the user, the digest of its server's key.
FINGERPRINT = ";fingerprint="
#: What no name of a file and no word of a login may have: it would break out of its line.
BREAKS = re.compile(rb"[\x00-\x1f\x7f]")


class Denied(Exception):
    """The server says no to this one thing; others may still be asked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder on a server, its address checked in form."""

    scheme: str
    host: str
    port: int
    #: The host is an address, not a name.
    literal: bool
    #: Below where one is after the login, or from the root when it begins with a slash.
    folder: bytes
    user: str
    password: str
    #: Of the server's key, SHA-256 in base64 as addresses have it; for SFTP.
    fingerprint: str = ""

    @property
    def listed_as(self) -> str:
        """Write ``host:port`` as in a list of allowed places."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class File:
    """A plain file in a folder, as its server tells of it."""

    name: bytes
    size: int
    #: When it changed and which it is, in the server's own words; empty when it tells neither.
    changed: str
    #: The same in seconds since 1970, by the server's clock; None when it tells no time. What
    #: never changes has been as it is from the beginning.
    since: float | None = field(default=None, compare=False)

    @property
    def mark(self) -> str:
        """Tell it from another of the same name."""
        return f"{self.size} {self.changed}"

    def same(self, other: "File | None") -> bool:
        """Say whether this is how the file still is, by all that both tell."""
        if other is None or self.size != other.size:
            return False
        return self.changed == other.changed or not self.changed or not other.changed


class Movable(Protocol):
    """A folder whose files are told apart by their names."""

    def now(self, name: bytes) -> File | None:
        """Say how a file is now; nothing when it is not there."""
        ...

    def make_done(self) -> None:
        """Make ``done/``, if it is not there."""
        ...

    def move(self, here: bytes, there: bytes) -> None:
        """Give a file another name."""
        ...


def put_into_done(folder: Movable, file: File, stamp: str) -> None:
    """Move a file to ``done/``, if the name is still that file's.

    Where the name is taken there, the stamp is put behind it. Raises Denied and Failed.
    """
    if not file.same(folder.now(file.name)):
        return
    folder.make_done()
    there = DONE + b"/" + file.name
    if folder.now(there) is not None:  # the same name with other content
        there += b"." + stamp.encode()
    folder.move(file.name, there)
    if not file.same(folder.now(there)):  # another took the name in this very moment
        folder.move(there, file.name)


def reach(address: str) -> Place:
    """Read the address of a folder.

    Raises Refused for other schemes, and for every doubtful spelling.
    """
    if len(address) > LONGEST:
        raise Refused("the address is too long")
    if STRANGE.search(address):
        raise Refused("the address has characters that no address may have")
    try:
        url = URL(address)
        port = url.explicit_port
    except ValueError as error:
        raise Refused("this is no address of a folder") from error
    if url.scheme not in PORTS:
        raise Refused(f"{url.scheme or 'an address without scheme'} names no folder on a server")
    if not url.raw_host:
        raise Refused("the address names no host")
    host, literal = spelt(url.raw_host)
    folder = unquote_to_bytes(url.raw_path.removeprefix("/"))
    user, password = url.user or "", url.password or ""
    fingerprint = ""
    if url.scheme == "sftp":
        user, _, fingerprint = user.partition(FINGERPRINT)
    if url.scheme in MAIL and not _is_text(folder):
        raise Refused("the name of the folder is not UTF-8")
    if any(BREAKS.search(words) for words in (folder, user.encode(), password.encode())):
        raise Refused("the address has characters that no address may have")
    return Place(
        url.scheme,
        host,
        PORTS[url.scheme] if port is None else port,
        literal,
        folder,
        user,
        password,
        fingerprint,
    )


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_mail(address: str) -> bool:
    """Say whether an address names a folder of mail."""
    return address.partition(":")[0].lower() in MAIL


def line_to(place: Place, *, allow: Collection[str], lookup: Lookup | None = None) -> socket.socket:
    """Make a line to one of a place's addresses, each checked before and after.

    Raises Refused and Failed.
    """
    permits = Permits(tuple(allow))
    addresses = [place.host] if place.literal else _looked_up(place, permits, lookup)
    listed = permits.lists(place.listed_as)
    if not listed and place.port not in {PORTS[place.scheme], MORE_PORTS.get(place.scheme)}:
        what = "mail" if place.scheme in MAIL else "files"
        raise Refused(
            f"port {place.port} is not asked for {what}, unless WIREROOM_FETCH_ALLOW lists"
            f" {place.listed_as}"
        )
    if place.literal and listed:
        permits.lead(place.host, place.port)
    why = ""
    for address in addresses:
        _check(permits, address, place.port)
        try:
            line = socket.create_connection((address, place.port), PATIENCE)
        except OSError as error:
            why = error.strerror or str(error)
            continue
        try:
            _check(permits, *line.getpeername()[:2])
        except (Refused, OSError):
            line.close()
            raise
        return line
    raise Failed(f"no connection to {place.host}: {why}")


def _check(permits: Permits, address: str, port: int) -> None:
    if why := permits.reason(address, port):
        raise Refused(f"{address} is not connected to: {why}")


def _looked_up(place: Place, permits: Permits, lookup: Lookup | None) -> list[str]:
    async def look() -> list[str]:
        names = Names(permits, lookup)
        try:
            async with asyncio.timeout(PATIENCE):
                return await names.addresses(place.host, place.port)
        finally:
            await names.close()

    try:
        return asyncio.run(look())
    except OSError as error:  # a time that ran out is one, too
        raise Failed(f"the name {place.host} is not found") from error
