"""The command, in this process and as a process of its own, and a site that runs."""

import json
import subprocess
from pathlib import Path

import pytest

from harness.site import LIMIT, WIREROOM, free_port, serving, until
from wireroom.config.command import main


class Said:
    """What a command said: its status, its words, its document."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def json(self):
        """The one document on stdout."""
        return json.loads(self.out)


@pytest.fixture
def command(capsys, settings):
    """Run a command in this process, where passwords need not withstand anybody."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

    def run(*words):
        capsys.readouterr()
        try:
            status = main(words)
        except SystemExit as error:
            status = error.code or 0
        return Said(status, *capsys.readouterr())

    return run


@pytest.fixture
def process(house):
    """Run a command as a process of a house of its own."""

    def run(*words, given="", **settings):
        done = subprocess.run(
            [WIREROOM, *words],
            env=house | settings,
            cwd=house["WIREROOM_HOME"],
            input=given,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def site(house):
    """A whole site that answers."""
    allow = f"127.0.0.1:{free_port()}"
    with serving(house, WIREROOM_FETCH_ALLOW=allow) as site:
        site.feeds = allow
        until(lambda: site.out.startswith("ready") or site.process.poll() is not None)
        assert site.process.poll() is None, (Path(house["WIREROOM_HOME"]) / "err").read_text()
        yield site
