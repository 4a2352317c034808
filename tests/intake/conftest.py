"""Servers of agencies on this machine, and the patience that tests have with them."""

from contextlib import ExitStack

import pytest

from wireroom.intake.collect import visit


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
