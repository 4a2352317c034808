"""``wireroom run``: a newcomer watches stories arrive, change and vanish, and removes them."""

import json
import os
import re
import signal
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from harness.site import LIMIT, group, serving, until
from wireroom.config.sample import channels, server, state
from wireroom.config.sample.agency import agencies
from wireroom.intake import work
from wireroom.intake.models import Channel, Delivery
from wireroom.wire.models import Picture, Provider, Story
from wireroom.wire.queries import StoryQuerySet

START = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


@pytest.fixture
def sample(transactional_db, tmp_path, settings, monkeypatch):
    """The agencies' server and the house, at one clock that stands where it is set."""
    clock = SimpleNamespace(now=START)
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    settings.PICTURES = tmp_path / "pictures"
    state.begun(tmp_path, START)
    with server.Server(0, place=tmp_path, now=lambda: clock.now) as listening:
        settings.FETCH_ALLOW = frozenset({f"127.0.0.1:{listening.server_port}"})
        running = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        running.start()
        try:
            channels.add(listening.base)
            yield Sample(clock)
        finally:
            listening.shutdown()
            running.join()


class Sample:
    """The house, moved through the sample's first minutes."""

    def __init__(self, clock):
        self.clock = clock

    def at(self, seconds, *, polled=True):
        """Be so many seconds after the start, with all that was sent until then taken in."""
        self.clock.now = START + timedelta(seconds=seconds)
        wires = Channel.objects.select_related("provider").filter(format__gt="")
        result = work.poll_once(list(wires)) if polled else None
        self.clock.now += timedelta(seconds=0.9)  # what polling takes, on a clock that stands
        work.settle()
        return result

    def story(self, name):
        """Find a story by its name in the agency's file."""
        return Story.objects.get(guid__endswith=f",2026:{name}")

    def get(self, path):
        """Ask for an address; return the status and the text."""
        answer = Client().get(path)
        body = b"".join(answer) if answer.streaming else answer.content
        with closing(answer):
            return answer.status_code, body.decode(errors="replace")

    def page(self, name):
        """Ask for a story's page."""
        story = self.story(name)
        return self.get(f"/s/{story.pk}/{story.slug}" if story.slug else f"/s/{story.pk}")


def live(sample) -> StoryQuerySet:
    """Choose the stories that readers see."""
    return Story.objects.live(sample.clock.now)


def test_all_stories_of_the_first_poll_are_readable_with_country_sector_and_picture(sample):
    polled = sample.at(1)
    assert (polled.fetched, polled.failed) == (3, 0)
    assert live(sample).count() >= 60
    assert not live(sample).filter(country="").exists()
    assert not live(sample).filter(sector="").exists()
    assert not Picture.objects.exclude(state="kept").exclude(story__embargo__isnull=False).exists()
    for story in live(sample):
        status, text = sample.get(f"/s/{story.pk}/{story.slug}")
        assert status == 200
        assert story.provider.tag in text


def test_the_first_two_minutes_go_as_the_programme_says(sample):
    sample.at(1)
    assert not Story.objects.filter(guid__endswith=":new-night-train").exists()
    assert sample.page("namibia-last-lorry")[0] == 404

    sample.at(21)
    assert sample.page("new-night-train")[0] == 200

    tram = sample.story("tram-depot")
    sample.at(41)
    status, text = sample.page("tram-depot")
    assert status == 200
    assert "46 cars" in text
    after = sample.story("tram-depot")
    assert (after.pk, after.mark) == (tram.pk, "update")
    assert after.updated_at > tram.updated_at

    sample.at(61)
    status, text = sample.page("zambia-bridge-toll")
    assert status == 200
    assert "15 per cent" in text
    assert sample.story("zambia-bridge-toll").mark == "correction"

    timber = sample.story("gabon-timber")
    sample.at(81)
    assert sample.page("gabon-timber")[0] == 410
    assert str(timber.pk) in sample.get("/kills.json")[1]
    assert timber.headline not in sample.get("/news")[1]

    sample.at(91)
    assert sample.page("gone-festival")[0] == 410

    sample.at(101)
    status, text = sample.page("chile-well-test")
    assert status == 410
    assert "held by the agency" in text.lower()

    weavers = sample.story("ivory-typo")
    sample.at(111)
    assert "one piece" in sample.page("ivory-typo")[1]
    assert sample.story("ivory-typo").listed_at == weavers.listed_at

    taps = sample.story("sarapur-taps")
    sample.at(116)
    again = sample.story("sarapur-taps")
    assert (again.updated_at, again.last_number) == (taps.updated_at, taps.last_number)

    sample.at(121, polled=False)  # by the clock alone
    assert sample.page("namibia-last-lorry")[0] == 200

    sample.at(136)
    assert sample.page("chile-well-test")[0] == 200


