"""``wireroom setup``: folders, database, first editor; safe to repeat."""

import argparse
import sys
from pathlib import Path
from typing import Any

from .outcome import Outcome, Problem, leaf
from .user import until_changed

FOLDERS = ("pictures", "hot", "quarantine", "static", "media")


def add(commands: Any) -> None:
    """Put it on the tree."""
    made = leaf(commands, "setup", "make folders, database and the first editor", run)
    made.add_argument("--admin", metavar="NAME", default="", help="the first editor's name")
    made.add_argument(
        "--password-stdin", action="store_true", help="read the first editor's password from stdin"
    )


def run(arguments: argparse.Namespace) -> Outcome:
    """Set up, and say who may log in."""
    if arguments.password_stdin and not arguments.admin:
        raise Problem("--password-stdin needs --admin NAME.")
    given = sys.stdin.readline().rstrip("\n") if arguments.password_stdin else ""
    prepare()
    name, password = first_editor(arguments.admin, given)
    words = f"Set up in {_home()}."
    if password and not given:
        words += f"\nFirst editor: {name}\nOne-time password: {password}\n{until_changed()}"
    document = {"home": str(_home()), "editor": name, "password": "" if given else password}
    return Outcome(words, document)


def prepare() -> None:
    """Make the folders, bring the database up to date, and make the roles."""
    from django.core.management import call_command  # noqa: PLC0415

    from wireroom.desk.roles import make_roles  # noqa: PLC0415

    for folder in FOLDERS:
        (_home() / folder).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    make_roles()


def first_editor(name: str, password: str) -> tuple[str, str]:
    """Make the first editor, when there is none; return the name and a new password."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    from wireroom.desk import passwords  # noqa: PLC0415

    users = get_user_model().objects
    existing = users.filter(is_superuser=True).order_by("pk").first()
    if existing and not (name and not users.filter(username=name).exists()):
        return existing.get_username(), ""
    name = name or "editor"
    made = password or passwords.one_time()
    editor = users.create_superuser(username=name, password=made)
    if not password:
        passwords.given(editor)
    return name, made


def _home() -> Path:
    from django.conf import settings  # noqa: PLC0415

    return Path(settings.HOME)
