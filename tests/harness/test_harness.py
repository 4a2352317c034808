"""What the other tests stand on, planted faults included."""

import asyncio
import contextvars
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import uvloop
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection, connections
from playwright.sync_api import Error as PlaywrightError
from pytest_socket import SocketConnectBlockedError

from harness import database
from harness.absent import absent, shared
from wireroom.wire.models import Provider

#: An address for documents: nobody has it.
ELSEWHERE = "192.0.2.1"


def test_no_test_ever_sees_the_sites_own_home():
    assert Path.cwd() not in settings.HOME.parents
    assert settings.HOME.name.startswith("wireroom-tests-")


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_test_reaches_only_this_machine():
    with socket.socket() as way_out, pytest.raises(SocketConnectBlockedError):
        way_out.connect((ELSEWHERE, 80))
    with socket.socket() as way_out, pytest.raises(PermissionError):
        way_out.connect_ex((ELSEWHERE, 80))


@pytest.mark.parametrize(
    "reach",
    [
        f"socket.create_connection(({ELSEWHERE!r}, 80), timeout=1)",
        f"socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ({ELSEWHERE!r}, 53))",
        "socket.getaddrinfo('news.example', 80)",
    ],
)
def test_a_child_process_reaches_only_this_machine(reach):
    child = subprocess.run(
        [sys.executable, "-c", f"import socket; {reach}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "a test " in child.stderr


@pytest.mark.parametrize("host", [ELSEWHERE, "2001:db8::1", "news.example"])
def test_a_loop_that_python_does_not_audit_reaches_only_this_machine_too(host, tried):
    """uvloop's; in a child process, too, since the guard is the same."""

    async def reach():
        await asyncio.get_running_loop().create_connection(asyncio.Protocol, host, 80)

    runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    with runner, pytest.raises(PermissionError, match="a test tried to reach"):
        runner.run(reach())
    assert tried == [(host, 80)]


def test_a_child_process_reaches_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = server.getsockname()
        code = f"import socket; socket.create_connection({place!r}, timeout=5)"
        subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("turn", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone_and_what_migrations_wrote_is_there(turn):
    assert not Provider.objects.exists()
    assert Group.objects.filter(name="Editors").exists()
    Group.objects.all().delete()
    Provider.objects.create(slug="xx", name=turn, tag="XX")


@pytest.mark.django_db(transaction=True)
def test_a_database_is_put_back_also_from_under_connections_beside_a_running_loop(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

    async def beside_a_loop(act):
        act()

    Provider.objects.create(slug="xx", name="by itself", tag="XX")
    context = contextvars.copy_context()
    asks = Provider.objects.exists
    for act in (asks, database.put_back, asks, connections.close_all):
        with asyncio.Runner() as runner:
            runner.run(beside_a_loop(act), context=context)
    assert not Provider.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_still_has_a_database_open_that_is_put_back_is_named():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite puts back what others have open")
    with ThreadPoolExecutor(1) as thread:
        thread.submit(Provider.objects.exists).result()
        with pytest.raises(database.StillOpenError, match=r'\(idle\): SELECT .*"wire_provider"'):
            database.put_back(patience=0)
        thread.submit(connections.close_all).result()
    assert not Provider.objects.exists()


def test_a_house_has_a_database_of_its_own(house, tmp_path):
    count = (
        "import django; django.setup()\n"
        "from wireroom.wire.models import Provider\n"
        "Provider.objects.create(slug='xx', name='X', tag='XX')\n"
        "print(Provider.objects.count())"
    )
    child = subprocess.run(
        [sys.executable, "-c", count], env=house, capture_output=True, text=True, check=True
    )
    assert child.stdout.strip() == "1"
    assert house["WIREROOM_HOME"] == str(tmp_path)


def test_what_is_absent_is_a_failure_where_everything_must_be_there(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="absent: the moon"):
        absent("the moon")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match=r"absent: \.\./shared/moon"):
        shared("moon")


def test_the_browser_stays_on_this_machine(page):
    page.set_content("<h1>Here</h1>")
    assert page.get_by_role("heading").inner_text() == "Here"
    with pytest.raises(PlaywrightError, match="ERR_FAILED"):  # not: ERR_NAME_NOT_RESOLVED
        page.goto("http://news.example/")


def test_other_tests_do_not_see_the_browsers_loop():
    assert asyncio.run(asyncio.sleep(0, "ran")) == "ran"
