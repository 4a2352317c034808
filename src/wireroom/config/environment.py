"""Every setting an operator can make: its name, meaning, default, and where it came from."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from . import spelling

#: With what the engines of a larger installation come.
LARGER = "running it for years"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the environment."""

    name: str
    default: str
    meaning: str
    #: Raises ValueError with what is wrong, in words that follow the setting's name.
    spelt: Callable[[str], object]
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A setting with its value and where that came from."""

    setting: Setting
    value: str
    #: environment, .env or default.
    source: str

    @property
    def wrong(self) -> str:
        """What is wrong with the value, as a sentence; empty when it will do."""
        try:
            self.setting.spelt(self.value)
        except ValueError as error:
            return f"{self.setting.name} {error}."
        return ""


class Invalid(ValueError):
    """Settings that cannot be used; the message says which, and why."""


SETTINGS = (
    Setting(
        "WIREROOM_HOME",
        "./var",
        "everything that is not code: database, pictures, stored pages, keys",
        spelt=spelling.folder,
    ),
    Setting(
        "DATABASE_URL",
        "",
        "the database: SQLite in the home unless postgres://… is given",
        spelt=spelling.database,
    ),
    Setting(
        "WIREROOM_BIND",
        "127.0.0.1",
        "address the web server listens on; 0.0.0.0 for all, and then it is asked for by the"
        " site's host, or from this machine",
        spelt=spelling.bind,
    ),
    Setting("PORT", "8000", "port the web server listens on", spelt=spelling.port),
    Setting(
        "WIREROOM_SITE",
        "",
        "public address; made from bind and port when empty",
        spelt=spelling.site,
    ),
    Setting("WIREROOM_TIME_ZONE", "UTC", "the site's first time zone", spelt=spelling.zone),
    Setting("WIREROOM_LANGUAGE", "en", "the site's first language", spelt=spelling.language),
    Setting(
        "WIREROOM_FETCH_ALLOW",
        "",
        "private addresses that may be fetched: host:port, …",
        spelt=spelling.places,
    ),
    Setting(
        "WIREROOM_TRUSTED_PROXIES",
        "",
        "CIDR list of proxies whose X-Forwarded headers are believed",
        spelt=spelling.networks,
    ),
    Setting(
        "WIREROOM_METRICS_ALLOW",
        "127.0.0.0/8,::1/128",
        f"CIDR list that may read /metrics, which comes with {LARGER}",
        spelt=spelling.coming(LARGER, usual="127.0.0.0/8,::1/128"),
    ),
    Setting(
        "WIREROOM_WORKERS",
        "",
        "web workers; as many as cores when empty",
        spelt=spelling.workers,
    ),
    Setting(
        "WIREROOM_BROKER_URL",
        "",
        "task broker of a larger installation",
        spelt=spelling.coming(LARGER),
    ),
    Setting(
        "WIREROOM_REPLICA_URL",
        "",
        "read replica for readers' queries",
        spelt=spelling.coming(LARGER),
    ),
    Setting(
        "WIREROOM_MEDIA_URL",
        "",
        "where pictures are kept in a larger installation",
        spelt=spelling.coming(LARGER),
    ),
    Setting(
        "WIREROOM_MAIL_URL", "", "mail server, smtp://…", spelt=spelling.coming("readers' letters")
    ),
    Setting(
        "WIREROOM_SECRET_KEY",
        "",
        "signs sessions; made once and kept in the home when empty",
        spelt=spelling.key,
        secret=True,
    ),
    Setting("WIREROOM_LOG", "", "text or json; text on a terminal when empty", spelt=spelling.log),
    Setting(
        "TEST_DATABASE_URL",
        "",
        "PostgreSQL for `make test`: a cluster made for it and thrown away when empty",
        spelt=spelling.database,
    ),
)


def read(
    environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> dict[str, Found]:
    """Find each setting: in the environment, else in ``.env``, else its default.

    In ``.env`` a dollar sign stands for itself.
    """
    environment = os.environ if environment is None else environment
    dotenv = dotenv_values((folder or Path.cwd()) / ".env", interpolate=False)
    found = {}
    for setting in SETTINGS:
        if setting.name in environment:
            found[setting.name] = Found(setting, environment[setting.name].strip(), "environment")
        elif (value := dotenv.get(setting.name)) is not None:
            found[setting.name] = Found(setting, value.strip(), ".env")
        else:
            found[setting.name] = Found(setting, setting.default, "default")
    return found


def valid(found: Mapping[str, Found]) -> dict[str, str]:
    """Return the values, all of which can be used.

    Raises Invalid with a sentence for each that cannot.
    """
    if wrong := [one.wrong for one in found.values() if one.wrong]:
        raise Invalid("\n".join(wrong))
    return {name: one.value for name, one in found.items()}
