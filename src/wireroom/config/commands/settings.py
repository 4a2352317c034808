"""``wireroom settings``: every setting, its meaning, its value and where that came from."""

import argparse
from collections.abc import Mapping
from typing import Any

from wireroom.config import environment, spelling

from .outcome import Outcome, leaf


def add(commands: Any) -> None:
    """Put it on the tree."""
    leaf(commands, "settings", "print every setting, its value and its source", run, django=False)


def run(_: argparse.Namespace) -> Outcome:
    """List the settings; secrets are not shown."""
    found = environment.read()
    rows = [
        {
            "name": one.setting.name,
            "value": shown(one, found),
            "source": one.source,
            "meaning": one.setting.meaning,
        }
        for one in found.values()
    ]
    words = "\n".join(
        f"{row['name']}={row['value']}  ({row['source']})\n    {row['meaning']}" for row in rows
    )
    wrong = "\n".join(one.wrong for one in found.values() if one.wrong)
    return Outcome(words, rows, status=1 if wrong else 0, complaint=wrong)


def shown(one: environment.Found, found: Mapping[str, environment.Found]) -> str:
    """Write the value in force: what an empty one stands for, and nothing secret."""
    if one.setting.secret:
        return "(hidden)"
    if one.wrong or one.value:
        return spelling.shown(one.value)
    match one.setting.name:
        case "WIREROOM_SITE" if not (found["WIREROOM_BIND"].wrong or found["PORT"].wrong):
            port = spelling.port(found["PORT"].value)
            return spelling.site_of("", bind=spelling.bind(found["WIREROOM_BIND"].value), port=port)
        case "DATABASE_URL" if not found["WIREROOM_HOME"].wrong:
            return spelling.database_of("", home=spelling.folder(found["WIREROOM_HOME"].value))
        case "WIREROOM_WORKERS" | "WIREROOM_LOG":
            return str(one.setting.spelt(""))
    return ""
