"""The Django application."""

from django.apps import AppConfig


class PublishConfig(AppConfig):
    """Register the application."""

    name = "wireroom.publish"
    label = "publish"
