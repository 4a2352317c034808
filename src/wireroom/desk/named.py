"""Whose desk it is, in every page of it."""

from django.conf import settings
from django.http import HttpRequest


def named(_request: HttpRequest) -> dict[str, str]:
    """Give templates the house's name."""
    return {"house_name": settings.WAGTAIL_SITE_NAME}
