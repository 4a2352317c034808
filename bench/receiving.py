"""B2: feed bytes over loopback HTTP to stored, searchable stories, beside lemon24/reader.

The same feeds in the same rounds: Wireroom polls, reads, cleans, rules and stores with
Story, Version, Change and search row; reader stores entries, and once more with its search
brought up to date.
"""

import importlib
import json
import logging
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .agency import ITEMS, agency
from .house import home, open_house
from .rounds import rates
from .row import Row
from .station import Station, Work

IDS = ("B2",)
FEEDS = 10
ROUNDS = 5
ROOT = Path(__file__).resolve().parents[1]
#: Where a house notes its longest write transaction, in seconds by the clock and of CPU.
LONGEST = "longest-transaction.json"


def measure() -> list[Row]:
    """Let all take turns on the same feeds."""
    with (
        agency() as address,
        home(allow=address.removeprefix("http://")) as plain,
        home(allow=address.removeprefix("http://")) as looked,
        home(allow=address.removeprefix("http://")) as rich,
        _postgres() as database,
        home(allow=address.removeprefix("http://"), database=database) as grown,
        Station(plain_wireroom, address, environment=plain) as ours,
        Station(comparing_wireroom, address, environment=looked) as comparing,
        Station(wireroom, address, environment=rich) as enriched,
        Station(plain_wireroom, address, environment=grown) as on_postgres,
        Station(reader, address) as theirs,
        Station(searchable_reader, address) as searchable,
    ):
        contenders = {
            "ours": ours.contender,
            "theirs": theirs.contender,
            "comparing": comparing.contender,
            "enriched": enriched.contender,
            "searchable": searchable.contender,
        }
        if database:
            contenders["postgres"] = on_postgres.contender
        found = rates(contenders, rounds=ROUNDS)
        longest, busy = json.loads((Path(plain["WIREROOM_HOME"]) / LONGEST).read_text())
    rows = [
        Row(
            id="B2",
            what="items a CPU-second without enrichment, SQLite; reader without its search",
            figure=found["ours"],
            yardstick=found["theirs"],
            goal=2,
        ),
        Row(
            id="B2 searchable",
            what="the same; reader with its search brought up to date",
            figure=found["ours"],
            yardstick=found["searchable"],
        ),
        Row(
            id="B2 compared",
            what="the same; and then each story beside those of three days, for other ids",
            figure=found["comparing"],
            yardstick=found["theirs"],
        ),
        Row(
            id="B2 enriched",
            what="items a CPU-second with enrichment, SQLite",
            figure=found["enriched"],
            goal=400,
            asks="figure",
        ),
        Row(
            id="B2 transaction",
            what="ms, the longest write transaction of the rounds",
            figure=longest * 1000,
            goal=200,
            asks="below",
        ),
        Row(
            id="B2 transaction CPU",
            what="ms of CPU, the one of them that took most",
            figure=busy * 1000,
            goal=200,
            asks="below",
        ),
    ]
    if database:
        what = "items a CPU-second without enrichment, PostgreSQL (the server's own not counted)"
        rows.append(Row(id="B2 PostgreSQL", what=what, figure=found["postgres"]))
    return rows


def plain_wireroom(address: str) -> Work:
    """Take feeds in as the site does, without enrichment."""
    take = wireroom(address)
    from wireroom.intake import pipeline

    setattr(pipeline, "enrich", lambda item, **_: item)  # noqa: B010 (it is not the module's own)
    return take


def comparing_wireroom(address: str) -> Work:
    """Take feeds in so, then look for their stories among those that were there before."""
    take = plain_wireroom(address)
    from django.utils import timezone

    from wireroom.intake import reissues

    def compare(turn: int) -> int:
        units = take(turn)
        while reissues.look(now=timezone.now()):
            pass
        return units

    return compare


