"""What must not be seen stands nowhere: each surface is asked, in each state, both ways."""

from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse

from publish.conftest import FILED, drawn, keep_pictures
from wireroom.formats.item import UNKNOWN, Countries, Item, Link, Picture, Rights, Subject
from wireroom.publish import urls as publish_urls
from wireroom.publish.surfaces import SURFACES, WITHOUT_STORIES
from wireroom.wire.clock import tick
from wireroom.wire.models import Picture as Kept
from wireroom.wire.models import Provider, Story
from wireroom.wire.receive import receive

HOUR = timedelta(hours=1)
FORMS = ("rss", "atom", "json")
#: Words that each story alone has, one for each place of an item where words can stand.
PLACES = ("headline", "standfirst", "body", "byline", "caption", "alt", "credit", "rights")
#: Words that no surface may ever show.
SECRET = ("ednote", "slugline", "note", "keyword")


def mark(name, place):
    """Make a word that no other story and no other place has."""
    return f"{place}{name}zq"


class Marked:
    """A story whose every word can be told from all others."""

    def __init__(self, wire, name, colour):
        self.wire = wire
        self.name = name
        self.raw = drawn(colour)

    @property
    def guid(self):
        return f"urn:marked:{self.name}"

    @property
    def story(self):
        return Story.objects.get(guid=self.guid)

    def send(self, version=1, **words):
        """Receive it and keep our copy of its picture."""
        of = {place: mark(self.name, place) for place in (*PLACES, *SECRET)}
        picture = Picture(
            href=f"https://ani.example/{self.name}.png",
            caption=of["caption"],
            alt=of["alt"],
            credit=of["credit"],
        )
        given = {
            "headline": f"Town {of['headline']}",
            "standfirst": of["standfirst"],
            "body": f"<p>{of['body']}</p>",
            "text": of["body"],
            "byline": of["byline"],
            "rights": Rights(terms=of["rights"]),
            "pictures": (picture,),
            "ednote": of["ednote"],
            "slugline": of["slugline"],
            "notes": (of["note"],),
            "keywords": (of["keyword"],),
            "links": (Link(rel="related", href="https://ani.example/more", title=of["note"]),),
            "countries": Countries(primary="IN", mentioned=("IN", "LK")),
            "subjects": (Subject(code="sector:transport"),),
        }
        story = self.wire.send(self.guid, version=version, **(given | words))
        keep_pictures(story, self.raw)
        return self

    def words(self):
        """Name what would give it away, its picture's address and its slug included."""
        marks = [mark(self.name, place) for place in PLACES]
        return [*marks, *Kept.objects.filter(story=self.story).values_list("sha256", flat=True)]


def addresses(story):
    """Name all addresses at which a story could be seen, by the register."""
    found = [address for surface in SURFACES for address in surface.addresses(story)]
    searches = [
        f"/search{form}?q={mark(name, place)}"
        for name in [story.guid.rpartition(":")[2]]
        for place in ("headline", "standfirst", "body")
        for form in ("", *(f".{form}" for form in FORMS))
    ]
    return list(dict.fromkeys([*found, *searches]))


def everything(client, paths):
    """Ask for all addresses, by a reader without compression; return what came back."""
    answers = {}
    for path in paths:
        answer = client.get(path)
        answers[path] = (answer.status_code, answer.getvalue(), str(dict(answer.headers)))
    return answers


def leaks(answers, words):
    """Say where any of the words stands, asked words given back by a search put aside."""
    return {
        f"{path}: {word}"
        for path, (_status, body, headers) in answers.items()
        for word in words
        if word not in path and (word.encode() in body.lower() or word in headers.lower())
    }


def shown(answers, word):
    """Say at which paths a word stands."""
    return {path for path, (_s, body, _h) in answers.items() if word.encode() in body.lower()}


@pytest.fixture
def other(wire):
    """A neighbour that stays live throughout."""
    return Marked(wire, "neighbour", "#224411").send()


@pytest.fixture
def story(wire, other):
    """The story that things happen to, live to begin with."""
    Provider.objects.update(full_feed=True)
    return Marked(wire, "hero", "#aa2244").send()


