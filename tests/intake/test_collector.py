"""Collectors that live on over rounds: slow hosts, leases, and how they end."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from harness.agency import Agency, reply
from wireroom.intake import channels, schedule, work
from wireroom.intake.collect.collector import CROWDED_OUT, PATIENCE, Collector
from wireroom.intake.models import Channel, Delivery

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
FEED = b"<rss><channel><item><guid>%d</guid></item></channel></rss>"
#: Looks after which what should have come never comes.
NEVER = 200

pytestmark = pytest.mark.django_db(transaction=True)


class Slow(Agency):
    """A host that says something every moment, and no whole answer before it may."""

    def __init__(self):
        super().__init__("127.0.0.2")
        self.may_end = threading.Event()
        self.answering, self.most_answering = 0, 0

    def drip(self, _):
        with self.lock:
            self.answering += 1
            self.most_answering = max(self.most_answering, self.answering)
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n"
        for byte in FEED.ljust(3999):
            yield b"%c" % byte
            self.may_end.wait(0.05)
        with self.lock:  # before the end is known to who asked
            self.answering -= 1
        yield b" "

    def __exit__(self, *how):
        self.may_end.set()
        super().__exit__(*how)


@pytest.fixture
def agency():
    with Agency() as server:
        yield server


@pytest.fixture
def slow(agency, settings):
    """A slow host beside the agency; both may be asked."""
    with Slow() as server:
        settings.FETCH_ALLOW = frozenset({agency.place, server.place})
        yield server


@pytest.fixture
def collector(slow):
    with Collector() as collector:
        yield collector


def channel(agency, path="/feed", **words):
    """Add a channel that is due."""
    one = channels.add(agency.url(path), provider="ANI")
    Channel.objects.filter(pk=one.pk).update(**({"next_at": NOON} | words))
    one.refresh_from_db()
    return one


def slow_channels(slow, number):
    slow.answers |= {f"/{n}": slow.drip for n in range(number)}
    return [channel(slow, f"/{n}") for n in range(number)]


def until(condition, collector, now=NOON):
    """Have a collector go on until something is so."""
    for _ in range(NEVER):
        if condition():
            return
        work.collect(collector, now)
    pytest.fail("it never came so far")


def leased():
    return Channel.objects.exclude(leased_until=None).count()


def test_one_look_takes_what_is_due_and_no_more(agency, slow, collector):
    agency.answers |= {f"/{number}": reply(200, FEED % number) for number in range(4)}
    due = channel(agency, "/0")
    channel(agency, "/1", next_at=NOON + HOUR)
    channel(agency, "/2", paused=True)
    channel(agency, "/3", leased_until=NOON + HOUR)
    until(Delivery.objects.exists, collector)
    assert work.collect(collector, NOON) == 0
    assert [asked.path for asked in agency.asked] == ["/0"]
    due.refresh_from_db()
    assert due.leased_until is None
    assert not collector.busy


def test_a_host_that_drips_holds_up_only_itself(agency, slow, collector):
    [dripping] = slow_channels(slow, 1)
    agency.answers["/feed"] = lambda _: reply(200, FEED % len(agency.asked))
    quick = channel(agency, every=1)
    until(lambda: slow.asked, collector)
    for turn in range(1, 9):
        until(
            lambda turn=turn: quick.deliveries.count() == turn, collector, NOON + 2 * turn * SECOND
        )
    dripping.refresh_from_db()
    assert dripping.leased_until == NOON + schedule.LEASE
    assert (len(slow.asked), slow.open) == (1, 1)
    slow.may_end.set()
    until(dripping.deliveries.exists, collector, NOON + 20 * SECOND)


@pytest.mark.cases("F98")
def test_f98_a_host_has_two_connections_at_most_over_all_looks(slow, collector):
    slow_channels(slow, 6)
    for _ in range(6):
        collector.add(schedule.claim(now=NOON, limit=1), NOON)
        collector.look(NOON)
    slow.may_end.set()
    until(lambda: Delivery.objects.count() == 6, collector)
    assert slow.most_answering == 2


def test_who_waits_behind_a_slow_host_is_given_back_for_another_time(slow, collector):
    slow_channels(slow, 5)
    until(lambda: len(slow.asked) == 2, collector)
    collector.look(NOON + PATIENCE / 2)
    assert leased() == 5
    late = NOON + PATIENCE + SECOND
    collector.look(late)
    assert leased() == 2
    waits = Channel.objects.filter(leased_until=None).values_list("next_at", flat=True)
    assert len(waits) == 3
    assert all(timedelta(0) <= at - (late + CROWDED_OUT) < 9 * SECOND for at in waits)


def test_who_waits_is_asked_by_no_other_collector_and_not_when_the_lease_is_nearly_over(
    slow, collector
):
    slow_channels(slow, 3)
    until(lambda: len(slow.asked) == 2, collector)
    assert schedule.claim(now=NOON + schedule.LEASE) == []
    nearly = NOON + schedule.LEASE - SECOND
    slow.may_end.set()
    for _ in range(NEVER):
        if not collector.busy:
            break
        collector.look(nearly)
    assert len(slow.asked) == 2
    [other] = schedule.claim(now=NOON + schedule.LEASE + SECOND)
    assert other.before.url == slow.url("/2")


def test_a_clean_stop_leaves_no_lease_and_all_is_due_at_once(agency, slow):
    slow_channels(slow, 3)
    with Collector() as collector:
        until(lambda: len(slow.asked) == 2, collector)
        assert leased() == 3
    assert leased() == 0
    assert len(schedule.claim(now=NOON)) == 3


def test_a_lease_that_ran_out_is_open_to_others(agency):
    one = channel(agency)
    [claimed] = schedule.claim(now=NOON)
    assert (claimed.channel, claimed.leased_until) == (one.pk, NOON + schedule.LEASE)
    assert schedule.claim(now=NOON) == []
    assert len(schedule.claim(now=NOON + 2 * schedule.LEASE)) == 1
