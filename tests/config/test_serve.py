"""The whole site in one process group: it comes up, is kept up, and ends as a whole."""

import contextlib
import functools
import http.client
import http.cookiejar
import http.server
import json
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from harness.site import LIMIT, WIREROOM, group, serving, until

#: Seconds in which a site has ended, with something to spare for a busy machine.
SOON = 6
FEED = """<rss version="2.0"><channel><title>Harbour News</title><item>
<guid isPermaLink="false">urn:harbour:1</guid><title>{title}</title>
<pubDate>Tue, 02 Jan 2024 10:00:00 GMT</pubDate>
<description>{text}</description>
</item></channel></rss>"""


@pytest.fixture
def agency(tmp_path, site):
    """A folder of files that is served at the place the site may fetch from."""
    folder = tmp_path / "agency"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    place = ("127.0.0.1", int(site.feeds.rpartition(":")[2]))
    with http.server.ThreadingHTTPServer(
        place, functools.partial(Quiet, directory=folder)
    ) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder
        server.shutdown()
        thread.join()


def test_a_site_says_once_that_it_is_ready_and_ends_whole_when_asked(site):
    assert site.out == f"ready http://127.0.0.1:{site.port} pid={site.pid}\n"
    assert site.get("/healthz") == (200, "lives\n")
    assert site.get("/")[0] == 200
    assert len(site.children()) == 3
    assert site.end() == 0
    assert group(site.pid) == []
    assert site.out.count("ready") == 1


def test_ctrl_c_ends_all_of_it(site):
    os.killpg(site.pid, signal.SIGINT)  # as a terminal does
    assert site.process.wait(LIMIT) == 0
    assert group(site.pid) == []


