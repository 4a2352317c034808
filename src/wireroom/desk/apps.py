"""The Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Register the application."""

    name = "wireroom.desk"
    label = "desk"
