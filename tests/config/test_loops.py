"""The loops: they go on until asked to end, wait for the database, and follow kills."""

import os
import signal
import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connections
from django.utils import timezone

from wireroom.config import loops
from wireroom.config.lifeline import Stop
from wireroom.config.supervisor import BACK_OFF, Part
from wireroom.formats.item import Item, Picture
from wireroom.intake.collect.collector import Collector
from wireroom.intake.models import Channel
from wireroom.wire.models import PictureState, Provider, Story
from wireroom.wire.pictures import path_of
from wireroom.wire.receive import receive

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)


@pytest.fixture
def stop():
    """A stop that hears signals, and gives them back afterwards; no connection is open."""
    connections.close_all()
    heard = (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)
    before = {one: signal.getsignal(one) for one in heard}
    stop = Stop()
    stop.listen()
    yield stop
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT])
def test_a_loop_ends_when_asked_to_also_in_its_sleep(stop, which):
    def step():
        os.kill(os.getpid(), which)
        return 3_600

    loops.over_and_over(step, stop)
    assert stop.asked


def test_a_database_that_goes_away_is_waited_for(stop, caplog):
    tries = []

    def step():
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("server closed the connection")
        stop.asked = True
        return 0

    loops.over_and_over(step, stop)
    assert len(tries) == 3
    assert [record.message for record in caplog.records] == ["database away"] * 2


def test_any_other_fault_ends_the_part_so_that_it_is_started_anew(stop):
    def step():
        raise ValueError("a fault")

    with pytest.raises(ValueError, match="a fault"):
        loops.over_and_over(step, stop)


@pytest.mark.django_db
def test_the_intake_sleeps_until_a_channel_is_due_and_never_long():
    with Collector() as collector:
        assert loops.fetched(collector) == loops.UNTIL_DUE
        provider = Provider.objects.create(slug="afn", name="AFN", tag="AFN")
        Channel.objects.create(provider=provider, url="https://a.example", next_at=NOON)
        assert loops.seconds_until_due(NOON.replace(minute=1)) == -60
        Channel.objects.update(paused=True)
        assert loops.fetched(collector) == loops.UNTIL_DUE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("when", ["before", "while"])
def test_the_worker_removes_the_pictures_of_a_killed_story_at_once(settings, tmp_path, when):
    settings.PICTURES = tmp_path
    provider = Provider.objects.create(slug="afn", name="AFN", tag="AFN")
    words = {"guid": "urn:afn:1", "numbered": True, "headline": "Ferries", "version_created": NOON}
    photo = Picture(href="https://afn.example/ferry.jpg")
    receive([Item(version=1, pictures=(photo,), **words)], provider=provider, now=NOON)
    [picture] = Story.objects.get().pictures.all()
    picture.state, picture.sha256, picture.mime = PictureState.KEPT, "ab" * 32, "image/jpeg"
    picture.save()
    path_of(picture).parent.mkdir()
    path_of(picture).write_bytes(b"a ferry")

    worker = loops.Stories(threading.current_thread())
    if when == "while":
        worker()
        assert path_of(picture).exists()
    kill = Item(version=2, pubstatus="canceled", **words)
    receive([kill], provider=provider, now=timezone.now())
    worker()
    assert not path_of(picture).exists()


def test_the_worker_does_not_go_on_without_its_other_half():
    with pytest.raises(RuntimeError, match="pictures"):
        loops.Stories(threading.Thread())()


def test_a_part_that_keeps_ending_is_started_ever_more_slowly():
    part = Part("web", lambda: None)
    waits = []
    for _ in range(9):
        part.began = time.monotonic()
        part.ended(1)
        waits.append(part.wait)
    assert waits == sorted(waits)
    assert waits[-1] == BACK_OFF[1]
