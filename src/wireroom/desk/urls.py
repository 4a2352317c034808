"""The desk's addresses: its home, and those rooms of Wagtail's that are of use today."""

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from wagtail.admin import urls as wagtail_urls
from wagtail.admin.auth import require_admin_access

from .home import Home

#: Signing in, one's own account, people and roles, and what these pages are drawn with.
OPEN = (
    "account",
    "bulk/auth",
    "dismissibles",
    "groups",
    "jsi18n",
    "login",
    "logout",
    "password_reset",
    "sprite",
    "users",
)


def absent(_request: HttpRequest) -> NoReturn:
    """Say that there is no such room: Wagtail has it, and nothing of ours is in it."""
    raise Http404


urlpatterns = [
    path("", never_cache(require_admin_access(Home.as_view()))),
    re_path(rf"^(?!(?:{'|'.join(OPEN)})(?:/|$))", require_admin_access(absent)),
    path("", include(wagtail_urls)),
]
