"""The sample wire: what its agencies say, how their server answers, and how it is removed."""

import json
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image

from wireroom.config.sample import copy, rss, server, state, telling
from wireroom.config.sample.agency import ALTS, PICTURES, agencies
from wireroom.enrich.item import Defaults, enrich
from wireroom.formats.item import Item
from wireroom.vocab.countries import country
from wireroom.vocab.editions import EDITIONS, editions_of
from wireroom.vocab.sectors import SECTORS, sector

START = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:8001"
GULMOHAR, LAKELAND, EQUATOR = agencies()
ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}


def first_words():
    """List every story as its agency first sent it."""
    found = {}
    for agency in agencies():
        for piece in agency.pieces:
            found.setdefault((agency.slug, piece.id), piece)
    return list(found.values())


def on_wire(agency, seconds):
    """Say what is on an agency's wire so many seconds after the start."""
    now = START + timedelta(seconds=seconds)
    return copy.on_wire(agency, start=START, now=now, base=BASE)


def named(agency, name, seconds):
    """Find one story on a wire."""
    return next((c for c in on_wire(agency, seconds) if c.piece.id == name), None)


def test_there_are_at_least_sixty_stories_before_the_first_event():
    assert sum(len(on_wire(agency, 0)) for agency in agencies()) >= 60


def test_every_sector_and_every_edition_has_a_story():
    stories = first_words()
    assert {piece.sector for piece in stories} == {one.slug for one in SECTORS}
    reached = {e.slug for piece in stories for e in editions_of((piece.country,))}
    assert reached == {one.slug for one in EDITIONS}
    assert all(country(piece.country) for piece in stories)
    assert len({piece.country for piece in stories}) >= 12


def test_the_house_finds_country_and_sector_of_each_by_itself():
    for agency in agencies():
        for one in on_wire(agency, 1000):
            item = Item(
                guid=one.guid,
                version=1,
                headline=one.piece.headline,
                body=rss.html(one),
                text="\n\n".join(one.paragraphs),
                language=one.piece.language or agency.language,
                keywords=(sector(one.piece.sector).name,),
            )
            found = enrich(item, defaults=Defaults())
            assert (found.countries.primary, found.subjects[0].code) == (
                one.piece.country,
                f"sector:{one.piece.sector}",
            ), one.piece.headline
            assert found.standfirst


def test_they_are_spread_over_three_days():
    before = [-piece.at for piece in first_words() if piece.at <= timedelta()]
    assert max(before) > timedelta(days=2)
    assert max(before) < timedelta(days=3)


def test_they_are_as_long_and_as_different_as_news_is():
    stories = first_words()
    assert all(80 < len(piece.text.split()) < 300 for piece in stories)
    assert {"en", "hi", "ar"} <= {piece.language or "en" for piece in stories}
    assert any(len(piece.headline) > 250 for piece in stories)
    assert any(not piece.picture for piece in stories)
    assert 1 < sum(bool(piece.standfirst) for piece in stories) < len(stories) / 2
    captions = Counter("Representative Image" in piece.caption for piece in stories)
    assert captions[True] > 10
    assert captions[False] > 5
    titles = [piece.headline for piece in stories]
    assert len(set(titles)) == len(titles)


def test_no_placeholder_is_left_in_what_is_sent():
    for agency in agencies():
        for one in on_wire(agency, 1000):
            assert "{" not in "".join(one.paragraphs)


def test_the_pictures_are_drawn_described_and_light():
    drawings = sorted(PICTURES.glob("*.webp"))
    assert len(drawings) >= 12
    assert {path.stem for path in drawings} == set(ALTS)
    assert {piece.picture for piece in first_words()} - {""} <= set(ALTS)
    for path in drawings:
        raw = path.read_bytes()
        assert len(raw) <= 40_000
        with Image.open(BytesIO(raw)) as image:
            assert (image.format, image.size) == ("WEBP", (960, 540))


