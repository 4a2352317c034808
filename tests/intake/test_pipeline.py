"""A delivery's way into the wire: claimed in order, taken once, every item accounted for."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection

from harness.wires import HOUR, MINUTE, NOON
from wireroom.intake import channels, claims, pipeline
from wireroom.intake.inbox import delivery_of, put_down
from wireroom.intake.models import Delivery, DeliveryState, Receipt
from wireroom.wire.models import Change, Provider, Story, Version

NOW = NOON + HOUR
#: Of one document, of a hundred items or fewer, whatever the database; the texts of a feed's
#: new stories are signed in a transaction of its own, and PostgreSQL asks for one lock more.
MOST_QUERIES = 33
OVER = claims.LEASE + timedelta(seconds=1)


def ninjs(guid="urn:one", version=1, **words):
    """A ninjs document."""
    made = {
        "uri": guid,
        "type": "text",
        "version": str(version),
        "versioncreated": (NOON + min(version, 99) * MINUTE).isoformat(),
        "pubstatus": "usable",
        "headline": f"Take {version}",
        "body_text": f"Text of take {version}.",
    }
    return json.dumps(made | words).encode()


def killed(guid="urn:one", version=2):
    return ninjs(guid, version, pubstatus="canceled")


def rss(*items):
    """An RSS document of items given as XML."""
    return (
        '<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>'
        "<description>A</description>" + "".join(items) + "</channel></rss>"
    ).encode()


def entry(number, text="Words.", minute=0):
    date = (NOON + minute * MINUTE).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"<item><guid isPermaLink='false'>urn:{number}</guid><title>Item {number}</title>"
        f"<pubDate>{date}</pubDate><description>{text}</description></item>"
    )


class Inbox:
    """What one agency delivers."""

    def __init__(self):
        self.provider = Provider.objects.create(slug="afn", name="AFN", tag="AFN")

    def deliver(self, *documents, at=NOON):
        made = [delivery_of(raw, provider=self.provider, now=at) for raw in documents]
        return put_down(made)

    def shows(self, guid="urn:one", at=NOW):
        found = Story.objects.live(at).filter(guid=guid).first()
        return found.headline if found else None


@pytest.fixture
def inbox(db):
    return Inbox()


@pytest.fixture
def shared_inbox(transactional_db):
    """An inbox that several connections see."""
    return Inbox()


def test_a_document_of_new_stories_takes_few_queries(inbox, django_assert_max_num_queries):
    channel = channels.add("https://wire.example/feed", provider="Harbour Wire")
    feed = rss(*(entry(n) for n in range(50)))
    put_down([delivery_of(feed, provider=channel.provider, now=NOON, channel=channel)])
    with django_assert_max_num_queries(MOST_QUERIES) as asked:
        pipeline.run(now=NOW)
    assert Story.objects.count() == 50
    assert not [query for query in asked if 'FROM "intake_channel"' in query["sql"]]


def run_all(now=NOW):
    while pipeline.run(now=now):
        pass


def claimed(now=NOW):
    delivery = claims.claim(now=now)
    return delivery and delivery.pk


class TestClaim:
    def test_kills_come_first_then_the_oldest(self, inbox):
        first, kill, second, hold = inbox.deliver(
            ninjs("urn:a"),
            killed("urn:b"),
            ninjs("urn:c"),
            ninjs("urn:d", pubstatus="withheld"),
        )
        order = [claimed() for _ in range(5)]
        assert order == [kill.pk, hold.pk, first.pk, second.pk, None]

    def test_kill_overtakes_a_thousand_waiting_deliveries(self, inbox):
        """R14: it waits for the one delivery that is being taken, and for no other."""
        inbox.deliver(*(ninjs(f"urn:{n}") for n in range(1_000)))
        pipeline.run(now=NOW, limit=1)
        inbox.deliver(killed("urn:0"))
        pipeline.run(now=NOW, limit=1)
        assert Story.objects.get(guid="urn:0").killed_at == NOW
        assert Story.objects.count() == 1

    def test_kill_that_comes_while_a_batch_is_taken_is_next(self, inbox, monkeypatch):
        inbox.deliver(*(ninjs(f"urn:{n}") for n in range(5)))
        taken, take = [], pipeline.take

        def noted(delivery, *, now):
            taken.append(delivery.urgent)
            if len(taken) == 2:
                inbox.deliver(killed("urn:0"))
            take(delivery, now=now)

        monkeypatch.setattr(pipeline, "take", noted)
        assert pipeline.run(now=NOW) == 6
        assert taken == [False, False, True, False, False, False]

    def test_real_clock_is_asked_for_each_delivery(self, inbox):
        inbox.deliver(*(ninjs(f"urn:{n}") for n in range(3)))
        assert pipeline.run() == 3
        moments = list(Delivery.objects.order_by("id").values_list("done_at", flat=True))
        received = list(Change.objects.order_by("id").values_list("at", flat=True))
        mixed = [one for pair in zip(received, moments, strict=True) for one in pair]
        assert mixed == sorted(set(mixed))

    def test_what_is_leased_is_nobody_elses_until_the_lease_ends(self, inbox):
        """R15: a worker that is gone is taken over from."""
        (one,) = inbox.deliver(ninjs())
        assert claimed() == one.pk
        assert claimed(NOW + claims.LEASE) is None
        assert claimed(NOW + OVER) == one.pk

    def test_two_workers_never_have_the_same(self, shared_inbox):
        shared_inbox.deliver(*(ninjs(f"urn:{n}") for n in range(30)))
        got = []

        def work():
            while number := claimed():
                got.append(number)
            connection.close()

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(got) == sorted(Delivery.objects.values_list("pk", flat=True))


class TestQuarantine:
    def test_one_bad_item_of_a_hundred_leaves_ninety_nine(self, inbox):
        """R13: the bad one is kept with its reason and its bytes."""
        items = [entry(n) for n in range(100)]
        items[40] = "<item></item>"
        (delivery,) = inbox.deliver(rss(*items))
        run_all()
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.DONE
        assert Story.objects.live(NOW).count() == 99
        bad = Receipt.objects.get(ruling="quarantined")
        assert bad.reason
        assert b"<item" in bytes(bad.raw)
        assert set(Receipt.objects.values_list("position", flat=True)) == set(range(100))

    def test_item_that_cannot_be_stored_is_quarantined_with_its_reason(self, inbox):
        inbox.deliver(ninjs("urn:" + "x" * 3_000), ninjs())
        run_all()
        bad = Receipt.objects.get(ruling="quarantined")
        assert "longer than" in bad.reason
        assert bytes(bad.raw) == ninjs("urn:" + "x" * 3_000)
        assert inbox.shows() == "Take 1"

    @pytest.mark.parametrize("raw", [b"", b"\0\0\0", b"Nothing of the kind.", b"{", b"<rss"])
    def test_unreadable_document_is_kept_with_its_reason(self, inbox, raw):
        (delivery,) = inbox.deliver(raw)
        run_all()
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.QUARANTINED
        assert delivery.reason
        assert bytes(delivery.raw) == raw

    def test_delivery_that_ended_its_worker_three_times_is_quarantined(self, inbox):
        poison, fine = inbox.deliver(ninjs("urn:poison"), ninjs("urn:fine"))
        now = NOW
        for _ in range(pipeline.TRIES):  # the worker dies with it each time
            assert claimed(now) == poison.pk
            now += OVER
        run_all(now)
        poison.refresh_from_db()
        fine.refresh_from_db()
        assert poison.state == DeliveryState.QUARANTINED
        assert "3 times" in poison.reason
        assert (fine.state, fine.tries) == (DeliveryState.DONE, 1)

    def test_what_the_database_refuses_does_not_take_the_others_along(self, inbox, monkeypatch):
        receive_batch = pipeline.receive_batch

        def refusing(items, **words):
            if any(item.guid == "urn:3" for item in items):
                raise ValueError("no such letter")
            return receive_batch(items, **words)

        monkeypatch.setattr(pipeline, "receive_batch", refusing)
        inbox.deliver(rss(*(entry(n) for n in range(6))))
        run_all()
        bad = Receipt.objects.get(ruling="quarantined")
        assert (bad.guid, bad.position) == ("urn:3", 3)
        assert "no such letter" in bad.reason
        assert bytes(bad.raw).startswith(b"<item>")
        assert b"Item 3" in bytes(bad.raw)
        assert b"Item 4" not in bytes(bad.raw)
        assert Story.objects.count() == 5


class Crash(BaseException):
    """The end of the worker, at a point of our choice."""


def crash(*_, **__):
    raise Crash


class TestAgain:
    """R15: each task twice, late or half done comes to the same."""

    @pytest.mark.parametrize("point", ["settle", "_receive", "refuse"])
    def test_crash_is_driven_again_without_doubling(self, inbox, monkeypatch, point):
        (delivery,) = inbox.deliver(rss(*(entry(n) for n in range(250)), "<item></item>"))
        whole, calls = getattr(pipeline, point), []

        def crashing(*words, **more):
            calls.append(1)
            if point != "_receive":
                whole(*words, **more) if point == "refuse" else None
                raise Crash
            if len(calls) == 2:
                raise Crash
            return whole(*words, **more)

        with monkeypatch.context() as patch:
            patch.setattr(pipeline, point, crashing)
            with pytest.raises(Crash):
                pipeline.run(now=NOW)
        run_all(NOW + OVER)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.items) == (DeliveryState.DONE, 251)
        assert Story.objects.count() == Version.objects.count() == Change.objects.count() == 250
        assert Receipt.objects.count() == 251

    def test_delivery_taken_again_after_it_is_done_changes_nothing(self, inbox):
        inbox.deliver(rss(entry(1), entry(2)))
        delivery = claims.claim(now=NOW)
        for _ in range(3):
            pipeline.take(delivery, now=NOW)
        assert Receipt.objects.count() == Story.objects.count() == Version.objects.count() == 2

    def test_two_workers_with_one_delivery_take_each_item_once(self, shared_inbox):
        shared_inbox.deliver(rss(*(entry(n) for n in range(120))))
        delivery = claims.claim(now=NOW)
        errors, start = [], threading.Barrier(2)

        def work():
            try:
                start.wait(30)
                pipeline.take(Delivery.objects.get(pk=delivery.pk), now=NOW)
            except BaseException as error:  # noqa: BLE001 (shown by the assertion)
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert errors == []
        assert Receipt.objects.count() == Story.objects.count() == Version.objects.count() == 120

    @pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned round"])
    def test_of_two_texts_under_one_date_the_one_received_later_stands(self, inbox, turned):
        earlier = inbox.deliver(rss(entry(1, "Earlier.")), at=NOON)
        later = inbox.deliver(rss(entry(1, "Later.")), at=NOON + MINUTE)
        for delivery in (*later, *earlier) if turned else (*earlier, *later):
            pipeline.take(Delivery.objects.get(pk=delivery.pk), now=NOW)
        story = Story.objects.get()
        assert Version.objects.get(story=story, number=story.shown).text == "Later."
