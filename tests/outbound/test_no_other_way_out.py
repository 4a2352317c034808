"""A08: only outbound opens a connection, and the checks that hold it would see another."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sys.executable).parent


@pytest.fixture
def copy(tmp_path):
    """A copy of the program's source, to plant something in."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.cases("A08")
def test_a08_a_client_imported_elsewhere_breaks_the_contract(copy):
    with (copy / "src/wireroom/publish/cards.py").open("a") as planted:
        planted.write("\nimport aiohttp\n")
    checked = subprocess.run(
        [SCRIPTS / "lint-imports", "--no-logo", "--no-cache"],
        cwd=copy,
        env={"PYTHONPATH": str(copy / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 1
    assert "Only outbound opens a connection BROKEN" in checked.stdout


@pytest.mark.cases("A08")
@pytest.mark.parametrize(
    ("planted", "caught"),
    [
        ("import urllib.request", True),
        ("import http.client", True),
        ("from socket import create_connection", True),
        ("from trafilatura import fetch_url", True),
        ("import trafilatura.downloads", True),
        ("from urllib.parse import urlsplit", False),
    ],
)
def test_a08_the_standard_librarys_ways_out_are_banned(planted, caught, copy):
    path = copy / "src/wireroom/intake/channels.py"
    path.write_text(f"{planted}\n{path.read_text()}")
    checked = subprocess.run(
        [SCRIPTS / "ruff", "check", "--select", "TID251", "--no-cache", path],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ("TID251" in checked.stdout) is caught
