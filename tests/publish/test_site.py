"""What all answers have in common: headers, codings, what is not there, health, weight."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from lxml import html

from wireroom.publish.coding import chosen
from wireroom.publish.surfaces import WITHOUT_STORIES

LOOK = Path(__file__).parents[2] / "src/wireroom/publish/static/publish/look.css"
#: Addresses promised for later.
LATER = (
    "/section/x", "/topic/x", "/agencies", "/archive/2022/12/23", "/t/1/x", "/corrections",
    "/trending", "/shots", "/opinion", "/opinion/x", "/blog", "/blog/x", "/interview",
    "/interview/x", "/about/us", "/newsletter", "/feedback", "/sitemap.xml", "/news-sitemap.xml",
    "/.well-known/security.txt", "/trust.txt", "/ads.txt", "/api/stories", "/api/stories/1",
    "/api/changes", "/api/openapi.json", "/hub", "/metrics", "/lite",
    "/lite/news", "/lite/s/1", "/s/1/versions", "/s/1/v/1", "/s/1/compare/1..2", "/shots.json",
    "/corrections.rss", "/trending.json", "/topic/x.atom", "/nowhere",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("path", LATER)
def test_address_that_is_not_there_is_not_found(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    page = html.fromstring(answer.content)
    assert page.xpath("//h1/text()") == ["There is no such page"]
    assert page.xpath("//*[@data-part='sectors']")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/news", 200), ("/index.rss", 200), ("/kills.json", 200), ("/mark.svg", 200),
        ("/robots.txt", 200), ("/healthz", 200), ("/nowhere", 404), ("/s/1", 404),
        (f"/picture/{'0' * 64}.png", 404),
    ],
)  # fmt: skip
def test_w02_each_answer_has_the_headers_that_keep_readers_safe(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    safe(answer)


def safe(answer):
    """Hold an answer to the headers that each must have."""
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"]


def test_w02_notices_and_refusals_have_them_too(client, wire):
    story = wire.send()
    safe(client.get(f"/s/{story.pk}"))
    safe(client.post("/news"))
    wire.kill()
    answer = client.get(f"/s/{story.pk}")
    assert answer.status_code == 410
    safe(answer)


@pytest.mark.parametrize("path", ["/", "/news", "/index.rss", "/search", "/s/1", "/kills.json"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_w02_what_is_sent_to_a_readers_page_is_refused_as_such(db, path, method):
    answer = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (answer.status_code, answer["Allow"], answer.content) == (405, "GET, HEAD", b"")
    safe(answer)


def test_desk_says_what_a_form_without_proof_lacks(db):
    assert Client(enforce_csrf_checks=True).post("/desk/login/").status_code == 403


def test_w02_failure_says_nothing_of_itself_and_has_them_too(client, wire, monkeypatch):
    def fail(*_arguments, **_words):
        raise RuntimeError("secret: /etc/passwd")

    monkeypatch.setattr("wireroom.publish.views.lists.front", fail)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "secret" not in answer.text
    safe(answer)


@pytest.mark.cases("A19")
def test_a19_copy_of_a_picture_can_run_nothing(client, pictured):
    picture = pictured.pictures.get()
    answer = client.get(f"/picture/{picture.sha256}.png")
    assert answer.getvalue()
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_picture_is_not_sent_twice(client, pictured):
    path = f"/picture/{pictured.pictures.get().sha256}.png"
    answer = client.get(path)
    assert answer.getvalue()
    again = client.get(path, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["x-forwarded-host", "x-host", "x-original-url", "forwarded"])
def test_w15_no_header_of_a_stranger_gets_into_a_page(client, name):
    told = client.get("/", headers={name: "evil.example"})
    assert told.content == client.get("/").content


@pytest.mark.django_db
def test_w15_answer_varies_by_coding_only(client):
    for path in ("/", "/index.rss", "/kills.json", "/nowhere"):
        assert client.get(path)["Vary"] == "Accept-Encoding"


@pytest.mark.django_db
def test_w15_words_that_nobody_asked_for_are_not_given_back(client):
    assert client.get("/?utm=evil").content == client.get("/").content
    assert "evil" not in client.get("/news?x=evil").text


@pytest.mark.django_db
def test_w16_strange_host_is_refused(client):
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("br;q=0, *;q=0.1", "gzip"),
        ("identity", ""),
        ("br;q=x", ""),
        (";;,,", ""),
    ],
)
def test_coding_is_the_best_that_is_accepted(accepted, coding):
    assert chosen(accepted) == coding


def test_coded_page_is_the_same_page_with_an_etag_of_its_own(client, wire):
    story = wire.send()
    path = f"/s/{story.pk}/{story.slug}"
    plain = client.get(path)
    etags = {plain["ETag"]}
    for coding, decode in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = client.get(path, headers={"accept-encoding": coding})
        assert answer["Content-Encoding"] == coding
        assert int(answer["Content-Length"]) == len(answer.content)
        assert decode(answer.content) == plain.content
        etags.add(answer["ETag"])
    assert len(etags) == 3


def test_g_budget_page_and_style_weigh_at_most_14_kilobytes(client, pictured):
    answer = client.get(f"/s/{pictured.pk}/{pictured.slug}", headers={"accept-encoding": "br"})
    style = brotli.compress(LOOK.read_bytes(), quality=5)
    assert len(answer.content) + len(style) <= 14 * 1024


def test_g14_style_has_no_left_or_right():
    found = re.findall(r"[\s;{-](?:left|right)\s*[:;]", LOOK.read_text())
    assert not found


@pytest.mark.django_db
def test_page_has_no_script_and_no_inline_style(client):
    for path in ("/", "/news", "/search", "/nowhere"):
        page = html.fromstring(client.get(path).content)
        assert not page.xpath("//script | //style | //@style | //@onclick | //@onload")


@pytest.mark.django_db
def test_page_names_its_style_by_what_it_says(client):
    (style,) = html.fromstring(client.get("/").content).xpath("//link[@rel='stylesheet']/@href")
    answer = client.get(style)
    assert answer.getvalue() == LOOK.read_bytes()


def test_health_is_told_without_the_database(client):
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_readiness_follows_the_database(client, monkeypatch):
    assert client.get("/readyz").status_code == 200

    def fail(*_arguments):
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", fail)
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_site_without_its_tables_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE wire_change RENAME TO wire_elsewhere")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "the change log cannot be read\n")


@pytest.mark.django_db
def test_robots_are_asked_to_leave_searches_and_the_desk_alone(client):
    text = client.get("/robots.txt").text
    assert "User-agent: *\nDisallow: /desk/\nDisallow: /search\n" in text
    assert "User-agent: GPTBot\n" in text


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(WITHOUT_STORIES))
def test_machines_are_answered_and_only_when_they_read(client, name):
    assert client.get(reverse(name)).status_code == 200
    assert client.post(reverse(name)).status_code == 405