@pytest.mark.parametrize("all_at_once", [True, False])
def test_neither_readers_nor_strangers_hold_up_the_end(site, house, all_at_once):
    """Some ask on and on, some never end what they ask, one keeps its connection."""
    place, ended = ("127.0.0.1", site.port), threading.Event()
    strangers = [socket.create_connection(place) for _ in range(4)]
    host = f"Host: 127.0.0.1:{site.port}\r\n"
    strangers[1].sendall(b"GET / HT")
    strangers[2].sendall(f"GET / HTTP/1.1\r\n{host}".encode())
    strangers[3].sendall(f"GET / HTTP/1.1\r\n{host}\r\n".encode())
    assert strangers[3].recv(64).startswith(b"HTTP/1.1 200 ")

    def ask():
        while not ended.is_set():
            with contextlib.suppress(OSError, http.client.HTTPException):
                site.get("/")

    readers = [threading.Thread(target=ask) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        end_soon(site, all_at_once=all_at_once)
    finally:
        ended.set()
        for one in readers:
            one.join()
        for one in strangers:
            one.close()
    assert (Path(house["WIREROOM_HOME"]) / "err").read_text() == ""


def end_soon(site, *, all_at_once):
    """Ask the site, or all its processes at once, to end; see that all do."""
    if all_at_once:
        os.killpg(site.pid, signal.SIGINT)  # as a terminal does
    else:
        site.process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    assert site.process.wait(LIMIT) == 0
    assert time.monotonic() - began < SOON
    assert group(site.pid) == []


def doors(site, part):
    """Name the processes of the web server; other parts may have readers beside them."""
    return [own for own in site.children(part) if listens(own, site.port)]


def listens(pid, port):
    """Say whether a process has a socket that listens on the port."""
    try:
        lines = Path(f"/proc/{pid}/net/tcp").read_text().splitlines()
    except OSError:  # it has just ended
        return False
    listening = {line.split()[9] for line in lines if f":{port:04X} 00000000:0000 0A" in line}
    try:
        held = {str(fd.readlink()) for fd in Path(f"/proc/{pid}/fd").iterdir() if fd.is_symlink()}
    except FileNotFoundError:  # it, or a file of it, has ended meanwhile
        return False
    return bool({f"socket:[{inode}]" for inode in listening} & held)


def test_a_part_that_is_killed_is_started_again(site):
    for part in site.children():
        os.kill(part, signal.SIGKILL)
        until(lambda part=part: part not in site.children() and len(site.children()) == 3)
    until(site.answers)
    [(web, door)] = [(part, own) for part in site.children() for own in doors(site, part)]
    os.kill(door, signal.SIGKILL)
    until(lambda: doors(site, web) not in ([], [door]) and site.answers())
    assert site.end() == 0
    assert group(site.pid) == []


def test_nothing_outlives_a_supervisor_that_is_killed(site):
    assert len(group(site.pid)) >= 5
    site.end(signal.SIGKILL)
    until(lambda: group(site.pid) == [])


def test_a_port_that_is_taken_is_said_in_a_sentence(house):
    with serving(house, "serve", "--json") as first:
        until(lambda: first.out)
        ready = {"ready": f"http://127.0.0.1:{first.port}", "pid": first.pid}
        assert json.loads(first.out) == ready
        second = subprocess.run(
            [WIREROOM, "serve"],
            env=house | {"PORT": str(first.port)},
            cwd=house["WIREROOM_HOME"],
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
        assert (second.returncode, second.stdout) == (1, "")
        assert f"Port {first.port} of 127.0.0.1 cannot be had" in second.stderr
        assert "Traceback" not in second.stderr
        assert first.answers()
        assert first.end() == 0
        assert json.loads(first.out) == ready


def test_a_polled_story_is_on_the_site_and_stays_in_step(site, agency, house):
    feed = agency / "feed.xml"
    feed.write_text(FEED.format(title="Ferries run again", text="After the storm."))
    env = house | {"WIREROOM_FETCH_ALLOW": site.feeds, "PORT": str(site.port)}

    def wireroom(*words):
        return subprocess.run([WIREROOM, *words], env=env, capture_output=True, check=True)

    wireroom("channel", "add", f"http://{site.feeds}/feed.xml", "--provider", "Harbour News")
    until(lambda: "Ferries run again" in site.get("/")[1])
    until(lambda: "Ferries run again" in site.get("/agency/harbour-news")[1])

    feed.write_text(FEED.format(title="Ferries run at night too", text="After the storm."))
    wireroom("poll", "--once")
    until(lambda: "Ferries run at night too" in site.get("/")[1])
    assert "Ferries run again" not in site.get("/")[1]


def test_a_person_signs_in_through_the_door(site, house):
    given = ["--admin", "asha", "--password-stdin"]
    subprocess.run(
        [WIREROOM, "setup", *given], env=house, input=b"correct horse", check=True, timeout=LIMIT
    )
    here = f"http://127.0.0.1:{site.port}"
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with browser.open(f"{here}/desk/") as login:
        assert "Sign in to the desk" in login.read().decode()
    [token] = [cookie.value for cookie in jar if cookie.name == "csrftoken"]
    words = {
        "username": "asha",
        "password": "correct horse",
        "csrfmiddlewaretoken": token,
        "next": "/desk/",
    }
    with browser.open(f"{here}/desk/login/", urllib.parse.urlencode(words).encode()) as home:
        assert home.url == f"{here}/desk/"
        assert "not built yet" in home.read().decode()
    with browser.open(f"{here}/static/wagtailadmin/css/core.css") as style:
        assert style.status == 200


def test_the_door_lets_any_address_through_and_unknown_ones_are_not_found(site):
    for path in ("/api/stories", "/metrics", "/hub", "/%ff", "/%00"):
        assert site.get(path)[0] == 404
    with socket.create_connection(("127.0.0.1", site.port), timeout=LIMIT) as raw:
        raw.sendall(
            "GET /search?q=é HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
        )
        assert raw.recv(64).startswith(b"HTTP/1.1 200 ")


def test_the_parts_run_by_themselves_too(house):
    with serving(house, "web") as web:
        until(web.answers)
        assert web.end() == 0
        assert group(web.pid) == []
    for part in ("intake", "worker"):
        with serving(house, part) as alone:
            until(lambda alone=alone: handles_sigterm(alone.pid))
            assert alone.end() == 0


def handles_sigterm(pid):
    """Say whether a process catches SIGTERM by now."""
    [caught] = [
        line.split()[1]
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("SigCgt")
    ]
    return bool(int(caught, 16) & 1 << (signal.SIGTERM - 1))


def test_an_empty_house_is_made_ready(empty_house, tmp_path):
    with serving(empty_house) as site:
        until(lambda: site.out.startswith("ready"))
        assert site.get("/")[0] == 200
        assert site.end() == 0
    done = subprocess.run(
        [WIREROOM, "setup", "--json"], env=empty_house, capture_output=True, check=True
    )
    told = json.loads(done.stdout)
    assert (told["home"], told["editor"]) == (str(tmp_path), "editor")
    assert told["password"]
    made = {path.name for path in tmp_path.iterdir()}
    assert {"pictures", "hot", "quarantine", "static", "secret-key"} <= made
    assert (tmp_path / "static/publish/look.css").exists()
