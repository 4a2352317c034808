"""Every setting an operator can make: its name, meaning, default, and where it came from."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the environment."""

    name: str
    default: str
    meaning: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A setting with its value in force and where that came from."""

    setting: Setting
    value: str
    #: environment, .env or default.
    source: str


SETTINGS = (
    Setting("WIREROOM_HOME", "./var", "everything that is not code: database, pictures, keys"),
    Setting("DATABASE_URL", "", "SQLite in the home unless postgres://… is given", secret=True),
    Setting("WIREROOM_BIND", "127.0.0.1", "address the web server listens on"),
    Setting("PORT", "8000", "port the web server listens on"),
    Setting("WIREROOM_SITE", "", "public address; made from bind and port when empty"),
    Setting("WIREROOM_TIME_ZONE", "UTC", "the site's first time zone"),
    Setting("WIREROOM_LANGUAGE", "en", "the site's first language"),
    Setting("WIREROOM_FETCH_ALLOW", "", "private addresses that may be fetched: host:port, …"),
    Setting("WIREROOM_TRUSTED_PROXIES", "", "CIDR list of proxies whose headers are believed"),
    Setting("WIREROOM_METRICS_ALLOW", "127.0.0.0/8,::1/128", "CIDR list that may read /metrics"),
    Setting("WIREROOM_WORKERS", "", "web workers; as many as cores when empty"),
    Setting("WIREROOM_BROKER_URL", "", "task broker of a larger installation", secret=True),
    Setting("WIREROOM_REPLICA_URL", "", "read replica for readers' queries", secret=True),
    Setting("WIREROOM_MEDIA_URL", "", "where pictures are kept in a larger installation"),
    Setting("WIREROOM_MAIL_URL", "", "mail server, smtp://…", secret=True),
    Setting("WIREROOM_SECRET_KEY", "", "made once and kept in the home when empty", secret=True),
    Setting("WIREROOM_LOG", "", "text or json; text on a terminal when empty"),
)


def read(
    environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> dict[str, Found]:
    """Find each setting: in the environment, else in ``.env``, else its default."""
    environment = os.environ if environment is None else environment
    dotenv = dotenv_values((folder or Path.cwd()) / ".env")
    found = {}
    for setting in SETTINGS:
        if setting.name in environment:
            found[setting.name] = Found(setting, environment[setting.name], "environment")
        elif (value := dotenv.get(setting.name)) is not None:
            found[setting.name] = Found(setting, value, ".env")
        else:
            found[setting.name] = Found(setting, setting.default, "default")
    return found
