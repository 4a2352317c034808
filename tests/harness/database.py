"""The test database, put back from a copy after each test that really committed.

Django empties tables instead, and takes with them what migrations wrote: Wagtail's root
page, groups and permissions; full text search stands in tables Django does not know.
"""

import asyncio
import hashlib
import os
import shutil
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock
from urllib.parse import urlsplit, urlunsplit

from django.db import connection, connections

from .site import LIMIT

if TYPE_CHECKING:
    import psycopg

COPY = "_as_migrated"
ROOT = Path(__file__).resolve().parents[2]


class StillOpenError(Exception):
    """A test ended, and somebody still has its database open."""


def digest() -> str:
    """Name the database that today's migrations make."""
    said = hashlib.sha256((ROOT / "requirements/run.txt").read_bytes())
    for migration in sorted(ROOT.glob("src/wireroom/*/migrations/*.py")):
        said.update(migration.read_bytes())
    return said.hexdigest()[:16]


def borrow(shelf: Path) -> None:
    """Begin with a SQLite file that an earlier run migrated, when there is one."""
    kept = shelf / f"{digest()}.sqlite3"
    if connection.vendor == "sqlite" and kept.exists():
        shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])


def lay_by(shelf: Path) -> None:
    """Keep the migrated SQLite file for later runs, and only this one."""
    kept = shelf / f"{digest()}.sqlite3"
    if connection.vendor != "sqlite" or kept.exists():
        return
    for old in shelf.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    begun = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(f"{connection.settings_dict['NAME']}{COPY}", begun)
    begun.replace(kept)


def keep_copy() -> None:
    """Keep the database as the migrations left it."""
    name = str(connection.settings_dict["NAME"])
    close_all()
    if connection.vendor == "sqlite":
        shutil.copyfile(name, name + COPY)
        return
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}{COPY}"')
        server.execute(f'CREATE DATABASE "{name}{COPY}" TEMPLATE "{name}"')


def put_back(patience: float = LIMIT) -> None:
    """Make the database again what the migrations left.

    Args:
        patience: Seconds to wait for others that are about to close it, such as a server's
            threads whose browser has just hung up.

    Raises:
        StillOpenError: Others have it open (PostgreSQL); it is put back all the same.
    """
    name = str(connection.settings_dict["NAME"])
    close_all()
    if connection.vendor == "sqlite":
        # Page by page, in a transaction: a server's thread may still have the file open, and
        # would take the new one's log away when it closes the old.
        with closing(sqlite3.connect(name + COPY)) as copy, closing(sqlite3.connect(name)) as live:
            copy.backup(live)
        return
    with _server() as server:
        end = time.monotonic() + patience
        while (others := _others(server, name)) and time.monotonic() < end:
            time.sleep(0.01)
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{name}{COPY}"')
    if others:
        raise StillOpenError("\n".join([*others, f"threads: {threading.enumerate()}"]))


def close_all() -> None:
    """Close what this thread has open: as it is by itself, and as it is beside a running loop.

    Django keeps the two apart, and the browser's loop runs in this thread for its tests alone.
    """
    running = asyncio._get_running_loop()
    try:
        with mock.patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="true"):
            for loop in (None, running or asyncio.AbstractEventLoop()):
                asyncio._set_running_loop(loop)
                connections.close_all()
    finally:
        asyncio._set_running_loop(running)


def drop_copy() -> None:
    """Remove the copy; a SQLite copy goes with the home."""
    if connection.vendor == "postgresql":
        with _server() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{connection.settings_dict["NAME"]}{COPY}"')


def address() -> str:
    """Write the test database as a ``DATABASE_URL``, for a child process."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return _named(name)


@contextmanager
def own_database(home: Path, *, migrated: bool) -> Iterator[str]:
    """Lend a house a database of its own, empty or as migrated, as a ``DATABASE_URL``."""
    if connection.vendor == "sqlite":
        path = home / "wireroom.sqlite3"
        if migrated:
            shutil.copyfile(f"{connection.settings_dict['NAME']}{COPY}", path)
        yield f"sqlite:///{path}"
        return
    name = f"house_{uuid.uuid4().hex}"
    template = f"{connection.settings_dict['NAME']}{COPY}" if migrated else "template1"
    with _server() as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield _named(name)
    finally:
        with _server() as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _named(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _others(server: "psycopg.Connection", name: str) -> list[str]:
    """Say who has a database open, and what each asked last."""
    return [
        f"{application or 'somebody'} ({state}): {query}"
        for application, state, query in server.execute(
            "SELECT application_name, state, query FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [name],
        )
    ]


@contextmanager
def _server() -> "Iterator[psycopg.Connection]":
    import psycopg  # noqa: PLC0415 (not needed on SQLite)

    given = connection.get_connection_params() | {"dbname": "postgres"}
    wanted = {
        key: given[key] for key in ("host", "port", "user", "password", "dbname") if key in given
    }
    with psycopg.connect(**wanted, autocommit=True) as server:
        yield server
