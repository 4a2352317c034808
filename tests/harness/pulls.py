"""Folders on agencies' servers: put something there, have it taken, see what is stored."""

import os
import time

from django.utils import timezone

from wireroom.intake import channels
from wireroom.intake.collect.poll import poll
from wireroom.intake.models import Delivery

FEED = b"<rss><channel/></rss>"


def connected(server, path="/", **words):
    """Make a channel of a folder on a server."""
    return channels.add(server.url(path, **words), provider="ANI", format="rss")


def look(channel):
    """Visit a channel once, and say what came."""
    polled = poll([channel], now=timezone.now())
    channel.refresh_from_db()
    return polled


def stored():
    """Give the bytes of all deliveries, in the order in which they came."""
    return [
        bytes(raw) for raw in Delivery.objects.order_by("id").values_list("kept__raw", flat=True)
    ]


def put(path, words, *, age=60):
    """Put a file as if it had been written some seconds ago."""
    path.write_bytes(words)
    os.utime(path, (int(time.time() - age),) * 2)
