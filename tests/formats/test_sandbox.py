"""Documents that end their reader cost themselves, and nothing else (A15, R13)."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.read import parse
from wireroom.formats.sandbox import Sandbox

HERE = Path(__file__).parent
ARRIVAL = Arrival(received=datetime(2024, 5, 2, 12, tzinfo=UTC))
linux = pytest.mark.skipif(sys.platform != "linux", reason="absent: RLIMIT_AS as Linux has it")


@pytest.fixture
def found(monkeypatch):
    """Let processes find the readers of these tests."""
    path = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("PYTHONPATH", path)


@pytest.fixture
def hostile(found):
    """A sandbox whose reader does what the document says."""
    with Sandbox(reader="hostile_readers:parse", seconds=60, megabytes=400) as sandbox:
        yield sandbox


@pytest.fixture
def impatient(found):
    """The same, which does not wait long."""
    with Sandbox(reader="hostile_readers:parse", seconds=2) as sandbox:
        yield sandbox


def process_of(sandbox):
    """Name the process that reads."""
    return int(sandbox.parse(b"reads", "", ARRIVAL).items[0].guid)


def gone(pid):
    """Say whether a process of ours has ended and was waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.cases("A15")
@pytest.mark.parametrize(
    ("document", "reason"),
    [
        pytest.param("eats_memory", "more than 400 MB of memory", marks=linux),
        ("segfaults", "SIGSEGV"),
        ("aborts", "SIGABRT"),
        ("is_killed", "SIGKILL"),
        ("leaves", "status 3"),
        ("answers_with_an_act", "something else than items"),
    ],
)
def test_a15_a_document_that_ends_its_reader_is_unreadable_and_the_next_is_read(
    hostile, document, reason
):
    before = process_of(hostile)
    with pytest.raises(Unreadable, match=reason):
        hostile.parse(document.encode(), "", ARRIVAL)
    assert gone(before)
    assert process_of(hostile) != before


@pytest.mark.cases("A15")
@pytest.mark.parametrize("document", ["loops", "sleeps", "loops_without_python"])
def test_a15_a_document_that_holds_its_reader_up_is_unreadable_and_the_next_is_read(
    impatient, document
):
    before = process_of(impatient)
    with pytest.raises(Unreadable, match="more than 2 seconds"):
        impatient.parse(document.encode(), "", ARRIVAL)
    assert gone(before)
    assert process_of(impatient) != before


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("refuses", "it says nothing"),
        ("fails", "KeyError"),
        ("recurses", "RecursionError"),
        ("no_such_act", "KeyError"),
    ],
)
def test_a_reader_that_fails_in_order_goes_on(hostile, document, reason):
    before = process_of(hostile)
    with pytest.raises(Unreadable, match=reason):
        hostile.parse(document.encode(), "", ARRIVAL)
    assert process_of(hostile) == before


def test_one_process_reads_many_documents(hostile):
    assert len({process_of(hostile) for _ in range(20)}) == 1


def test_what_a_reader_prints_is_no_answer(hostile):
    assert hostile.parse(b"prints", "", ARRIVAL).format == "plain"


def test_a_reader_has_no_secrets(hostile, monkeypatch):
    monkeypatch.setenv("WIREROOM_SECRET_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://wire:secret@db/wire")
    (item,) = hostile.parse(b"tells_its_environment", "", ARRIVAL).items
    assert {"PATH", "PYTHONPATH"} <= set(item.guid.split())
    assert "SECRET" not in item.guid
    assert "DATABASE_URL" not in item.guid


def test_a_reader_is_told_how_a_document_came(hostile):
    arrival = Arrival(received=ARRIVAL.received, zone=ZoneInfo("Asia/Kolkata"))
    assert hostile.parse(b"tells_its_zone", "", arrival).format == "Asia/Kolkata"


def test_threads_share_a_sandbox(hostile):
    def read(number):
        if number % 5 == 0:
            with pytest.raises(Unreadable, match="SIGSEGV"):
                hostile.parse(b"segfaults", "", ARRIVAL)
        return process_of(hostile)

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(read, range(20)))


def test_a_process_ended_from_outside_is_replaced(hostile):
    before = process_of(hostile)
    os.kill(before, signal.SIGTERM)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    assert process_of(hostile) != before


def test_closing_ends_the_process_and_another_document_starts_one(hostile):
    before = process_of(hostile)
    with hostile:
        pass
    assert gone(before)
    assert process_of(hostile) != before


def test_a_reader_that_cannot_start_is_no_fault_of_the_document():
    with (
        Sandbox(reader="no_such_module:parse") as sandbox,
        pytest.raises(OSError, match="cannot be started: status 1"),
    ):
        sandbox.parse(b"{}", "", ARRIVAL)


@pytest.mark.parametrize("document", ["reads", "loops_without_python"])
def test_a_reader_does_not_outlive_a_parent_that_was_killed(document, found):
    """Its own clock ends it even while it is held up; then its parent is init."""
    code = f"""
import os, sys, threading
from datetime import UTC, datetime
from wireroom.formats.document import Arrival
from wireroom.formats.read import parse
from wireroom.formats.sandbox import Sandbox
arrival = Arrival(received=datetime.now(UTC))
sandbox = Sandbox(reader="hostile_readers:parse", seconds=1)
pid = sandbox.parse(b"reads", "", arrival).items[0].guid
arguments = ({document.encode()!r}, "", arrival)
threading.Thread(target=sandbox.parse, args=arguments, daemon=True).start()
print(pid, flush=True)
sys.stdin.read()
"""
    # The reader inherits this pipe as its standard error.
    read_end, write_end = os.pipe()
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=write_end,
    )
    os.close(write_end)
    assert int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    with os.fdopen(read_end, "rb") as pipe:
        pipe.read()  # returns when all that held the other end have ended


DOCUMENTS = {
    "rss": b"""<rss version="2.0"><channel><title>a</title>
        <item><guid>1</guid><title>b</title></item></channel></rss>""",
    "atom": b"""<feed xmlns="http://www.w3.org/2005/Atom">
        <entry><id>urn:1</id><title>b</title></entry></feed>""",
    "jsonfeed": b"""{"version": "https://jsonfeed.org/version/1.1", "title": "a",
        "items": [{"id": "1", "title": "b", "content_text": "c"}]}""",
    "ninjs": b"""{"uri": "urn:example:1", "headline": "b", "embargoed": "",
        "expires": "2024-06-01T00:00:00Z", "associations": {"a": {"uri": "p", "type": "picture",
        "renditions": {"m": {"href": "https://example.org/a.jpg"}}}}}""",
}


def test_documents_come_back_from_the_process_as_they_were_read_there():
    with Sandbox() as sandbox:
        for name, raw in DOCUMENTS.items():
            document = sandbox.parse(raw, "", ARRIVAL)
            assert document.format == name
            assert [one.headline for one in document.items] == ["b"]
            assert document == parse(raw, "", ARRIVAL)
