"""What this machine lacks: skipped and named at the end, and a failure with ``CI=true``."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

MARK = "absent: "
SHARED = Path(__file__).resolve().parents[3] / "shared"


def absent(what: str) -> NoReturn:
    """End the test, because something it needs is not on this machine."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{MARK}{what}", pytrace=False)
    pytest.skip(f"{MARK}{what}")


def shared(path: str = "") -> Path:
    """Find a file or folder of ``../shared``, beside the repository."""
    found = SHARED / path
    if not found.exists():
        absent(f"../shared/{path}".rstrip("/"))
    return found


def program(*names: str) -> str:
    """Find an installed program under one of its names."""
    for name in names:
        if found := shutil.which(name):
            return found
    return absent(names[0])
