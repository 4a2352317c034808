"""Agencies' addresses, below ``/push/``: no story can be read at any of them."""

from django.urls import re_path

from . import views

#: What a channel is called, and an id that a database can have.
NAME, NUMBER = "(?P<name>[a-z0-9-]{1,60})", "(?P<number>[1-9][0-9]{0,17})"

urlpatterns = [
    re_path(rf"^{NAME}\Z", views.pushed, name="push"),
    re_path(rf"^{NAME}/{NUMBER}\Z", views.fates, name="push-fates"),
]
