"""Lists that go on over pages and archives (RFC 5005; JSON Feed ``next_url``), walked back."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from harness.agency import Agency, reply
from wireroom.intake import channels, pages, pipeline, work
from wireroom.intake.collect.poll import Polled, poll
from wireroom.intake.models import Delivery, Page
from wireroom.wire.models import Story

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
#: Stories of one page.
PER_PAGE = 3

pytestmark = pytest.mark.django_db(transaction=True)


def entry(number, *, title="", dated=True):
    made = NOON - timedelta(days=30) + number * MINUTE
    date = f"<updated>{made.isoformat()}</updated>" if dated else ""
    return (
        f"<entry><id>urn:{number}</id><title>{title or f'Story {number}'}</title>{date}"
        f"<content>Words of the story with the number {number}.</content></entry>"
    )


def atom(*entries, **rels):
    links = "".join(
        f'<link rel="{rel.replace("_", "-")}" href="{href}"/>' for rel, href in rels.items()
    )
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:feed</id><title>A</title>'
        f"<updated>2024-05-02T11:00:00Z</updated>{links}{''.join(entries)}</feed>"
    )


def page(first, **rels):
    """A page whose newest story has this number."""
    return reply(200, atom(*(entry(first - each) for each in range(PER_PAGE)), **rels))


def paged(agency, newest, *, last=1):
    """Serve all stories, the newest first, in pages of which each names the next."""
    for number, first in enumerate(range(newest, last - 1, -PER_PAGE)):
        rels = {"next": f"/feed?{number + 1}"} if first - PER_PAGE >= last else {}
        agency.answers[f"/feed?{number}" if number else "/feed"] = page(first, **rels)


def channel(agency, path="/feed", **words):
    return channels.add(agency.url(path), provider="ANI", **words)


def polled(one, now=NOON):
    """Poll a channel, take in what comes, and fetch pages until none is due."""
    one.refresh_from_db()
    result = poll([one], now=now)
    while pipeline.run(now=now) + pages.fetch(now=now):
        pass
    return result


def asked(agency):
    return [one.path for one in agency.asked]


def stories():
    return set(Story.objects.values_list("headline", flat=True))


def numbered(*numbers):
    return {f"Story {number}" for number in numbers}


# How far back


def test_a_first_poll_takes_a_few_pages_and_each_is_a_delivery_of_its_own(agency):
    paged(agency, 60)
    polled(channel(agency))
    assert asked(agency) == ["/feed", *(f"/feed?{number}" for number in range(1, 6))]
    assert stories() == numbered(*range(43, 61))
    assert Delivery.objects.filter(state="done").count() == 1 + pages.FIRST
    assert Delivery.objects.filter(partial=True).count() == pages.FIRST


def test_a_list_that_ends_sooner_is_walked_to_its_end(agency):
    paged(agency, 6)
    polled(channel(agency))
    assert stories() == numbered(*range(1, 7))
    assert asked(agency) == ["/feed", "/feed?1"]


def test_a_later_poll_goes_back_to_what_is_known_and_no_further(agency):
    paged(agency, 60)
    one = channel(agency)
    polled(one)
    agency.asked.clear()
    paged(agency, 67)
    polled(one, NOON + HOUR)
    assert asked(agency) == ["/feed", "/feed?1", "/feed?2"]
    assert stories() == numbered(*range(43, 68))


def test_a_list_that_lists_something_known_last_has_no_page_fetched(agency):
    paged(agency, 60)
    one = channel(agency)
    polled(one)
    agency.asked.clear()
    paged(agency, 61)
    polled(one, NOON + HOUR)
    assert asked(agency) == ["/feed"]
    assert "Story 61" in stories()


def test_a_story_pinned_to_the_top_does_not_hide_a_gap(agency):
    paged(agency, 30, last=28)
    one = channel(agency)
    polled(one)
    agency.answers["/feed"] = reply(200, atom(entry(30), entry(36), entry(35), next="/more"))
    agency.answers["/more"] = reply(200, atom(entry(34), entry(33), entry(32), entry(31)))
    polled(one, NOON + HOUR)
    assert stories() == numbered(*range(28, 37))


def test_a_known_story_that_was_changed_does_not_hide_a_gap(agency):
    paged(agency, 30, last=28)
    one = channel(agency)
    polled(one)
    changed = entry(28, title="Changed").replace("2024-04-02", "2024-05-02")
    agency.answers["/feed"] = reply(200, atom(entry(36), entry(35), changed, next="/more"))
    agency.answers["/more"] = reply(200, atom(*(entry(number) for number in (34, 33, 32, 31))))
    polled(one, NOON + HOUR)
    assert stories() == numbered(*range(29, 37)) | {"Changed"}


def test_what_came_by_another_channel_does_not_hide_a_gap(agency):
    agency.answers["/other"] = reply(200, atom(entry(4)))
    polled(channel(agency, "/other"))
    paged(agency, 6)
    polled(channel(agency))
    assert stories() == numbered(*range(1, 7))


def test_a_gap_is_walked_over_so_many_pages_and_no_more(agency):
    paged(agency, 3)
    one = channel(agency)
    polled(one)
    agency.asked.clear()
    paged(agency, 300)
    polled(one, NOON + HOUR)
    assert len(agency.asked) == 1 + pages.MOST


def test_lists_in_no_order_are_not_walked_once_half_of_a_page_is_known(agency):
    paged(agency, 6)
    one = channel(agency)
    polled(one)
    agency.asked.clear()
    mixed = [entry(number) for number in (6, 2, 40)]
    agency.answers["/feed"] = reply(200, atom(*mixed, next="/feed?1"))
    polled(one, NOON + HOUR)
    assert asked(agency) == ["/feed"]


def test_new_entries_alone_and_what_is_sent_are_not_walked_from(agency):
    agency.answers["/feed"] = reply(200, atom(entry(1)), ETag='"1"')
    one = channel(agency)
    polled(one)
    agency.answers["/feed"] = reply(226, atom(entry(9), next="/more"), IM="feed")
    polled(one, NOON + HOUR)
    assert asked(agency) == ["/feed", "/feed"]


# Archives


def archived(agency, months, newest):
    """Serve archives, the oldest ``/0``, and a feed before them with stories of its own."""
    for month in range(months):
        rels = {"prev_archive": f"/{month - 1}"} if month else {}
        numbers = range(month * 10 + 2, month * 10, -1)
        agency.answers[f"/{month}"] = reply(200, atom(*map(entry, numbers), **rels))
    agency.answers["/feed"] = reply(200, atom(entry(newest), prev_archive=f"/{months - 1}"))


def test_archives_are_walked_until_one_is_known_and_each_is_fetched_once(agency):
    archived(agency, 3, 100)
    one = channel(agency)
    polled(one)
    assert asked(agency) == ["/feed", "/2", "/1", "/0"]
    assert stories() == numbered(100, 21, 22, 11, 12, 1, 2)
    agency.asked.clear()
    archived(agency, 5, 200)
    polled(one, NOON + HOUR)
    assert asked(agency) == ["/feed", "/4", "/3"]
    assert numbered(41, 42, 31, 32) <= stories()


def test_an_archive_without_a_story_leads_on_and_so_does_an_empty_feed(agency):
    agency.answers["/feed"] = reply(200, atom(prev_archive="/b"))
    agency.answers["/b"] = reply(200, atom(prev_archive="/a"))
    agency.answers["/a"] = reply(200, atom(entry(1)))
    polled(channel(agency))
    assert stories() == numbered(1)


def test_an_archive_says_nothing_of_the_channels_pace_nor_of_its_end(agency):
    agency.answers["/feed"] = reply(200, json_feed([2], next_url="/old"))
    agency.answers["/old"] = reply(200, json_feed([1], expired=True))
    one = channel(agency)
    polled(one)
    one.refresh_from_db()
    assert not one.paused
    assert stories() == numbered(1, 2)


# JSON Feed


def json_feed(numbers, **words):
    items = [
        {
            "id": f"urn:{number}",
            "title": f"Story {number}",
            "content_text": f"Words of the story with the number {number}.",
            "date_published": (NOON - timedelta(days=30) + number * MINUTE).isoformat(),
        }
        for number in numbers
    ]
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "A", "items": items} | words)


def test_next_url_is_followed(agency):
    agency.answers["/feed"] = reply(200, json_feed([6, 5], next_url=agency.url("/b")))
    agency.answers["/b"] = reply(200, json_feed([4, 3], next_url="/a"))
    agency.answers["/a"] = reply(200, json_feed([2, 1]))
    polled(channel(agency))
    assert stories() == numbered(*range(1, 7))


# Which words win


@pytest.mark.parametrize("dated", [True, False], ids=["the same date", "no date"])
def test_the_newest_document_wins_over_a_page_that_was_fetched_after_it(dated, agency):
    agency.answers["/feed"] = reply(200, atom(entry(2, title="New", dated=dated), next="/b"))
    older = atom(
        entry(2, title="Old", dated=dated), entry(1, title="Between", dated=dated), next="/a"
    )
    agency.answers["/b"] = reply(200, older)
    agency.answers["/a"] = reply(200, atom(entry(1, title="Oldest", dated=dated)))
    poll([channel(agency)], now=NOON)
    for minute in range(4):  # pages come later than the document
        now = NOON + minute * MINUTE
        pipeline.run(now=now)
        pages.fetch(now=now + MINUTE)
    assert stories() == {"New", "Between"}


def test_a_version_that_is_newer_by_its_date_wins_wherever_it_stands(agency):
    newer = entry(2, title="Newer").replace("2024-04-02", "2024-04-09")
    agency.answers["/feed"] = reply(200, atom(entry(2), next="/b"))
    agency.answers["/b"] = reply(200, atom(newer, entry(1)))
    polled(channel(agency))
    assert stories() == {"Newer", "Story 1"}


# What goes wrong


@pytest.mark.parametrize(
    "answer",
    [
        reply(404),
        reply(500),
        reply(410),
        reply(200, "<!doctype html><p>captcha"),
        reply(302, Location="/feed?2"),
        b"",
    ],
    ids=["404", "500", "410", "a page for people", "a circle", "nothing"],
)
def test_a_page_that_fails_loses_nothing_of_the_first_and_pauses_nothing(answer, agency):
    agency.answers["/feed"] = page(6, next="/feed?2")
    agency.answers["/feed?2"] = answer
    one = channel(agency)
    assert polled(one) == Polled(fetched=1)
    one.refresh_from_db()
    assert stories() == numbered(4, 5, 6)
    assert (one.failures, one.paused, one.last_status) == (0, False, "news")
    failed = Page.objects.get()
    assert (failed.tries, failed.delivery) == (1, None)
    assert failed.reason
    assert failed.next_at == NOON + MINUTE


def test_a_page_that_cannot_be_read_is_set_aside_by_itself(agency):
    agency.answers["/feed"] = page(6, next="/b")
    agency.answers["/b"] = reply(200, "{}")
    polled(channel(agency))
    assert stories() == numbered(4, 5, 6)
    assert Delivery.objects.get(partial=True).state == "quarantined"


def test_a_page_is_tried_again_after_ever_longer_and_given_up_in_the_end(agency):
    agency.answers["/feed"] = page(6, next="/b")
    agency.answers["/b"] = reply(500)
    polled(channel(agency))
    now, waits = NOON, []
    while (due := Page.objects.get().next_at) is not None:
        waits.append((due - now) // MINUTE)
        now = due
        pages.fetch(now=now)
    assert waits == [1, 2, 4, 8]
    assert asked(agency).count("/b") == pages.TRIES


def test_a_page_that_comes_at_the_second_try_is_taken_in(agency):
    agency.answers["/feed"] = page(6, next="/b")
    agency.answers["/b"] = reply(503, Retry_After="1800")
    polled(channel(agency))
    assert Page.objects.get().next_at == NOON + 30 * MINUTE
    agency.answers["/b"] = page(3)
    assert pages.fetch(now=NOON + 30 * MINUTE) == 1
    pipeline.run(now=NOON + 30 * MINUTE)
    assert stories() == numbered(*range(1, 7))


# Circles, other hosts, endless chains


@pytest.mark.parametrize("address", ["/feed", "/feed#again", "file:///etc/passwd", "ftp://a/b"])
def test_what_leads_to_itself_or_out_of_the_web_is_not_followed(address, agency):
    agency.answers["/feed"] = page(6, prev_archive=address)
    polled(channel(agency))
    assert asked(agency) == ["/feed"]


def test_pages_that_go_round_in_a_circle_are_fetched_once_each(agency):
    agency.answers["/feed"] = page(30, prev_archive="/a")
    agency.answers["/a"] = page(20, prev_archive="/b")
    agency.answers["/b"] = page(10, prev_archive="/a")
    polled(channel(agency))
    assert asked(agency) == ["/feed", "/a", "/b"]


@pytest.mark.parametrize("rel", ["next", "prev_archive"])
def test_a_server_that_gives_the_same_page_under_every_address_is_asked_once_more(rel, agency):
    def same(asked):
        return page(6, **{rel: f"/feed?{len(agency.asked)}"})

    agency.answers |= {"/feed": same, **{f"/feed?{number}": same for number in range(9)}}
    polled(channel(agency))
    assert len(agency.asked) == 2


def test_the_same_bytes_are_stored_once(agency):
    body = atom(entry(1), prev_archive="/a")
    agency.answers |= {"/feed": reply(200, body), "/a": reply(200, body)}
    polled(channel(agency))
    assert Delivery.objects.count() == 1
    assert Page.objects.get().reason == "it is a page that came before"


def test_a_chain_without_an_end_ends(agency):
    def endless(asked):
        number = int(asked.path.partition("?")[2] or 0)
        return page(9000 - number * PER_PAGE, next=f"/feed?{number + 1}")

    agency.answers |= {"/feed": endless, **{f"/feed?{number}": endless for number in range(99)}}
    polled(channel(agency))
    assert len(agency.asked) == 1 + pages.FIRST


@pytest.mark.parametrize("way", ["named", "redirected to"])
def test_no_page_of_another_host_is_taken(way, agency, settings):
    with Agency("127.0.0.2") as other:
        settings.FETCH_ALLOW = frozenset({agency.place, other.place})
        other.answers["/a"] = page(3)
        agency.answers["/feed"] = page(6, next=other.url("/a") if way == "named" else "/a")
        agency.answers["/a"] = reply(302, Location=other.url("/a"))
        polled(channel(agency))
        assert stories() == numbered(4, 5, 6)
        assert bool(other.asked) is (way == "redirected to")


# Who asks, and when


def test_a_page_is_asked_for_with_the_name_that_opens_its_channel(agency):
    agency.answers |= {"/feed": page(6, next="/a"), "/a": page(3)}
    one = channels.add(agency.url("/feed").replace("//", "//me:pass@"), provider="ANI")
    polled(one)
    first, second = (asked.headers.get("authorization") for asked in agency.asked)
    assert first == second == "Basic bWU6cGFzcw=="
    assert "pass" not in Page.objects.get().address


def test_pages_are_fetched_one_of_a_host_at_a_time_and_by_one_worker_each(agency):
    for name in ("a", "b"):
        agency.answers[f"/{name}"] = page(6, next=f"/{name}?1")
        agency.answers[f"/{name}?1"] = page(3)
        poll([channel(agency, f"/{name}")], now=NOON)
    pipeline.run(now=NOON)
    assert pages.waiting(NOON).count() == 2
    assert pages.fetch(now=NOON) == 1
    Page.objects.exclude(next_at=None).update(next_at=NOON + pages.LEASE)
    assert pages.fetch(now=NOON) == 0


def test_a_channel_that_is_paused_has_no_page_fetched(agency):
    agency.answers["/feed"] = page(6, next="/a")
    one = channel(agency)
    poll([one], now=NOON)
    pipeline.run(now=NOON)
    type(one).objects.update(paused=True)
    assert pages.fetch(now=NOON) == 0


def test_a_poll_by_command_ends_when_earlier_pages_are_taken_in_too(agency):
    paged(agency, 6)
    one = channel(agency)
    before = datetime.now(UTC)
    work.poll_once([one])
    assert work.settle(own=work.brought([one], since=before)) == 0
    assert stories() == numbered(*range(1, 7))