def canceled(story, version=2):
    story.wire.kill(story.guid, version)


def withheld(story, version=2):
    story.wire.withhold(story.guid, version)


def embargoed(story):
    story.send(2, embargo=story.wire.clock.moment + HOUR)


def embargoed_without_date(story):
    story.send(2, embargo=UNKNOWN)


def ended(story):
    story.send(2, expires=story.wire.clock.moment + HOUR, expiry_removes=True)
    story.wire.clock.set(story.wire.clock.moment + HOUR)


def held_by_desk(story):
    Story.objects.filter(guid=story.guid).update(holds="desk")


def released(story):
    story.send(3)


def lifted(story):
    story.wire.clock.set(story.wire.clock.moment + HOUR)


def let_out(story):
    Story.objects.filter(guid=story.guid).update(holds="")


#: How a live story is taken from readers, and how it comes back, where it can.
TURNS = {
    "killed": (canceled, None),
    "withheld": (withheld, released),
    "embargoed": (embargoed, lifted),
    "embargoed until a date that cannot be read": (embargoed_without_date, released),
    "ended": (ended, None),
    "held by the desk": (held_by_desk, let_out),
}


def test_each_address_of_the_site_is_in_the_register():
    patterns = {pattern.name for pattern in publish_urls.urlpatterns}
    entered = set().union(*(surface.patterns for surface in SURFACES))
    assert None not in patterns
    assert patterns == entered | WITHOUT_STORIES.keys()
    assert not entered & WITHOUT_STORIES.keys()


def test_site_has_no_addresses_beside_readers_agencies_and_the_desk():
    roots = {str(root.pattern) for root in get_resolver().url_patterns}
    assert {root.partition("/")[0] for root in roots} == {"desk", "push", "websub", ""}
    assert [str(r.pattern) for r in get_resolver().url_patterns if reaches(r)] == [""]


def reaches(root):
    """Say whether readers' addresses hang on a root."""
    return getattr(root, "urlconf_name", None) is publish_urls


def test_live_story_stands_on_each_surface(client, story):
    answers = everything(client, addresses(story.story))
    for surface in SURFACES:
        for path in surface.addresses(story.story):
            status, body, _headers = answers[path]
            assert status in {200, 301}, path
            if surface.name != "picture" and status == 200:
                assert mark("hero", "headline").encode() in body.lower(), path
    assert len(answers) > 30


def test_notes_keywords_and_sluglines_of_a_live_story_stand_nowhere(client, story):
    answers = everything(client, addresses(story.story))
    assert not leaks(answers, [mark("hero", place) for place in SECRET])


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("ticked", [True, False], ids=["ticked", "unticked"])
def test_what_is_taken_from_readers_is_gone_from_each_surface_and_comes_back(
    client, clock, story, turn, ticked
):
    """R18, C03: no byte of it, its slug and its picture included, in any body or header."""
    paths = addresses(story.story)
    before = everything(client, paths)
    take, give = TURNS[turn]
    take(story)
    if ticked:
        tick(clock.moment)
    gone = everything(client, dict.fromkeys([*paths, *addresses(story.story)]))
    assert not leaks(gone, [*story.words(), *(mark("hero", place) for place in SECRET)])
    assert {gone[path][0] for path in (f"/s/{story.story.pk}", paths[0])} == {410}
    assert shown(gone, mark("neighbour", "headline")) >= {"/", "/news", "/country/in"}
    if give is None:
        return
    clock.set(clock.moment + timedelta(seconds=1))
    give(story)
    if ticked:
        tick(clock.moment)
    again = everything(client, paths)
    assert {path for path in paths if again[path][0] == 200} == {
        path for path in paths if before[path][0] == 200
    }
    assert shown(again, mark("hero", "headline")) == shown(before, mark("hero", "headline"))


