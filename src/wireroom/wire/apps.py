"""The Django application."""

from django.apps import AppConfig


class WireConfig(AppConfig):
    """Register the application."""

    name = "wireroom.wire"
    label = "wire"