def test_a_new_story_arrives_after_twenty_seconds():
    assert named(GULMOHAR, "new-night-train", 19) is None
    assert named(GULMOHAR, "new-night-train", 20).version == 1


def test_an_update_has_moved_facts_under_the_same_guid():
    old, new = named(LAKELAND, "tram-depot", 39), named(LAKELAND, "tram-depot", 40)
    assert old.guid == new.guid
    assert old.created == new.created
    assert old.updated < new.updated
    assert "40 cars" in old.piece.headline
    assert "46 cars" in new.piece.headline


def test_a_repeat_moves_nothing_but_its_date():
    old, new = named(GULMOHAR, "sarapur-taps", 114), named(GULMOHAR, "sarapur-taps", 115)
    assert old.updated < new.updated
    assert (old.paragraphs, old.piece.headline, old.piece.standfirst, old.picture) == (
        new.paragraphs,
        new.piece.headline,
        new.piece.standfirst,
        new.picture,
    )


def test_a_tombstone_takes_the_place_of_a_deleted_entry(wire_at):
    def standing(seconds):
        feed = etree.fromstring(wire_at(LAKELAND, seconds))
        guid = named(LAKELAND, "gone-festival", 0).guid
        return (
            len(feed.xpath(f"a:entry[a:id='{guid}']", namespaces=ATOM)),
            len(feed.xpath(f"at:deleted-entry[@ref='{guid}']", namespaces=ATOM)),
        )

    assert standing(89) == (1, 0)
    assert standing(90) == (0, 1)


@pytest.mark.parametrize(
    ("name", "seconds", "pubstatus"),
    [
        ("gabon-timber", 79, "usable"),
        ("gabon-timber", 80, "canceled"),
        ("chile-well-test", 99, "usable"),
        ("chile-well-test", 100, "withheld"),
        ("chile-well-test", 135, "usable"),
    ],
)
def test_ninjs_says_the_state_of_a_story(wire_at, name, seconds, pubstatus):
    items = {item["uri"]: item for item in json.loads(wire_at(EQUATOR, seconds))}
    assert items[named(EQUATOR, name, seconds).guid]["pubstatus"] == pubstatus


def test_a_kill_carries_no_words_of_the_story(wire_at):
    items = json.loads(wire_at(EQUATOR, 80))
    (killed,) = [item for item in items if item["pubstatus"] == "canceled"]
    assert not {"headlines", "bodies", "descriptions", "associations"} & set(killed)


def test_the_embargo_ends_two_minutes_after_the_start():
    assert named(EQUATOR, "namibia-last-lorry", 0).embargo == START + timedelta(minutes=2)


def test_the_programme_names_each_event_once_and_ends():
    words = telling.programme(START, START)
    for told in ("new story", "update", "correction", "kill", "hold", "embargo", "repeat"):
        assert told in words
    assert "in 20 s" in words
    late = telling.programme(START, START + timedelta(hours=1))
    assert late == "All that the sample wire had to send has been sent."


@pytest.fixture
def wire_at(tmp_path):
    """Ask a server for an agency's wire as it stands so many seconds after the start."""
    return lambda agency, seconds: asked(tmp_path, agency.path, seconds)[2]


def asked(place, path, seconds, **headers):
    """Ask a server of its own; return status, headers, body."""
    if state.read(place).start is None:
        state.begun(place, START)
    now = START + timedelta(seconds=seconds)
    with server.Server(0, place=place, now=lambda: now) as listening:
        thread = threading.Thread(target=listening.handle_request)
        thread.start()
        connection = HTTPConnection("127.0.0.1", listening.server_port, timeout=10)
        connection.request("GET", path, headers={"Connection": "close", **headers})
        answer = connection.getresponse()
        got = answer.status, answer.headers, answer.read()
        connection.close()
        thread.join()
    return got


def written(agency, seconds):
    """Write an agency's RSS as a server at another port would."""
    return rss.write(agency, on_wire(agency, seconds), BASE)


