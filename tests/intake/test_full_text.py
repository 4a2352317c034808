"""Stories completed from their own pages, where the contract lets them be."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from harness.agency import Agency, reply
from wireroom.intake import channels, pipeline, reading, work
from wireroom.intake.collect.one_by_one import taken
from wireroom.intake.collect.poll import poll
from wireroom.intake.fulltext import fetch
from wireroom.intake.fulltext.complete import PATIENCE
from wireroom.intake.models import Delivery, FullText
from wireroom.wire import liveness
from wireroom.wire.models import Story, Version

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
TEASER = "Ferries sail again after eight weeks, and tickets cost the same as before."
WHOLE = (
    "The ferries that were stopped in March sailed again on Thursday, the harbour master said.",
    "Storms had damaged the pier, and repairs took eight weeks, longer than had been planned.",
    "Tickets cost the same as before, and winter's season tickets are good for two more months.",
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def one(agency):
    """A channel whose feed has one story, of which its page has more."""
    agency.answers["/feed"] = reply(200, feed(item(agency)))
    agency.answers["/ferries"] = page(*WHOLE)
    return channels.add(agency.url("/feed"), provider="ANI", full_text=True)


def item(agency, guid="ferries", *, title="Ferries return to the strait", words=TEASER, **more):
    date = format_datetime(more.get("made", NOON - timedelta(hours=1)), usegmt=True)
    link = more.get("link", agency.url(f"/{guid}"))
    return (
        f"<item><guid isPermaLink='false'>urn:{guid}</guid><title>{title}</title>"
        f"<link>{link}</link><description>{words}</description><pubDate>{date}</pubDate></item>"
    )


def feed(*items):
    return (
        '<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>'
        f"<description>A</description>{''.join(items)}</channel></rss>"
    )


def page(*paragraphs, headline="Ferries return to the strait", **headers):
    words = "".join(f"<p>{one}</p>" for one in paragraphs)
    return reply(
        200,
        "<!doctype html><html><head><title>A</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{headline}</h1>{words}</article><footer>Cookies</footer></body></html>",
        **({"Content_Type": "text/html; charset=utf-8"} | headers),
    )


def polled(channel, now=NOON):
    """Poll a channel and take in what comes, without its stories' pages."""
    channel.refresh_from_db()
    poll([channel], now=now)
    pipeline.run(now=now)


def settled(channel, now=NOON):
    """Poll a channel, and go on until nothing waits."""
    polled(channel, now)
    while fetch.fetch(now=now) + pipeline.run(now=now):
        pass


def live(now=NOON):
    return Story.objects.filter(liveness.live(now))


def shown():
    return Version.objects.order_by("number").last()


def pages_asked(agency):
    return [one.path for one in agency.asked if one.path != "/feed"]


# What readers see


def test_a_story_is_published_once_whole_and_says_where_its_text_is_from(agency, one):
    settled(one)
    assert live().count() == 1
    [version] = Version.objects.all()
    assert (version.ruling, version.text) == ("new", "\n\n".join(WHOLE))
    [made] = [made for made in version.papers["made"] if made["field"] == "body"]
    assert made["because"] == f"the text of {agency.url('/ferries')}"


def test_what_its_agency_says_again_is_a_repeat_and_its_page_is_not_asked_for_again(agency, one):
    settled(one)
    for minute in range(1, 4):
        agency.answers["/feed"] = reply(200, feed(item(agency)) + f"<!-- {minute} -->")
        settled(one, NOON + minute * MINUTE)
    assert Delivery.objects.count() == 4
    assert Version.objects.count() == 1
    assert pages_asked(agency) == ["/ferries"]


def test_without_the_contract_no_page_is_asked_for(agency, one):
    type(one).objects.update(full_text=False)
    settled(one)
    assert pages_asked(agency) == []
    assert shown().text == TEASER


def test_a_story_waits_for_its_page_and_its_neighbours_do_not(agency, one):
    long = "A brief that is whole by itself, and says all that there is to say. " * 30
    agency.answers["/feed"] = reply(200, feed(item(agency), item(agency, "brief", words=long)))
    polled(one)
    assert list(live().values_list("guid", flat=True)) == ["urn:brief"]
    assert pages_asked(agency) == []
    fetch.fetch(now=NOON)
    pipeline.run(now=NOON)
    assert live().count() == 2
    assert Delivery.objects.get().items == 2


