"""The Django application."""

from django.apps import AppConfig


class VocabConfig(AppConfig):
    """Register the application."""

    name = "wireroom.vocab"
    label = "vocab"
