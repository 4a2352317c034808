"""Bytes to items and back: one file a dialect, nothing of Django, no network."""