def test_a_kill_does_not_wait_behind_a_story_that_does(agency, one):
    entry = "<entry><id>urn:ferries</id><title>Ferries return to the strait</title>{}</entry>"
    atom = "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'>{}</feed>"
    made = "<updated>2024-05-02T11:00:00Z</updated>"
    link = f"<link href='{agency.url('/ferries')}'/>"
    agency.answers["/feed"] = reply(200, atom.format(entry.format(made + link)))
    polled(one)
    assert FullText.objects.count() == 1
    buried = "<at:deleted-entry ref='urn:ferries' when='2024-05-02T11:30:00Z'/>"
    agency.answers["/feed"] = reply(200, atom.format(buried))
    polled(one, NOON + SECOND)
    assert Story.objects.get().killed_at
    assert not FullText.objects.exists()
    settled(one, NOON + PATIENCE + SECOND)
    assert not live(NOON + PATIENCE + SECOND).exists()
    assert pages_asked(agency) == []


def test_of_a_killed_story_no_text_is_kept_and_none_is_fetched(agency, one):
    settled(one)
    Story.objects.update(killed_at=NOON)
    agency.answers["/feed"] = reply(200, feed(item(agency), item(agency, "other")))
    agency.answers["/other"] = page(*WHOLE)
    settled(one, NOON + MINUTE)
    assert set(FullText.objects.values_list("guid", flat=True)) == {"urn:other"}
    assert pages_asked(agency) == ["/ferries", "/other"]


# How long a story waits


def test_a_story_waits_no_longer_than_its_bound(agency, one):
    polled(one)
    late = NOON + PATIENCE
    assert pipeline.run(now=late - SECOND) == 0
    assert pipeline.run(now=late + SECOND) == 1
    assert shown().text == TEASER
    assert fetch.fetch(now=late + SECOND) == 0
    assert FullText.objects.get().reason == "it did not come in time"


def test_a_story_that_was_published_as_it_came_is_not_changed_afterwards(agency, one):
    polled(one)
    late = NOON + PATIENCE + SECOND
    pipeline.run(now=late)
    agency.answers["/feed"] = reply(200, feed(item(agency)) + "<!-- again -->")
    settled(one, late + MINUTE)
    assert Version.objects.count() == 1


def test_waiting_is_not_taken_for_a_worker_that_ended(one):
    polled(one)
    for _ in range(pipeline.TRIES + 2):
        Delivery.objects.update(leased_until=None)
        pipeline.run(now=NOON + SECOND)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries) == ("waiting", 0)


# Pages that fail


@pytest.mark.parametrize(
    "answer",
    [
        reply(403, "no"),
        reply(410),
        reply(200, b"%PDF-1.7", Content_Type="application/pdf"),
        reply(200, "<html><body></body></html>", Content_Type="text/html"),
        page(TEASER[:40]),
        page("We value your privacy. " * 40, headline="Before you continue"),
        reply(302, Location="/ferries"),
        reply(302, Location="file:///etc/passwd"),
    ],
    ids=["403", "410", "pdf", "empty", "shorter", "another text", "a circle", "a way inside"],
)
def test_a_page_that_fails_leaves_the_channels_text_at_once(answer, agency, one):
    agency.answers["/ferries"] = answer
    now = NOON
    polled(one)
    for _ in range(fetch.TRIES):
        fetch.fetch(now=now)
        pipeline.run(now=now)
        now += fetch.AGAIN
    assert live().count() == 1
    assert shown().text == TEASER
    assert FullText.objects.get().state == "failed"


@pytest.mark.parametrize("status", [404, 429, 503])
def test_a_page_that_comes_a_moment_later_is_waited_for(status, agency, one):
    agency.answers["/ferries"] = reply(status)
    polled(one)
    assert (fetch.fetch(now=NOON), fetch.fetch(now=NOON)) == (1, 0)
    agency.answers["/ferries"] = page(*WHOLE)
    now = NOON + fetch.AGAIN
    assert fetch.fetch(now=now) == 1
    pipeline.run(now=now)
    assert shown().text == "\n\n".join(WHOLE)


def test_a_page_that_takes_too_long_to_read_costs_itself(agency, one, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0)
    reading.close()
    settled(one)
    reading.close()
    assert shown().text == TEASER
    assert "takes more than 0 seconds" in FullText.objects.get().reason


# Which text stands


