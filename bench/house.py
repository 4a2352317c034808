"""A house of its own for a benchmark: a folder, a migrated database, Wireroom set up."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def home(*, database: str = "", allow: str = "") -> Iterator[dict[str, str]]:
    """Lend the environment of an empty house, and remove the house afterwards.

    ``database`` is a ``DATABASE_URL``, SQLite in the home when empty; ``allow`` are the
    private addresses that may be fetched.
    """
    with tempfile.TemporaryDirectory(prefix="wireroom-bench-") as folder:
        yield {
            "WIREROOM_HOME": folder,
            "DATABASE_URL": database or f"sqlite:///{Path(folder) / 'wireroom.sqlite3'}",
            "WIREROOM_FETCH_ALLOW": allow,
            "WIREROOM_LOG": "json",
            "DJANGO_SETTINGS_MODULE": "wireroom.config.settings",
        }


def open_house(environment: dict[str, str] | None = None, *, only: Sequence[str] = ()) -> None:
    """Make this process Wireroom's, in the house the environment names, and migrate it.

    ``only`` names the applications that are needed, where not all are.
    """
    os.environ.update(environment or {})
    import django

    django.setup()
    from django.core.management import call_command

    for name in only or [""]:
        call_command("migrate", *([name] if name else []), verbosity=0)
