"""``wireroom user``: people who may enter the desk."""

import argparse
from typing import Any

from .coming import to_come
from .outcome import Outcome, Problem, group, leaf

ROLES = ("contributor", "editor", "chief", "admin")


def add(commands: Any) -> None:
    """Put it on the tree."""
    tree = group(commands, "user", "add people and give them passwords")
    made = leaf(tree, "add", "add a person and print a one-time password", run_add)
    made.add_argument("name", metavar="NAME")
    made.add_argument("--role", choices=ROLES, required=True)
    made = leaf(tree, "password", "give a person a new one-time password", run_password)
    made.add_argument("name", metavar="NAME")
    second = group(tree, "second-factor", "comes with the desk")
    to_come(second, "reset", "user second-factor reset", "the desk")


def run_add(arguments: argparse.Namespace) -> Outcome:
    """Add a person."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.contrib.auth.models import Group  # noqa: PLC0415

    from wireroom.desk import passwords  # noqa: PLC0415

    users = get_user_model().objects
    if users.filter(username=arguments.name).exists():
        raise Problem(f"There is a user {arguments.name} already; choose another name.")
    password = passwords.one_time()
    admin = arguments.role == "admin"
    user = users.create_user(
        username=arguments.name, password=password, is_superuser=admin, is_staff=admin
    )
    user.groups.add(Group.objects.get_or_create(name=arguments.role)[0])
    passwords.given(user)
    return _told(arguments.name, password)


def run_password(arguments: argparse.Namespace) -> Outcome:
    """Give a new password."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    from wireroom.desk import passwords  # noqa: PLC0415

    user = get_user_model().objects.filter(username=arguments.name).first()
    if user is None:
        raise Problem(f"There is no user {arguments.name}; `wireroom user add` makes one.")
    password = passwords.one_time()
    user.set_password(password)
    user.save(update_fields=["password"])
    passwords.given(user)
    return _told(arguments.name, password)


def until_changed() -> str:
    """Say what a one-time password is: shown once, and good for changing it alone."""
    from django.conf import settings  # noqa: PLC0415

    return (
        "It is shown this once, and is good for one thing:"
        f" sign in and change it at {settings.SITE}/desk/account/, then the desk opens."
    )


def _told(name: str, password: str) -> Outcome:
    return Outcome(
        f"User: {name}\nOne-time password: {password}\n{until_changed()}",
        {"user": name, "password": password},
    )
