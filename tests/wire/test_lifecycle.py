"""The table of rulings, cell by cell; no database, no clock."""

from datetime import UTC, datetime, timedelta

import pytest

from wireroom.formats.item import Item
from wireroom.wire.lifecycle import Held, Incoming, Order, Ruling, What, incoming, rule

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def at(version, created=NOON, *, numbered=True, **sent):
    return Order(version=version, numbered=numbered, version_created=created, **sent)


#: Where an item stands beside the held version 5: by number, by time made, by time sent.
OLDER = [at(4, NOON + MINUTE), at(5, NOON - MINUTE)]
EQUAL = [at(5)]
NEWER = [at(6, NOON - MINUTE), at(5, NOON + MINUTE), at(5, sent=NOON)]

COLUMNS = {
    "nothing": None,
    "live": Held(order=at(5), digest="same"),
    "withheld": Held(order=at(5), digest="same", withheld=True),
    "killed": Held(order=at(5), digest="same", killed=True),
}
FLAGGED = Ruling(What.HISTORY, flagged=True)
ANY = OLDER + EQUAL + NEWER

#: What comes, its places and digests, and what it does to each column.
TABLE = [
    ("canceled", ANY, ("same", "other"), ("kill", "kill", "kill", "repeat")),
    ("withheld", OLDER, ("same", "other"), ("hold", "history", "history", FLAGGED)),
    ("withheld", EQUAL, ("same",), ("hold", "hold", "repeat", FLAGGED)),
    ("withheld", EQUAL, ("other",), ("hold", "hold", "history", FLAGGED)),
    ("withheld", NEWER, ("same", "other"), ("hold", "hold", "hold", FLAGGED)),
    ("usable", OLDER, ("same", "other"), ("new", "history", "history", "history")),
    ("usable", EQUAL, ("same",), ("new", "repeat", "history", "history")),
    (
        "usable",
        EQUAL,
        ("other",),
        ("new", Ruling(What.UPDATE, conflict=True), "history", FLAGGED),
    ),
    ("usable", NEWER, ("same",), ("new", "repeat", "release", FLAGGED)),
    ("usable", NEWER[:1], ("other",), ("new", "update", "release", FLAGGED)),
    (
        "usable",
        NEWER[1:],
        ("other",),
        ("new", Ruling(What.UPDATE, conflict=True), "release", FLAGGED),
    ),
]


def cells():
    for pubstatus, places, digests, does in TABLE:
        for place in places:
            for digest in digests:
                for (column, held), wanted in zip(COLUMNS.items(), does, strict=True):
                    item = Incoming(order=place, digest=digest, pubstatus=pubstatus, received=NOON)
                    ruling = wanted if isinstance(wanted, Ruling) else Ruling(What(wanted))
                    words = f"{pubstatus}-{place.compare(at(5))}-{digest}-{column}"
                    yield pytest.param(held, item, ruling, id=words)


@pytest.mark.parametrize(("held", "item", "ruling"), list(cells()))
def test_cell(held, item, ruling):
    assert rule(held, item) == ruling


@pytest.mark.parametrize("place", NEWER + EQUAL)
@pytest.mark.parametrize(("column", "held"), list(COLUMNS.items())[1:])
def test_words_that_a_person_must_see_change_nothing_that_readers_see(column, held, place):
    item = Incoming(order=place, digest="other", pubstatus="usable", received=NOON, for_desk=True)
    history = Ruling(What.HISTORY, flagged=not (column == "withheld" and place in EQUAL))
    assert rule(held, item) == history
    waiting = Held(order=at(5), digest="same", asks=True)
    assert rule(waiting, item).what == What.UPDATE
    assert rule(None, item) == Ruling(What.NEW)


@pytest.mark.parametrize("digest", ["same", "other"])
def test_first_words_for_readers_come_before_those_that_a_person_must_see(digest):
    waiting = Held(order=at(-1), digest="same", asks=True)
    item = Incoming(order=at(1), digest=digest, pubstatus="usable", received=NOON)
    assert rule(waiting, item) == Ruling(What.NEW)


@pytest.mark.parametrize("held", COLUMNS.values(), ids=COLUMNS)
@pytest.mark.parametrize("kind", ["advisory", "planning", "test", "picture", "other"])
def test_what_is_not_for_readers_is_an_advisory_whatever_we_hold(held, kind):
    item = Item(guid="urn:one", version=6, numbered=True, kind=kind)
    came = incoming(item, order=at(6), digest="other", received=NOON)
    assert rule(held, came) == Ruling(What.ADVISORY)


@pytest.mark.parametrize("kind", ["advisory", "test"])
@pytest.mark.parametrize(("pubstatus", "what"), [("canceled", "kill"), ("withheld", "hold")])
def test_kill_or_hold_is_ruled_on_before_its_kind(kind, pubstatus, what):
    item = Item(guid="urn:one", version=6, numbered=True, kind=kind, pubstatus=pubstatus)
    came = incoming(item, order=at(6), digest="other", received=NOON)
    assert rule(COLUMNS["live"], came).what == what


@pytest.mark.parametrize(
    ("signal", "what"),
    [
        ("", "update"),
        ("update", "update"),
        ("correction", "correction"),
        ("refile", "refile"),
        ("repeat", "refile"),
    ],
)
def test_newer_text_is_what_its_signal_says(signal, what):
    item = Incoming(order=at(6), digest="other", pubstatus="usable", signal=signal)
    assert rule(COLUMNS["live"], item) == Ruling(What(what))


def test_signal_makes_nothing_of_equal_words():
    item = Incoming(order=at(6), digest="same", pubstatus="usable", signal="correction")
    assert rule(COLUMNS["live"], item) == Ruling(What.REPEAT)


@pytest.mark.parametrize(
    ("received", "ruling"),
    [
        (NOON - SECOND, Ruling(What.HISTORY, conflict=True)),
        (NOON + SECOND, Ruling(What.UPDATE, conflict=True)),
    ],
    ids=["earlier", "later"],
)
def test_of_two_texts_under_one_order_the_one_received_later_wins(received, ruling):
    held = Held(order=at(5), digest="same", received=NOON)
    item = Incoming(order=at(5), digest="other", pubstatus="usable", received=received)
    assert rule(held, item) == ruling


class TestOrder:
    def test_number_comes_before_time(self):
        assert at(10, NOON - MINUTE).compare(at(9)) == 1

    def test_equal_numbers_are_ordered_by_time_made_then_by_time_sent(self):
        assert at(5, NOON + MINUTE).compare(at(5)) == 1
        assert at(5, sent=NOON).compare(at(5, sent=NOON + SECOND)) == -1

    def test_time_sent_that_nobody_gave_is_lowest(self):
        assert at(5).compare(at(5, sent=NOON - timedelta(days=9_000))) == -1

    def test_numbers_and_times_do_not_mix(self):
        seconds = int(NOON.timestamp())
        timed = at(seconds, NOON, numbered=False)
        assert timed.compare(at(5, NOON + MINUTE)) == -1
        assert at(5, NOON + MINUTE).compare(timed) == 1

    def test_second_shared_by_two_times_is_no_shared_number(self):
        seconds = int(NOON.timestamp())
        held = Held(order=at(seconds, NOON, numbered=False), digest="same")
        later = at(seconds, NOON + timedelta(microseconds=1), numbered=False)
        item = Incoming(order=later, digest="other", pubstatus="usable")
        assert rule(held, item) == Ruling(What.UPDATE)
