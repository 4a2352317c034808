"""The text of a story out of its own page."""

import subprocess
import sys
from pathlib import Path

import pytest

from wireroom.formats import own_page
from wireroom.formats.errors import Unreadable
from wireroom.formats.sandbox import Sandbox

ADDRESS = "https://agency.example/ferries"
ROOT = Path(__file__).resolve().parents[2]
FIRST = (
    "The ferries that were <b>stopped</b> in March sailed again on Thursday, the harbour master "
    'said, with <a href="/port">two ships</a> an hour in each direction.'
)
SECOND = (
    "Storms had damaged the pier on 3 March, and repairs took eight weeks, longer than planned, "
    "because steel came late from abroad."
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferries</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<main><article><h1>Ferries return</h1><p>{FIRST}</p><h2>Why they stopped</h2><p>{SECOND}</p>
<script>document.write("robbed")</script><p onclick="steal()">Tickets cost the same as before,
<a href="javascript:alert(1)">the company</a> wrote, and winter's season tickets are good.</p>
<iframe src="https://evil.example/"></iframe></article></main>
<footer>Copyright. Cookies. Contact us at the harbour.</footer></body></html>"""


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(reader="wireroom.formats.own_page:read") as sandbox:
        yield sandbox


def test_a_text_is_found_among_menus_and_notices_in_the_limits_of_the_sandbox(sandbox):
    body, text = sandbox.read(PAGE.encode(), "utf-8", ADDRESS)
    assert "<strong>stopped</strong>" in body or "<b>stopped</b>" in body
    assert 'href="https://agency.example/port"' in body
    assert SECOND in text
    assert "Why they stopped" in text
    assert "><h2>Why they stopped</h2><p>Storms" in body
    for strange in ("Home", "Copyright", "robbed", "javascript", "onclick", "iframe", "evil"):
        assert strange not in body


def test_what_comes_out_has_been_through_the_one_cleaner(sandbox):
    body, text = sandbox.read(PAGE.encode(), "", ADDRESS)
    assert own_page.clean_and_read(body, base=ADDRESS) == (body, text)


@pytest.mark.parametrize("page", [b"", b"<p>", b"\x89PNG\r\n\x1a\n", b"<html><body></body></html>"])
def test_a_page_without_a_text_says_so(page):
    with pytest.raises(Unreadable, match="no text"):
        own_page.read(page, "", ADDRESS)


def test_a_book_is_no_story():
    book = "".join(f"<p>{number} {SECOND}</p>" for number in range(900))
    with pytest.raises(Unreadable, match="signs"):
        own_page.read(PAGE.replace("<h2>", f"{book}<h2>").encode(), "", ADDRESS)


@pytest.mark.parametrize("charset", ["", "utf-8", "no-such-charset", "ascii"])
def test_letters_are_read_as_the_page_has_them(charset):
    words = SECOND.replace("pier", "jetée à Hørsholm")
    page = PAGE.replace(SECOND, words).replace("<head>", '<head><meta charset="utf-8">')
    assert words in own_page.read(page.encode(), charset, ADDRESS)[1]


def test_a_charset_of_the_transport_is_heeded():
    words = SECOND.replace("pier", "jetée à Hørsholm")
    page = PAGE.replace(SECOND, words).encode("iso-8859-1")
    assert words in own_page.read(page, "iso-8859-1", ADDRESS)[1]


@pytest.mark.parametrize(
    "part",
    ["config.loops", "config.asgi", "config.urls", "intake.work", "intake.fulltext.fetch"],
)
def test_no_process_of_ours_but_the_sandbox_loads_what_finds_a_text(part):
    program = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = "
        "'wireroom.config.settings'; django.setup(); "
        f"import wireroom.{part}; print('trafilatura' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.stdout == "False\n", said.stderr
