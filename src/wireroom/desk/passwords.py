"""One-time passwords: whoever signs in with one changes it before anything else."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .models import OneTime

#: Where the desk is, and what of it is open until the password is changed.
DESK = "/desk/"
OPEN = tuple(f"{DESK}{one}/" for one in ("account", "jsi18n", "login", "logout", "sprite"))


def one_time() -> str:
    """Make a password that nobody can guess."""
    return secrets.token_urlsafe(9)


def must_change(user: Any) -> bool:
    """Say whether somebody's password is still the one that was given."""
    return user.is_authenticated and OneTime.objects.filter(pk=user.pk).exists()


def given(user: Any) -> None:
    """Note that somebody's password, just set, is a one-time one."""
    OneTime.objects.get_or_create(pk=user.pk)


class Changed:
    """One of Django's validators of passwords: it hears of every change, however it is made."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse the one-time password as the new one."""
        if user is not None and user.pk and must_change(user) and user.check_password(password):
            raise ValidationError("Choose another password than the one-time password.")

    def password_changed(self, _password: str, user: Any = None) -> None:
        """Take note that a password is its owner's own."""
        OneTime.objects.filter(pk=user.pk).delete()

    def get_help_text(self) -> str:
        """Say nothing beside the form: the rule is told when it matters."""
        return ""


class ChangeFirst:
    """Lead to the account, from any page of the desk, whoever still has a one-time password."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or lead to the account."""
        closed = request.path.startswith(DESK) and not request.path.startswith(OPEN)
        if closed and must_change(request.user):
            messages.warning(request, "Change your one-time password: then the desk opens.")
            return redirect("wagtailadmin_account")
        return self._get_response(request)
