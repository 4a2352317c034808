"""Readers' addresses."""

urlpatterns: list[object] = []