def wireroom(address: str) -> Work:
    """Take feeds in as the site does."""
    open_house(only=("wire", "intake"))
    logging.getLogger("wireroom").setLevel(logging.WARNING)
    from django.conf import settings
    from django.utils import timezone

    from wireroom.config import loops
    from wireroom.intake import channels, pipeline, work
    from wireroom.intake.models import Channel

    for number in range(FEEDS):
        channels.add(f"{address}/{number}.xml", provider=f"Agency {number}", format="rss")
    longest = [0.0, 0.0]
    timed = _timed(getattr(pipeline, "receive_batch"), longest)  # noqa: B009 (not its own)
    setattr(pipeline, "receive_batch", timed)  # noqa: B010 (the same)
    note = Path(settings.HOME) / LONGEST
    loops.begun()

    def take(turn: int) -> int:
        _turn(address, turn)
        work.poll_once(Channel.objects.select_related("provider"))
        while pipeline.run(now=timezone.now()):
            pass
        note.write_text(json.dumps(longest))
        _stored_all(turn)
        return FEEDS * ITEMS

    return take


def reader(address: str) -> Work:
    """Take feeds in as lemon24/reader does."""
    return _reader(_new_reader(address), address)


def searchable_reader(address: str) -> Work:
    """Take feeds in as lemon24/reader does, and bring its search up to date."""
    made = _new_reader(address)
    made.enable_search()
    return _reader(made, address, made.update_search)


def _new_reader(address: str) -> Any:
    import tempfile

    # Its own copy of feedparser asks for the module by the name it had before.
    sys.modules["sgmllib"] = importlib.import_module("feedparser_sgmllib")
    from reader import make_reader

    folder = tempfile.mkdtemp(prefix="wireroom-bench-reader-")
    made = make_reader(f"{folder}/reader.sqlite")
    for number in range(FEEDS):
        made.add_feed(f"{address}/{number}.xml")
    return made


def _reader(made: Any, address: str, then: Callable[[], object] = lambda: None) -> Work:
    def take(turn: int) -> int:
        _turn(address, turn)
        made.update_feeds(scheduled=False)
        then()
        stored = made.get_entry_counts().total
        if stored != (turn + 1) * FEEDS * ITEMS:
            raise RuntimeError(f"reader has {stored} entries after round {turn}")
        return FEEDS * ITEMS

    return take


def _timed(receive_batch: Any, longest: list[float]) -> Any:
    """Note how long a transaction held the database, by the clock and by the CPU."""

    def timed(*items: Any, **words: Any) -> Any:
        began, busy = time.monotonic(), time.thread_time()
        try:
            return receive_batch(*items, **words)
        finally:
            longest[0] = max(longest[0], time.monotonic() - began)
            longest[1] = max(longest[1], time.thread_time() - busy)

    return timed


def _stored_all(turn: int) -> None:
    """See that every item of every round is a story that can be found."""
    from django.db import connection

    from wireroom.wire.models import Change, Story, Version

    wanted = (turn + 1) * FEEDS * ITEMS
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM wire_search")
        (rows,) = cursor.fetchone()
    counts = (Story.objects.count(), Version.objects.count(), Change.objects.count(), rows)
    if counts != (wanted,) * 4:
        raise RuntimeError(f"{counts} stories, versions, changes, search rows; {wanted} wanted")


def _turn(address: str, turn: int) -> None:
    with urllib.request.urlopen(f"{address}/round/{turn}") as answer:
        answer.read()


@contextmanager
def _postgres() -> Iterator[str]:
    """Lend a database on a cluster that is thrown away; an empty name where there is none."""
    sys.path.insert(0, str(ROOT / "tests"))
    postgres: Any = importlib.import_module("harness.postgres")
    found = postgres.programs()
    if found is None:
        yield ""
        return
    import psycopg

    with postgres.cluster(found) as address:
        with psycopg.connect(address.rpartition("/")[0] + "/postgres", autocommit=True) as server:
            server.execute("CREATE DATABASE wireroom")
        yield address
