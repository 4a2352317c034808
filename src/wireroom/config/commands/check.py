"""``wireroom check``: settings, database, disk, clock, channels and mail."""

import argparse
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .outcome import Outcome, leaf

if TYPE_CHECKING:
    from wireroom.intake.models import Channel

#: Bytes that should be free where the home lies.
ROOM = 500_000_000


def add(commands: Any) -> None:
    """Put it on the tree."""
    leaf(commands, "check", "look at all a site needs", run, django=False)


def run(_: argparse.Namespace) -> Outcome:
    """Look at each part; only what stops the site is a failure."""
    rows = _wrong() or _rows()
    words = "\n".join(f"{_mark(row)}  {row['part']}: {row['says']}" for row in rows)
    stops = any(row["stops"] and not row["ok"] for row in rows)
    return Outcome(words, rows, status=1 if stops else 0)


def _mark(row: dict[str, Any]) -> str:
    """Say in four signs how a part is: only FAIL makes the status 1."""
    if row["ok"]:
        return "ok  "
    return "FAIL" if row["stops"] else "warn"


def _wrong() -> list[dict[str, Any]]:
    """Say which settings cannot be used: without them nothing else can be looked at."""
    from wireroom.config import environment  # noqa: PLC0415

    found = environment.read().values()
    return [_row("settings", one.wrong, ok=False, stops=True) for one in found if one.wrong]


def _rows() -> list[dict[str, Any]]:
    import django  # noqa: PLC0415

    django.setup()
    database = _database()
    held = [_clock(), _channels()] if database["ok"] else [_unknown("clock"), _unknown("channels")]
    return [_settings(), database, _disk(), *held, _mail()]


def _unknown(part: str) -> dict[str, Any]:
    return _row(part, "not known while the database cannot be used", ok=False)


def _row(part: str, says: str, *, ok: bool, stops: bool = False) -> dict[str, Any]:
    return {"part": part, "ok": ok, "stops": stops, "says": says}


def _settings() -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415

    if settings.SECURE and not settings.TRUSTED_PROXIES:
        says = (
            "WIREROOM_TRUSTED_PROXIES is empty: who asks is not known behind a proxy,"
            " and http is not sent on to https"
        )
        return _row("settings", says, ok=False)
    return _row("settings", f"the site is {settings.SITE}", ok=True)


def _database() -> dict[str, Any]:
    from django.db import Error, connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        return _row(
            "database",
            f"does not answer: {str(error).strip().partition(chr(10))[0]}",
            ok=False,
            stops=True,
        )
    if plan:
        says = f"{len(plan)} migrations are waiting; run `wireroom setup`"
        return _row("database", says, ok=False, stops=True)
    return _row("database", f"{connection.vendor}, up to date", ok=True)


def _disk() -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415

    home = Path(settings.HOME)
    if not home.is_dir():
        says = f"{home} is not there; run `wireroom setup`"
        return _row("disk", says, ok=False, stops=True)
    free = shutil.disk_usage(home).free
    return _row("disk", f"{free // 1_000_000} MB free in {home}", ok=free > ROOM)


def _clock() -> dict[str, Any]:
    from wireroom.wire.models import Change  # noqa: PLC0415

    newest = Change.objects.order_by("-at").values_list("at", flat=True).first()
    now = datetime.now(UTC)
    if newest and newest > now:
        return _row("clock", f"stands before the newest change, {newest:%F %T} UTC", ok=False)
    return _row("clock", f"{now:%F %T} UTC", ok=True)


def _channels() -> dict[str, Any]:
    from wireroom.intake.models import Channel  # noqa: PLC0415

    count = Channel.objects.count()
    if not count:
        says = "none; add one with `wireroom channel add URL --provider NAME`"
        return _row("channels", says, ok=True)
    paused = Channel.objects.filter(paused=True).count()
    failing = list(Channel.objects.filter(failures__gt=0).order_by("pk"))
    mail = Channel.objects.filter(format="mail").order_by("pk")
    is_open = [channel for channel in mail if not channel.senders]
    says = "\n      ".join(
        [
            f"{count}, {len(failing)} failing, {paused} paused",
            *map(_failing, failing),
            *map(_open, is_open),
        ]
    )
    return _row("channels", says, ok=not failing and not is_open)


def _open(channel: "Channel") -> str:
    """Name a channel of mail that names no sender, and say what to do."""
    from wireroom.intake.channels import shown  # noqa: PLC0415

    return (
        f"{channel.pk} {shown(channel.url)} takes mail from everybody:"
        f" `wireroom channel senders {channel.pk} --add ADDRESS` says whose it takes."
    )


def _failing(channel: "Channel") -> str:
    """Name a channel that fails, with its reason and what to do."""
    from wireroom.intake.channels import shown  # noqa: PLC0415

    times = "once" if channel.failures == 1 else f"{channel.failures} times"
    return (
        f"{channel.pk} {shown(channel.url)} failed {times}: {channel.last_status or 'no answer'}."
        f" Once that is mended, `wireroom channel resume {channel.pk}` polls it at once."
    )


def _mail() -> dict[str, Any]:
    return _row("mail", "not used yet", ok=True)
