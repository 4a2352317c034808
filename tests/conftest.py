"""The suite: a home of its own, a closed network, a database put back, and names of parts."""

import os
from pathlib import Path

from harness import home

home.close_network()
HOME = home.begin()

import django  # noqa: E402 (its settings read the environment just made)

django.setup()

import pytest  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

from harness import database  # noqa: E402
from harness.absent import MARK  # noqa: E402

TESTS = Path(__file__).parent
#: Fixtures that tell what a test needs.
NEEDS = {
    "db": "database",
    "transactional_db": "database",
    "house": "database",
    "page": "browser",
    "browser": "browser",
}

# A busy machine is not a failure: no deadline, and no complaint of slow data.
settings.register_profile(
    "suite", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


def pytest_itemcollected(item):
    """Give each test the name of its part, and of what it needs."""
    part = item.path.relative_to(TESTS).parts[0]
    item.add_marker(part.removesuffix(".py"))
    needed = {NEEDS[name] for name in item.fixturenames if name in NEEDS}
    if item.get_closest_marker("django_db"):
        needed.add("database")
    for name in sorted(needed):
        item.add_marker(name)


def pytest_terminal_summary(terminalreporter):
    """Name each thing that was absent, once."""
    skipped = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", ())]
    for what in sorted({reason.split(MARK, 1)[1] for reason in skipped if MARK in reason}):
        count = sum(what in reason for reason in skipped)
        terminalreporter.write_line(f"skipped {count}, {MARK}{what}", yellow=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Use a file on SQLite, as the site does: threads and processes see one database."""
    chosen = connections["default"]
    if chosen.vendor == "sqlite":
        chosen.settings_dict["TEST"]["NAME"] = str(HOME / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep a copy of the migrated database and put it back where Django would empty tables."""
    with django_db_blocker.unblock():
        database.keep_copy()
    emptied = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _test: database.put_back()
    yield
    TransactionTestCase._fixture_teardown = emptied
    with django_db_blocker.unblock():
        database.drop_copy()


@pytest.fixture
def database_url(transactional_db):
    """The test's own database as a ``DATABASE_URL``, for the processes it starts."""
    return database.address()


@pytest.fixture
def house(tmp_path, django_db_blocker):
    """The environment of a house of its own, for ``wireroom`` run as a process.

    Its home and database are empty; nothing is migrated.
    """
    with django_db_blocker.unblock(), database.empty_database(tmp_path) as url:
        yield os.environ | {"WIREROOM_HOME": str(tmp_path), "DATABASE_URL": url}
