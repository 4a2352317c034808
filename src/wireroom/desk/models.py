"""What the desk keeps of people, beside their accounts."""

from django.conf import settings
from django.db import models


class OneTime(models.Model):
    """The account's password was given by somebody else, and is good for changing it alone."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True)

    def __str__(self) -> str:
        return f"one-time password of user {self.pk}"
