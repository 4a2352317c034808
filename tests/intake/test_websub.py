"""A subscriber's cases of the W3C's WebSub tests, against a hub on this machine."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from harness.agency import Agency, reply
from harness.hub import Hub, call
from wireroom.config import loops
from wireroom.intake import channels, pipeline, websub
from wireroom.intake.collect.poll import poll
from wireroom.intake.models import Channel, Delivery, Subscription
from wireroom.wire.models import Story

HOUR = timedelta(hours=1)
TEN_DAYS = timedelta(days=10)
SECOND = timedelta(seconds=1)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:harbour</id><title>Harbour</title>
<updated>2024-05-02T11:00:00Z</updated>{links}<entry><id>urn:harbour:1</id><title>Ferries return to
Lower Wick</title><updated>2024-05-02T11:00:00Z</updated><content>Words of {said}.</content></entry>
</feed>"""
RSS = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour</title>
<link>https://harbour.example/</link><description>Harbour</description>{links}<item>
<guid isPermaLink="false">urn:harbour:1</guid><title>Ferries return to Lower Wick</title>
<description>Words of {said}.</description><pubDate>Thu, 02 May 2024 11:00:00 GMT</pubDate></item>
</channel></rss>"""
PAGE = "<!doctype html><html><head><title>Harbour</title>{links}</head><body>Words.</body></html>"


def in_atom(hub, topic):
    return f'<link rel="hub" href="{hub}"/><link rel="self" href="{topic}"/>'


def in_rss(hub, topic):
    return f'<atom:link rel="hub" href="{hub}"/><atom:link rel="self" href="{topic}"/>'


def in_header(hub, topic):
    return f'<{hub}>; rel="hub", <{topic}>; rel=self'


def now():
    return timezone.now()


@pytest.fixture
def hub(transactional_db, live_server, settings):
    with Hub() as server:
        settings.FETCH_ALLOW = frozenset({server.place})
        settings.SITE = live_server.url
        yield server


def polled(hub, body, path="/feed", **headers):
    """Make a channel, poll it once, and read what came."""
    hub.answers.setdefault(path, reply(200, body, **headers))
    one = channels.add(hub.url("/feed"), provider="Harbour")
    poll([one], now=now())
    pipeline.run(now=now())
    one.refresh_from_db()
    return one


@pytest.fixture
def channel(hub):
    """A channel whose hub was asked and has asked back."""
    links = in_atom(hub.url("/hub"), hub.url("/feed"))
    one = polled(hub, ATOM.format(links=links, said="the feed"))
    assert websub.ask(now=now()) == 1
    one.refresh_from_db()
    return one


def asked_for(hub):
    """Ask hubs that are due, and give what they were asked for."""
    websub.ask(now=now())
    return [form["hub.topic"] for form in hub.forms]


def test_case_100_a_hub_is_found_in_link_headers(hub):
    link = in_header(hub.url("/hub"), hub.url("/topic"))
    polled(hub, ATOM.format(links="", said="x"), Link=link)
    assert asked_for(hub) == [hub.url("/topic")]


def test_a_hub_is_found_in_link_headers_of_several_lines_and_rels(hub):
    polled(
        hub,
        ATOM.format(links="", said="x"),
        Link='</other>; rel=hub; anchor="/elsewhere", </hub>; title="a"; REL="next hub"',
        link=f"<{hub.url('/topic')}>;rel=self",
    )
    assert asked_for(hub) == [hub.url("/topic")]


def test_case_101_a_hub_is_found_in_the_head_of_a_page(hub):
    polled(hub, PAGE.format(links=in_atom("/hub", hub.url("/topic"))))
    assert asked_for(hub) == [hub.url("/topic")]
    assert not Delivery.objects.exists()


def test_a_page_in_place_of_a_document_names_no_other_hub(hub):
    one = polled(hub, ATOM.format(links=in_atom(hub.url("/hub"), hub.url("/feed")), said="x"))
    hub.answers["/feed"] = reply(200, PAGE.format(links=in_atom("/evil", "/topic")))
    poll([one], now=now())
    assert asked_for(hub) == [hub.url("/feed")]


def test_case_102_a_hub_is_found_in_atom(hub):
    polled(hub, ATOM.format(links=in_atom("/hub", hub.url("/topic")), said="x"))
    assert asked_for(hub) == [hub.url("/topic")]


def test_case_103_a_hub_is_found_in_rss(hub):
    polled(hub, RSS.format(links=in_rss(hub.url("/hub"), hub.url("/topic")), said="x"))
    assert asked_for(hub) == [hub.url("/topic")]


def test_case_104_link_headers_beat_what_the_body_names(hub):
    links = in_atom(hub.url("/wrong"), hub.url("/wrong-topic"))
    link = in_header(hub.url("/hub"), hub.url("/topic"))
    polled(hub, ATOM.format(links=links, said="x"), Link=link)
    assert asked_for(hub) == [hub.url("/topic")]
    assert "/wrong" not in {asked.path for asked in hub.asked}


def test_case_200_the_topic_is_what_the_document_calls_itself(hub, channel):
    assert hub.forms[0]["hub.topic"] == hub.url("/feed")
    links = in_atom(hub.url("/hub"), "https://harbour.example/self")
    hub.answers["/feed"] = reply(200, ATOM.format(links=links, said="more"))
    poll([channel], now=now())
    pipeline.run(now=now())
    assert asked_for(hub)[1:] == ["https://harbour.example/self"]


@pytest.mark.parametrize("status", [302, 307, 301, 308])
def test_cases_201_and_202_a_topic_that_has_moved_is_where_it_answers(hub, status):
    hub.answers["/feed"] = reply(status, Location="/new")
    links = f'<link rel="hub" href="{hub.url("/hub")}"/>'
    polled(hub, ATOM.format(links=links, said="x"), path="/new")
    assert asked_for(hub) == [hub.url("/new")]


@pytest.mark.parametrize("status", [302, 307, 301, 308])
def test_cases_203_and_204_a_hub_that_has_moved_is_asked_where_it_is(hub, status):
    hub.answers["/old"] = reply(status, Location="/hub")
    polled(hub, ATOM.format(links=in_atom("/old", hub.url("/feed")), said="x"))
    assert asked_for(hub) == [hub.url("/feed")]
    assert Subscription.objects.get().verified_at


def test_case_205_another_topic_is_not_confirmed(hub):
    hub.verifies = False
    polled(hub, ATOM.format(links=in_atom("/hub", hub.url("/feed")), said="x"))
    websub.ask(now=now())
    (form,) = hub.forms
    assert hub.verify(form, topic=hub.url("/other"))[0] == 404
    assert hub.verify(form, mode="unsubscribe")[0] == 404
    assert hub.verify(form | {"hub.callback": form["hub.callback"] + "x"})[0] == 404
    assert hub.send(b"<feed/>") == 404
    assert Subscription.objects.get().verified_at is None
    assert hub.verify(form) == (200, "guess-me")
    assert Subscription.objects.get().verified_at
    assert hub.verify(form)[0] == 404  # nothing waits for it any more


def test_what_a_hub_is_asked(hub, channel, settings):
    (form,) = hub.forms
    row = Subscription.objects.get()
    assert hub.confirmed == [(200, "guess-me")]
    assert form == {
        "hub.mode": "subscribe",
        "hub.topic": hub.url("/feed"),
        "hub.callback": f"{settings.SITE}/websub/{row.token}",
        "hub.secret": row.secret,
        "hub.lease_seconds": "864000",
    }
    assert len(row.token) == len(row.secret) == 43
    assert abs(row.ends_at - row.verified_at - TEN_DAYS) < SECOND
    assert abs(channel.subscribe_at - row.verified_at - 0.9 * TEN_DAYS) < SECOND
    assert websub.ask(now=now()) == 0


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_case_300_what_a_hub_sends_is_taken_at_once_and_read_later(hub, channel, method):
    raw = ATOM.format(links=in_atom("/hub", hub.url("/feed")), said="the hub").encode()
    assert hub.send(raw, method=method) == 202
    delivery = Delivery.objects.latest("pk")
    assert (delivery.raw, delivery.channel, delivery.state) == (raw, channel, "waiting")
    assert delivery.address == hub.url("/feed")
    assert Subscription.objects.get().heard_at
    pipeline.run(now=now())
    assert Story.objects.get().guid == "urn:harbour:1"
    assert Delivery.objects.filter(state="done").count() == 2


def test_what_was_fetched_already_is_not_stored_again(hub, channel):
    assert hub.send(Delivery.objects.get().raw) == 202
    assert Delivery.objects.count() == 1
    assert Subscription.objects.get().heard_at


@pytest.mark.parametrize(
    "signature",
    ["sha256=" + "0" * 64, "sha1=" + "0" * 40, "md5=" + "0" * 32, "sha256=", "nonsense", ""],
)
def test_case_301_what_is_signed_wrongly_is_ignored(hub, channel, signature):
    assert hub.send(b"<feed/>", **{"X-Hub-Signature": signature}) == 202
    assert Delivery.objects.count() == 1
    assert Subscription.objects.get().heard_at is None


def test_case_302_what_is_not_signed_is_ignored(hub, channel):
    assert hub.send(b"<feed/>", **{"X-Hub-Signature": None}) == 202
    assert Delivery.objects.count() == 1
    assert Subscription.objects.get().heard_at is None


@pytest.mark.parametrize("kind", ["text/html", "image/png"])
def test_what_is_no_document_of_a_wire_is_ignored(hub, channel, kind):
    assert hub.send(b"<html>", kind=kind) == 202
    assert Delivery.objects.count() == 1
    assert Subscription.objects.get().heard_at is None


def test_a_paused_channel_hears_nothing(hub, channel):
    Channel.objects.update(paused=True)
    assert hub.send(b"<feed/>") == 202
    assert Delivery.objects.count() == 1


def test_one_subscription_knows_no_secret_of_another(hub, channel):
    Channel.objects.update(subscribe_at=now())
    websub.ask(now=now())
    first, second = hub.forms
    assert hub.send(b"<feed/>", first | {"hub.secret": second["hub.secret"]}) == 202
    assert Delivery.objects.count() == 1


def test_a_lease_is_renewed_at_a_new_callback_and_the_old_one_ends_after_an_hour(hub, channel):
    assert websub.ask(now=channel.subscribe_at - SECOND) == 0
    assert websub.ask(now=channel.subscribe_at) == 1
    first, second = hub.forms
    assert first["hub.callback"] != second["hub.callback"]
    assert first["hub.secret"] != second["hub.secret"]
    old, new = Subscription.objects.order_by("pk")
    assert abs(old.ends_at - now() - HOUR) < timedelta(minutes=1)
    assert abs(new.ends_at - now() - TEN_DAYS) < timedelta(minutes=1)
    assert hub.send(b"<feed/>", first) == 202
    Subscription.objects.filter(pk=old.pk).update(ends_at=now())
    assert hub.send(b"<feed>2</feed>", first) == 410
    assert hub.send(b"<feed>2</feed>", second) == 202


@pytest.mark.parametrize(
    ("said", "lease"),
    [
        ("3600", HOUR),
        ("99999999", timedelta(days=30)),
        ("9" * 5000, TEN_DAYS),
        ("-1", TEN_DAYS),
        ("", TEN_DAYS),
    ],
    ids=["an hour", "three years", "endless", "negative", "none"],
)
def test_a_lease_has_bounds(hub, said, lease):
    hub.lease = said
    polled(hub, ATOM.format(links=in_atom("/hub", hub.url("/feed")), said="x"))
    websub.ask(now=now())
    row = Subscription.objects.get()
    assert abs(row.ends_at - row.verified_at - lease) < SECOND


def test_a_lease_of_no_time_is_not_renewed_without_end(hub):
    hub.lease = "0"
    one = polled(hub, ATOM.format(links=in_atom("/hub", hub.url("/feed")), said="x"))
    websub.ask(now=now())
    one.refresh_from_db()
    assert one.subscribe_at - now() > timedelta(minutes=4)
    assert hub.send(b"<feed/>") == 410


def test_a_hub_that_denies_is_believed(hub, channel):
    (form,) = hub.forms
    assert hub.verify(form, mode="denied", topic="https://harbour.example/other")[0] == 404
    assert Subscription.objects.exists()
    assert hub.verify(form, mode="denied", reason="no")[0] == 200
    assert not Subscription.objects.exists()
    assert hub.send(b"<feed/>") == 404
    channel.refresh_from_db()
    assert channel.subscribe_at - now() > 23 * HOUR


@pytest.mark.parametrize(
    "answer",
    [reply(500), reply(400), b"nonsense\r\n\r\n", lambda _: 1 / 0],
    ids=["500", "400", "nonsense", "hung up"],
)
def test_a_hub_that_fails_is_asked_again_in_an_hour(hub, answer):
    hub.answers["/hub"] = answer
    one = polled(hub, ATOM.format(links=in_atom("/hub", hub.url("/feed")), said="x"))
    moment = now()
    assert websub.ask(now=moment) == 1
    assert not Subscription.objects.exists()
    one.refresh_from_db()
    assert one.subscribe_at == moment + HOUR
    hub.answers["/hub"] = hub.subscribe
    websub.ask(now=one.subscribe_at)
    assert Subscription.objects.get().verified_at


def test_a_hub_that_does_not_ask_back_is_asked_again_at_another_callback(hub):
    hub.verifies = False
    polled(hub, ATOM.format(links=in_atom("/hub", hub.url("/feed")), said="x"))
    websub.ask(now=now())
    websub.ask(now=now() + HOUR + SECOND)
    first, second = hub.forms
    assert hub.verify(first)[0] == 404
    assert hub.verify(second)[0] == 200


@pytest.mark.parametrize(
    ("site", "hub", "may"),
    [
        ("https://news.example", "https://hub.example/", True),
        ("https://news.example", "http://hub.example/", False),
        ("http://news.example", "https://hub.example/", False),
        ("http://news.example", "http://hub.example/", False),
        ("https://news.example", "https//hub.example/", False),
    ],
)
def test_a_hub_is_told_a_secret_over_https_and_hears_no_callback_of_http(settings, site, hub, may):
    settings.SITE, settings.FETCH_ALLOW = site, frozenset()
    assert websub.may_ask(hub) is may


@pytest.mark.parametrize("site", ["http://news.example", "https://news.example"])
@pytest.mark.parametrize("hub", ["http://127.0.0.1:8000/hub", "http://HUB.example/"])
def test_a_hub_that_is_listed_is_told_a_secret_in_clear(settings, site, hub):
    settings.SITE = site
    settings.FETCH_ALLOW = frozenset({"127.0.0.1:8000", "hub.example:80"})
    assert websub.may_ask(hub)


def test_no_hub_is_asked_that_may_not_be(hub, settings):
    polled(hub, ATOM.format(links=in_atom("/hub", hub.url("/feed")), said="x"))
    settings.FETCH_ALLOW = frozenset()
    settings.SITE = "https://news.example"
    with CaptureQueriesContext(connection) as said:
        assert websub.ask(now=now()) == 1
    assert not any("INSERT" in query["sql"] for query in said)
    assert not hub.forms
    assert not Subscription.objects.exists()


def test_a_private_hub_is_not_reached(hub, settings):
    with Agency("127.0.0.2") as inside:
        polled(
            hub,
            ATOM.format(links=in_atom(f"https://{inside.place}/hub", hub.url("/feed")), said="x"),
        )
        settings.SITE = "https://news.example"
        websub.ask(now=now())
        assert inside.connections == 0
    assert not Subscription.objects.exists()


def wait_after_poll(one):
    moment = now()
    one.refresh_from_db()
    poll([one], now=moment)
    one.refresh_from_db()
    return one.next_at - moment


def test_polls_are_slow_only_once_a_hub_was_heard_and_while_its_lease_lasts(hub, channel):
    assert wait_after_poll(channel) < HOUR / 2
    hub.send(b"<feed/>")
    assert wait_after_poll(channel) >= HOUR
    Channel.objects.update(every=30)
    assert wait_after_poll(channel) < HOUR / 2
    Channel.objects.update(every=None)
    Subscription.objects.update(ends_at=now())
    assert wait_after_poll(channel) < HOUR / 2


def test_what_names_no_hub_asks_none(hub):
    one = polled(hub, ATOM.format(links='<link rel="self" href="/feed"/>', said="x"))
    assert one.subscribe_at is None
    assert websub.ask(now=now()) == 0


def test_a_hub_that_is_named_no_more_is_asked_no_more(hub, channel):
    hub.answers["/feed"] = reply(200, ATOM.format(links="", said="others"))
    poll([channel], now=now())
    pipeline.run(now=now())
    channel.refresh_from_db()
    assert channel.subscribe_at is None


def test_addresses_that_are_none_of_the_web_are_no_hubs(hub):
    links = "".join(
        in_atom(bad, bad) for bad in ("javascript:x", "ftp://a.example/", "http://[", "")
    )
    one = polled(hub, ATOM.format(links=links, said="x"), Link="<data:,x>; rel=hub, <; rel=hub")
    assert (one.hubs.get("header", {}), one.subscribe_at) == ({}, None)


def test_hubs_are_asked_beside_the_pictures(hub):
    polled(hub, ATOM.format(links=in_atom("/hub", hub.url("/feed")), said="x"))
    assert loops.copied() == 0
    assert Subscription.objects.get().verified_at


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "HEAD"])
def test_a_callback_knows_two_verbs(hub, channel, verb):
    assert call(verb, hub.forms[0]["hub.callback"])[0] == 405
