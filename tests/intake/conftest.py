"""Servers of agencies on this machine, and the patience that tests have with them."""

from contextlib import ExitStack
from itertools import count

import pytest

from harness.agency import Agency
from harness.dovecot import Dovecot
from wireroom.intake.collect import visit

USERS = (f"wire{number}" for number in count())


@pytest.fixture
def agency(settings):
    """A web server that channels may be polled from."""
    with Agency() as server:
        settings.FETCH_ALLOW = frozenset({server.place})
        yield server


@pytest.fixture(scope="session")
def dovecot():
    """A mail server, once for all who ask for it."""
    with Dovecot() as server:
        yield server


@pytest.fixture
def mail_server(dovecot, settings, monkeypatch):
    """The mail server, reached and believed."""
    settings.FETCH_ALLOW = (*settings.FETCH_ALLOW, dovecot.place)
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.authority))
    return dovecot


@pytest.fixture
def user():
    """A user of the mail server, whose mailbox is empty."""
    return next(USERS)


@pytest.fixture
def hot(tmp_path):
    """The folder of the agency's server."""
    path = tmp_path / "out"
    path.mkdir()
    return path


@pytest.fixture
def soon(monkeypatch):
    """Whole files need stay as they are for a moment only."""
    monkeypatch.setattr(visit, "SETTLED", 0.05)


@pytest.fixture
def running(settings):
    """Start servers that run until the test ends; each may be reached."""
    with ExitStack() as stack:

        def start(server):
            stack.enter_context(server)
            settings.FETCH_ALLOW = (*settings.FETCH_ALLOW, server.place)
            return server

        yield start