def test_a_longer_text_of_the_channel_stays(agency, one):
    longer = " ".join(WHOLE) + " And the channel has one sentence more than the page does."
    agency.answers["/feed"] = reply(200, feed(item(agency, words=longer)))
    settled(one)
    assert shown().text == longer
    assert pages_asked(agency) == ["/ferries"]


def test_a_text_that_is_whole_most_likely_is_left_alone(agency, one):
    long = "A story that is whole by itself. " * 60
    agency.answers["/feed"] = reply(200, feed(item(agency, words=long)))
    settled(one)
    assert pages_asked(agency) == []


def test_another_version_is_completed_anew(agency, one):
    settled(one)
    agency.answers["/ferries"] = page(*WHOLE, "The first ship sailed at six in the morning.")
    agency.answers["/feed"] = reply(200, feed(item(agency, made=NOON)))
    settled(one, NOON + MINUTE)
    assert pages_asked(agency) == ["/ferries", "/ferries"]
    assert shown().ruling == "update"
    assert shown().text.endswith("six in the morning.")


def test_a_date_that_moves_beside_the_same_words_and_page_is_no_update(agency, one):
    settled(one)
    agency.answers["/feed"] = reply(200, feed(item(agency, made=NOON)))
    settled(one, NOON + MINUTE)
    assert Version.objects.count() == 1


def test_a_page_that_fails_when_the_date_moves_leaves_the_text_that_was_there(agency, one):
    settled(one)
    agency.answers |= {
        "/feed": reply(200, feed(item(agency, made=NOON))),
        "/ferries": reply(403),
    }
    settled(one, NOON + MINUTE)
    assert shown().text == "\n\n".join(WHOLE)
    assert Version.objects.count() == 1


def test_new_words_whose_page_fails_stand_as_they_came(agency, one):
    settled(one)
    agency.answers |= {
        "/feed": reply(200, feed(item(agency, made=NOON, words=f"Corrected: {TEASER}"))),
        "/ferries": reply(403),
    }
    settled(one, NOON + MINUTE)
    assert shown().text == f"Corrected: {TEASER}"


# Whose page


def test_only_pages_of_the_channels_own_site_are_asked_for(agency, one, settings):
    with Agency("127.0.0.2") as other:
        settings.FETCH_ALLOW = frozenset({agency.place, other.place})
        other.answers["/theirs"] = page(*WHOLE)
        theirs = item(agency, "a", link=other.url("/theirs"))
        moved = item(agency, "b")
        agency.answers |= {
            "/feed": reply(200, feed(theirs, moved)),
            "/b": reply(302, Location=other.url("/theirs")),
        }
        settled(one)
        assert set(Version.objects.values_list("text", flat=True)) == {TEASER}
        assert [asked.path for asked in other.asked] == ["/theirs"]
        assert FullText.objects.get().reason == "it leads to another site"


def test_pages_are_asked_for_one_of_a_host_at_a_time(agency, one):
    names = ["a", "b", "c"]
    agency.answers |= {f"/{name}": page(*WHOLE) for name in names}
    agency.answers["/feed"] = reply(200, feed(*(item(agency, name) for name in names)))
    polled(one)
    agency.most_open = 0
    assert [fetch.fetch(now=NOON) for _ in range(4)] == [1, 1, 1, 0]
    assert agency.most_open == 1
    pipeline.run(now=NOON)
    assert live().count() == 3


def test_a_page_is_fetched_by_one_worker(one):
    polled(one)
    [due] = fetch.waiting(NOON)
    assert taken(due, until=NOON + fetch.LEASE)
    assert not taken(due, until=NOON + fetch.LEASE)


# What is kept


def test_a_text_that_nobody_says_any_more_goes_after_a_month(agency, one):
    settled(one)
    agency.answers["/feed"] = reply(200, feed(item(agency), item(agency, "other")))
    agency.answers["/other"] = page(*WHOLE)
    settled(one, NOON + timedelta(days=20))
    agency.answers["/feed"] = reply(200, feed(item(agency, "other")))
    settled(one, NOON + timedelta(days=40))
    assert FullText.objects.count() == 2
    agency.answers["/feed"] = reply(200, feed(item(agency, "other")) + "<!-- again -->")
    settled(one, NOON + timedelta(days=51))
    assert [one.guid for one in FullText.objects.all()] == ["urn:other"]


def test_a_poll_by_command_ends_when_stories_are_whole(one):
    before = datetime.now(UTC)
    work.poll_once([one])
    assert work.settle(own=work.brought([one], since=before)) == 0
    assert shown().text == "\n\n".join(WHOLE)