@pytest.mark.parametrize(
    "state",
    [
        {"embargo": FILED + HOUR},
        {"embargo": UNKNOWN},
        {"pubstatus": "withheld"},
        {"expires": FILED - HOUR, "expiry_removes": True},
        {"kind": "advisory"},
        {"kind": "test"},
    ],
    ids=lambda state: " ".join(f"{name} {value}" for name, value in state.items()),
)
def test_what_was_never_public_is_nowhere_and_unknown(client, wire, other, state):
    """A33: as any unknown address, without a notice."""
    hidden = Marked(wire, "hidden", "#553311")
    item = Item(guid=hidden.guid, version=1, numbered=True, **words_of(hidden) | state)
    receive([item], provider=wire.provider, now=FILED)
    found = Story.objects.filter(guid=hidden.guid).first()
    asked = addresses(found) if found else addresses(other.story)
    answers = everything(client, [*asked, *addresses(other.story), "/kills.json"])
    assert not leaks(answers, [mark("hidden", place) for place in (*PLACES, *SECRET)])
    if found:
        assert client.get(f"/s/{found.pk}").status_code == 404
        assert not [p for p, (_s, body, _h) in answers.items() if f"/s/{found.pk}".encode() in body]


def words_of(marked):
    """Say what an item of a marked story says, without pictures."""
    of = {place: mark(marked.name, place) for place in (*PLACES, *SECRET)}
    return {
        "headline": of["headline"],
        "standfirst": of["standfirst"],
        "body": f"<p>{of['body']}</p>",
        "text": of["body"],
        "ednote": of["ednote"],
        "slugline": of["slugline"],
    }


def test_story_held_for_the_desk_from_the_start_is_nowhere(client, wire, other):
    Provider.objects.update(publish_at_once=False)
    wire.provider.refresh_from_db()
    hidden = Marked(wire, "hidden", "#553311").send()
    answers = everything(client, addresses(hidden.story))
    assert not leaks(answers, hidden.words())
    assert client.get(f"/s/{hidden.story.pk}").status_code == 404
    assert {answers[path][0] for path in answers if path.startswith("/picture/")} == {404}


def test_kill_before_its_story_leaves_no_trace(client, wire, other):
    """R19, L4."""
    wire.kill("urn:marked:born", 2)
    born = Marked(wire, "born", "#119955").send(1)
    answers = everything(client, [*addresses(born.story), "/kills.json"])
    assert not leaks(answers, [mark("born", place) for place in PLACES])
    assert client.get("/kills.json").json() == {"kills": []}


def test_end_that_only_lowers_interest_leaves_the_address_and_no_list(client, clock, story):
    story.send(2, expires=FILED + HOUR)
    clock.set(FILED + HOUR)
    answers = everything(client, addresses(story.story))
    assert shown(answers, mark("hero", "standfirst")) <= {
        path for path in answers if path.startswith(("/s/", "/search"))
    }
    assert client.get(f"/s/{story.story.pk}", follow=True).status_code == 200


def test_picture_that_two_stories_share_stays_for_the_one_that_lives(client, story, other):
    raw = drawn("#000000")
    for each in (story, other):
        keep_pictures(each.story, raw)
    (path,) = [path for path in addresses(other.story) if path.startswith("/picture/")]
    canceled(story)
    assert everything(client, [path])[path][0] == 200
    canceled(other)
    assert everything(client, [path])[path][0] == 410


def test_nothing_changes_by_reading(client, story, other):
    """A17: every address is asked, and the record is as it was."""
    from django.core import serializers  # noqa: PLC0415 (its registry needs the apps)

    def record():
        return serializers.serialize("json", [*Story.objects.all(), *Kept.objects.all()])

    before = record()
    machines = [reverse(name) for name in WITHOUT_STORIES]
    everything(client, [*addresses(story.story), *machines])
    assert record() == before


def test_planted_leak_is_seen(client, story, monkeypatch):
    """The crawler itself can fail: liveness that forgets kills is caught."""
    paths = addresses(story.story)
    canceled(story)
    monkeypatch.setattr("wireroom.wire.liveness.live", lambda _now: ~_nothing())
    found = leaks(everything(client, paths), story.words())
    assert {"/news: headlineherozq", "/index.rss: headlineherozq"} <= found


def _nothing():
    from django.db.models import Q  # noqa: PLC0415 (beside its only use)

    return Q(pk__in=[])