def test_a_second_poll_of_the_same_moment_is_answered_304_and_stores_nothing(sample):
    sample.at(1)
    before = Delivery.objects.count()
    assert sample.at(2).unchanged == 3
    assert Delivery.objects.count() == before


def test_a_note_to_editors_is_on_no_page(sample):
    sample.at(1)
    sample.at(200)
    notes = [piece.note for agency in agencies() for piece in agency.pieces if piece.note]
    pages = [sample.get(path)[1] for path in ("/", "/news", "/index.json", "/kills.json")]
    pages += [sample.get(f"/s/{story.pk}")[1] for story in Story.objects.all()]
    assert len(notes) > 3
    assert not [note for note in notes for text in pages if note in text]


def test_removing_the_sample_removes_all_of_it_and_leaves_the_house_s_own(sample, settings):
    own = Provider.objects.create(slug="harbour", name="Harbour News", tag="HARBOUR")
    Channel.objects.create(provider=own, name="own", url="https://h.example/", next_at=START)
    sample.at(1)
    paths = [f"/s/{story.pk}/{story.slug}" for story in live(sample)]
    files = [path for path in settings.PICTURES.rglob("*") if path.is_file()]
    assert files
    assert channels.remove() == len(paths) + 1  # the embargoed one among them
    assert not Story.objects.exists()
    assert not Delivery.objects.exists()
    assert not Picture.objects.exists()
    assert not [path for path in files if path.exists()]
    assert list(Provider.objects.values_list("slug", flat=True)) == ["harbour"]
    assert Channel.objects.count() == 1
    assert {sample.get(path)[0] for path in paths} == {404}
    assert channels.remove() == 0


@contextmanager
def running(house):
    """Run the whole site, and wait until it has greeted."""
    with serving(house, "run") as site:
        until(lambda: "Ctrl-C ends all of it." in site.out or site.process.poll() is not None)
        assert site.process.poll() is None, (Path(house["WIREROOM_HOME"]) / "err").read_text()
        yield site


def stories(site):
    """List what readers find in the feed of the latest."""
    return json.loads(site.get("/news.json")[1])["items"]


def test_one_command_sets_up_serves_and_fills_a_site_and_ctrl_c_ends_all(empty_house):
    with running(empty_house) as site:
        assert f"Site    http://127.0.0.1:{site.port}/" in site.out
        assert f"Desk    http://127.0.0.1:{site.port}/desk/" in site.out
        assert re.search(r"Editor  editor\n  One-time password  \S{8,}\n", site.out)
        assert "a kill: the timber story" in site.out
        until(lambda: len(stories(site)) >= 15)
        os.killpg(site.pid, signal.SIGINT)  # as a terminal does
        assert site.process.wait(LIMIT) == 0
        assert group(site.pid) == []


def test_a_restart_goes_on_where_it_was_and_a_removed_sample_stays_away(house, process):
    place = Path(house["WIREROOM_HOME"])
    begun = datetime.now(UTC) - timedelta(hours=1)
    state.write(place, state.State(start=begun))
    with running(house) as site:
        assert "All that the sample wire had to send has been sent." in site.out
        assert "One-time password" in site.out
        until(lambda: len(stories(site)) >= 15)
        assert state.read(place).start == begun
        paths = [story["url"].partition(f":{site.port}")[2] for story in stories(site)]
        removed = process("sample", "remove", "--json")
        assert removed.status == 0, removed.err
        assert removed.json["removed"] >= 60
        assert {site.get(path)[0] for path in paths} == {404}
        assert not stories(site)
        assert site.end() == 0
    with running(house) as site:
        assert "`wireroom sample add` brings it back" in site.out
        assert "One-time password" not in site.out
        assert not stories(site)
        assert site.end() == 0


def test_a_removed_sample_is_not_served_and_begins_anew_once_asked_for(
    command, tmp_path, monkeypatch
):
    monkeypatch.setenv("WIREROOM_HOME", str(tmp_path))
    assert command("sample", "add", "--json").json == {"begins": False}
    state.write(tmp_path, state.State(start=START, port=8001, removed=True))
    refused = command("sample", "serve")
    assert refused.status == 1
    assert "wireroom sample add" in refused.err
    assert command("sample", "add", "--json").json == {"begins": True}
    assert state.read(tmp_path) == state.State(port=8001)
