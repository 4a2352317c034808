"""The Django application."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Register the application."""

    name = "wireroom.intake"
    label = "intake"
