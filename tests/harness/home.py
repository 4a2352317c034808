"""A home of its own for each process of the suite, so that no test ever sees ``./var``."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from dotenv import dotenv_values

from wireroom.config.environment import SETTINGS

GUARD = Path(__file__).parent / "guard"


def begin() -> Path:
    """Set the environment that Django's settings will read, and return the home.

    Nothing of the developer's own settings is left, neither of the shell nor of ``.env``.
    """
    home = Path(tempfile.mkdtemp(prefix="wireroom-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    database = os.environ.get("TEST_DATABASE_URL", "")
    for setting in SETTINGS:
        os.environ.pop(setting.name, None)
    own = {setting.name: setting.default for setting in SETTINGS}
    os.environ.update({name: own[name] for name in dotenv_values(".env") if name in own})
    os.environ["WIREROOM_HOME"] = str(home)
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "wireroom.config.settings"
    return home


def close_network() -> None:
    """Keep this process and its children on this machine."""
    os.environ["PYTHONPATH"] = str(GUARD)
    sys.path.insert(0, str(GUARD))
    import sitecustomize  # noqa: F401, PLC0415 (importing it is what it is for)
