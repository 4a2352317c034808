"""How the values of settings are spelt: text in, what it means out.

What is wrong is said in words that follow the setting's name.
"""

import os
import re
import sys
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Network = IPv4Network | IPv6Network

PORTS = range(1, 65_536)
#: Characters of a key that cannot be guessed.
KEY = 20
#: A host or an address in brackets, a colon, a port.
PLACE = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:/@\[\]]+):(?P<port>[0-9]{1,5})")
DATABASES = ("postgres", "postgresql", "sqlite")


def folder(value: str) -> Path:
    """Read a folder, which need not exist yet."""
    if not value:
        raise ValueError("is empty; name a folder")
    path = Path(value).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ValueError(f"names {path}, which is not a folder")
    return path


def database(value: str) -> str:
    """Read a database's address; empty stands for SQLite in the home."""
    if value and urlsplit(value).scheme not in DATABASES:
        raise ValueError("is no address of a database; write postgres://user:password@host/name")
    return value


def database_of(value: str, *, home: Path) -> str:
    """Say where the database is, also when it is left to the home."""
    return database(value) or f"sqlite:///{home / 'wireroom.sqlite3'}"


def bind(value: str) -> str:
    """Read the address to listen on."""
    try:
        return str(ip_address("127.0.0.1" if value == "localhost" else value.strip("[]")))
    except ValueError as error:
        raise ValueError(
            f"is {value!r}, which is no address to listen on; write one like 127.0.0.1"
        ) from error


def port(value: str) -> int:
    """Read a port's number."""
    if value.isascii() and value.isdigit() and int(value) in PORTS:
        return int(value)
    raise ValueError(f"is {value!r}; write a number from 1 to 65535")


def site(value: str) -> str:
    """Read a public address, without a slash at its end; empty stays empty."""
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if value and (not good or "@" in parts.netloc or parts.query or parts.path not in ("", "/")):
        raise ValueError(f"is {shown(value)!r}; write https:// and a host's name, and no path")
    return value.rstrip("/")


def site_of(value: str, *, bind: str, port: int) -> str:
    """Say what the public address is, also when it is left to bind and port."""
    host = f"[{bind}]" if ":" in bind else bind
    return site(value) or f"http://{host}:{port}"


def hosts(site: str, *, bind: str) -> list[str]:
    """Say by which hosts' names readers may ask: the site's own and the bind's.

    All of this machine's own where the bind is one of them, or is every address there is:
    those cannot be listed, and health is asked for from this machine.
    """
    bound = ip_address(bind)
    names = {urlsplit(site).hostname or ""}
    if bound.is_loopback or bound.is_unspecified:
        names |= {"127.0.0.1", "[::1]", "localhost"}
    if not bound.is_unspecified:
        names.add(bind)
    return sorted({_bracketed(name) for name in names})


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def zone(value: str) -> ZoneInfo:
    """Read a time zone of the IANA database."""
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"is {value!r}, which is no time zone; write one like Asia/Kolkata") from (
            error
        )


def language(value: str) -> str:
    """Read a language's BCP 47 code."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (half of what --help costs)

    try:
        Locale.parse(value, sep="-")
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise ValueError(f"is {value!r}, which is no language; write one like en or hi") from error
    return value


def places(value: str) -> frozenset[str]:
    """Read hosts with their ports, parted by commas."""
    given = _parted(value)
    for place in given:
        match = PLACE.fullmatch(place)
        if not match or int(match["port"]) not in PORTS:
            raise ValueError(f"has {place!r}; write host:port, parted by commas")
    return frozenset(given)


def networks(value: str) -> tuple[Network, ...]:
    """Read networks or single addresses (CIDR), parted by commas."""
    read = []
    for network in _parted(value):
        try:
            read.append(ip_network(network))
        except ValueError as error:
            raise ValueError(
                f"has {network!r}, which is no network; write ones like 10.0.0.0/8"
            ) from error
    return tuple(read)


def workers(value: str) -> int:
    """Read a number of processes; empty stands for one each core."""
    if not value:
        return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    if value.isascii() and value.isdigit() and 1 <= int(value) <= 1_000:  # noqa: PLR2004 (enough for any machine)
        return int(value)
    raise ValueError(f"is {value!r}; write how many processes shall answer readers, from 1")


def key(value: str) -> str:
    """Read a secret key; empty stands for the one kept in the home."""
    if value and len(value) < KEY:
        raise ValueError(f"is too short; give it {KEY} characters or more, or leave it empty")
    return value


def log(value: str) -> str:
    """Read how events are written; empty stands for text on a terminal, else JSON."""
    if value not in ("", "text", "json"):
        raise ValueError(f"is {value!r}; write text or json")
    return value or ("text" if sys.stderr.isatty() else "json")


def coming(what: str, *, usual: str = "") -> Callable[[str], str]:
    """Refuse a setting whose use is still to come, but for its usual value."""

    def spelt(value: str) -> str:
        if value not in ("", usual):
            raise ValueError(f"comes with {what}; leave it empty until then")
        return value

    return spelt


def shown(value: str) -> str:
    """Write a value so that no password in an address is seen."""
    parts = urlsplit(value) if "://" in value else None
    if parts is None or ("@" not in parts.netloc and not parts.query):
        return value
    who, _, where = parts.netloc.rpartition("@")
    user, colon, _ = who.partition(":")
    netloc = f"{user}{':***' if colon else ''}@{where}" if who else where
    return parts._replace(netloc=netloc, query="***" if parts.query else "").geturl()


def passwords(value: str) -> list[str]:
    """Find the password in an address, as it is written there and as it is meant."""
    password = urlsplit(value).password if "://" in value else None
    return [password, unquote(password)] if password else []


def _parted(value: str) -> list[str]:
    return [part for each in value.split(",") if (part := each.strip())]
