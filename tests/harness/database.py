"""The test database, put back from a copy after each test that really committed.

Django empties tables instead, and takes with them what migrations wrote: Wagtail's root
page, groups and permissions; full text search stands in tables Django does not know.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection, connections

COPY = "_as_migrated"


def keep_copy() -> None:
    """Keep the database as the migrations left it."""
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    if connection.vendor == "sqlite":
        shutil.copyfile(name, name + COPY)
        return
    with _server() as run:
        run(f'DROP DATABASE IF EXISTS "{name}{COPY}"')
        run(f'CREATE DATABASE "{name}{COPY}" TEMPLATE "{name}"')


def put_back() -> None:
    """Make the database again what the migrations left."""
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    if connection.vendor == "sqlite":
        for tail in ("", "-wal", "-shm"):
            Path(name + tail).unlink(missing_ok=True)
        shutil.copyfile(name + COPY, name)
        return
    with _server() as run:
        run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        run(f'CREATE DATABASE "{name}" TEMPLATE "{name}{COPY}"')


def drop_copy() -> None:
    """Remove the copy; a SQLite copy goes with the home."""
    if connection.vendor == "postgresql":
        with _server() as run:
            run(f'DROP DATABASE IF EXISTS "{connection.settings_dict["NAME"]}{COPY}"')


def address() -> str:
    """Write the test database as a ``DATABASE_URL``, for a child process."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return _named(name)


@contextmanager
def empty_database(home: Path) -> Iterator[str]:
    """Lend a database without tables, as a ``DATABASE_URL``, for a house of its own."""
    if not os.environ["DATABASE_URL"]:
        yield f"sqlite:///{home / 'wireroom.sqlite3'}"
        return
    name = f"house_{uuid.uuid4().hex}"
    with _server() as run:
        run(f'CREATE DATABASE "{name}"')
    try:
        yield _named(name)
    finally:
        with _server() as run:
            run(f'DROP DATABASE "{name}" WITH (FORCE)')


def _named(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@contextmanager
def _server() -> Iterator[object]:
    import psycopg  # noqa: PLC0415 (not needed on SQLite)

    given = connection.get_connection_params() | {"dbname": "postgres"}
    wanted = {
        key: given[key] for key in ("host", "port", "user", "password", "dbname") if key in given
    }
    with psycopg.connect(**wanted, autocommit=True) as server:
        yield server.execute