def test_two_polls_of_one_moment_get_the_same_bytes():
    assert written(GULMOHAR, 30) == written(GULMOHAR, 39)
    assert written(GULMOHAR, 19) != written(GULMOHAR, 20)


def test_a_server_answers_304_to_who_has_it_and_200_once_it_changed(tmp_path):
    place = state.State(start=START, port=0)
    state.write(tmp_path, place)
    now = [START]
    with server.Server(0, place=tmp_path, now=lambda: now[0]) as listening:
        threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}).start()
        try:
            ask = Asker(listening.server_port)
            status, headers, body = ask(GULMOHAR.path)
            assert (status, bool(body)) == (200, True)
            tag, modified = headers["ETag"], headers["Last-Modified"]
            assert ask(GULMOHAR.path, **{"If-None-Match": tag})[0::2] == (304, b"")
            assert ask(GULMOHAR.path, **{"If-Modified-Since": modified})[0] == 304
            now[0] = START + timedelta(seconds=20)
            assert ask(GULMOHAR.path, **{"If-None-Match": tag})[0] == 200
            assert ask(GULMOHAR.path, **{"If-Modified-Since": modified})[0] == 200
            both = {
                "If-None-Match": '"other"',
                "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT",
            }
            assert ask(GULMOHAR.path, **both)[0] == 200  # RFC 9110, section 13.2.2
        finally:
            listening.shutdown()


class Asker:
    """Asks one server."""

    def __init__(self, port):
        self.port = port

    def __call__(self, path, **headers):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"Connection": "close", **headers})
        answer = connection.getresponse()
        got = answer.status, answer.headers, answer.read()
        connection.close()
        return got


def test_pictures_are_served_and_nothing_else_of_the_folder(tmp_path):
    status, headers, body = asked(tmp_path, "/pictures/rail.webp", 0)
    assert (status, headers["Content-Type"]) == (200, "image/webp")
    assert body == (PICTURES / "rail.webp").read_bytes()
    for path in ("/pictures/../agency.py", "/pictures/%2e%2e/agency.py", "/etc/passwd", "/"):
        assert asked(tmp_path, path, 0)[0] == 404


def test_a_story_of_an_agency_is_not_told_at_the_agency_s_own_address(tmp_path):
    status, _, body = asked(tmp_path, "/equator-press/namibia-last-lorry", 0)
    assert status == 200
    assert b"invented" in body
    assert b"lorry" not in body


def test_a_removed_sample_answers_410(tmp_path):
    state.write(tmp_path, state.State(start=START, port=1, removed=True))
    assert asked(tmp_path, GULMOHAR.path, 0)[0] == 410


def test_the_start_is_kept_so_that_a_restart_goes_on(tmp_path):
    assert state.begun(tmp_path, START).start == START
    assert state.begun(tmp_path, START + timedelta(hours=5)).start == START


def test_it_listens_on_loopback_near_the_site_and_at_the_same_port_again(tmp_path):
    def clock():
        return START

    with server.listen(tmp_path, 20_000, now=clock) as first:
        assert first.server_address[0] == "127.0.0.1"
        assert 20_000 < first.server_port < 20_050
        state.write(tmp_path, state.State(start=START, port=first.server_port))
        with server.listen(tmp_path, 30_000, now=clock) as second:  # the kept one is taken
            assert 30_000 < second.server_port < 30_050
    with server.listen(tmp_path, 30_000, now=clock) as third:
        assert third.server_port == first.server_port


def test_commands_beside_a_running_sample_may_fetch_from_it(tmp_path):
    assert not state.places(tmp_path)
    state.write(tmp_path, state.State(start=START, port=9001))
    assert state.places(tmp_path) == {"127.0.0.1:9001"}
    state.write(tmp_path, state.State(start=START, port=9001, removed=True))
    assert not state.places(tmp_path)
