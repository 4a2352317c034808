"""The suite: a home of its own, a closed network, a database put back, and names of parts."""

import asyncio
import os
from pathlib import Path
from urllib.parse import urlsplit

from harness import home

home.close_network()
HOME = home.begin()

import django  # noqa: E402 (its settings read the environment just made)

django.setup()

import pytest  # noqa: E402
import sitecustomize  # noqa: E402 (the one of the guard)
from django.db import connections  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

from harness import cases, database  # noqa: E402
from harness.absent import MARK, program  # noqa: E402

TESTS = Path(__file__).parent
HERE = {"127.0.0.1", "::1", "localhost"}
#: Fixtures that tell what a test needs.
NEEDS = {
    "db": "database",
    "transactional_db": "database",
    "house": "database",
    "empty_house": "database",
    "page": "browser",
    "browser": "browser",
}

# A busy machine is not a failure: no deadline, and no complaint of slow data.
settings.register_profile(
    "suite", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


def pytest_addoption(parser):
    """Let the suite account for the cases of docs/cases.md."""
    parser.addoption(cases.OPTION, action="store_true", help="tell what became of each case")


def pytest_configure(config):
    """Account for cases where somebody asked."""
    if config.getoption(cases.OPTION) and not hasattr(config, "workerinput"):
        promised = cases.promised(cases.PROMISED.read_text())
        briefly = config.option.markexpr != "cases"
        config.pluginmanager.register(cases.Account(promised, briefly=briefly))


def pytest_itemcollected(item):
    """Give each test the name of its part, of its cases, and of what it needs."""
    item.user_properties += [("case", case) for case in cases.of(item)]
    part = item.path.relative_to(TESTS).parts[0]
    item.add_marker(part.removesuffix(".py"))
    needed = {NEEDS[name] for name in item.fixturenames if name in NEEDS}
    if item.get_closest_marker("django_db"):
        needed.add("database")
    for name in sorted(needed):
        item.add_marker(name)
    if {"house", "empty_house"} & set(item.fixturenames):
        item.add_marker("django_db")  # so that there is a database to make a house's from


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Hide the browser's loop, which goes on running in this thread, from all other tests."""
    running = None if "browser" in item.fixturenames else asyncio._get_running_loop()
    if running:
        asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        if running:
            asyncio._set_running_loop(running)


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
def django_db_keepdb(pytestconfig, django_db_modify_db_settings):
    """Begin with what an earlier run migrated; on SQLite that spares eight seconds."""
    database.borrow(pytestconfig.cache.mkdir("migrated"))
    return connections["default"].vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(pytestconfig, django_db_setup, django_db_blocker):
    """Keep a copy of the migrated database and put it back where Django would empty tables."""
    with django_db_blocker.unblock():
        database.keep_copy()
    database.lay_by(pytestconfig.cache.mkdir("migrated"))
    emptied = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _test: database.put_back()
    yield
    TransactionTestCase._fixture_teardown = emptied
    with django_db_blocker.unblock():
        database.drop_copy()


@pytest.fixture
def tried():
    """Where this process tried to connect to since the test began, whatever came of it."""
    tried = []
    sitecustomize.counting.append(tried)
    yield tried
    sitecustomize.counting.remove(tried)


@pytest.fixture
def database_url(transactional_db):
    """The test's own database as a ``DATABASE_URL``, for the processes it starts."""
    return database.address()


@pytest.fixture
def empty_house(tmp_path, django_db_setup, django_db_blocker):
    """The environment of a house of its own, nothing in it yet, for ``wireroom`` as a process."""
    with django_db_blocker.unblock(), database.own_database(tmp_path, migrated=False) as url:
        yield os.environ | {"WIREROOM_HOME": str(tmp_path), "DATABASE_URL": url}


@pytest.fixture
def house(tmp_path, django_db_setup, django_db_blocker):
    """The environment of a house of its own, migrated, for ``wireroom`` as a process."""
    with django_db_blocker.unblock(), database.own_database(tmp_path, migrated=True) as url:
        yield os.environ | {"WIREROOM_HOME": str(tmp_path), "DATABASE_URL": url}


@pytest.fixture(scope="session")
def browser():
    """Chromium, once for the session; skipped where there is none."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (half a second)

    found = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        # Root may not have the sandbox, and the only pages here are our own.
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, monkeypatch):
    """A page of 1280 by 800 that reaches this machine only, and has no errors at the end."""
    # Playwright's loop runs in this thread, and Django takes that for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.route(lambda url: urlsplit(url).hostname not in HERE, lambda route: route.abort())
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 (no attributes, no hook)
    yield page
    context.close()
    assert not errors
