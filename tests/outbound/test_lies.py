"""What says one coding and has another, or none (F89)."""

import gzip
import zlib
from pathlib import Path

import brotli
import pytest

from harness.absent import absent
from harness.agency import reply
from wireroom.outbound.errors import Failed

SAMPLES = Path(__file__).resolve().parents[2] / ".venv" / "feedparser-samples" / "compression"
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title></feed>'
#: feedparser's own six: the coding that is said, and what is in them; None: nothing may come.
FEED = b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>'
FEEDPARSER = {
    "gzip.gz": ("gzip", FEED),
    "gzip-not-compressed.gz": ("gzip", b"<feed><title>gzip</title></feed>"),
    "gzip-struct-error.gz": ("gzip", None),
    "deflate.z": ("deflate", FEED),
    "deflate-no-headers.z": ("deflate", FEED),
    "deflate-not-compressed.z": ("deflate", b"<feed><title>deflate</title></feed>"),
}


@pytest.mark.cases("F89")
@pytest.mark.parametrize("name", FEEDPARSER)
def test_f89_samples_of_feedparser_give_what_they_hold(name, agency, fetch):
    if not SAMPLES.exists():
        absent("feedparser's samples (python tests/formats/fetch_feedparser_samples.py)")
    coding, document = FEEDPARSER[name]
    agency.answers["/"] = reply(200, (SAMPLES / name).read_bytes(), Content_Encoding=coding)
    if document is None:
        with pytest.raises(Failed):
            fetch(agency.url())
    else:
        assert fetch(agency.url()).body.strip() == document


@pytest.mark.cases("F89")
@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
@pytest.mark.parametrize(
    "body",
    [
        ATOM,
        b"\xef\xbb\xbf\n<?xml version='1.0'?><rss/>",
        b'{\n "version": "1"}',
        b"[[1, 2, 3, 4, 5]]",
    ],
    ids=["Atom", "a mark of order", "JSON", "a list"],
)
def test_f89_a_document_that_is_not_coded_is_read_whatever_is_said(body, coding, agency, fetch):
    agency.answers["/"] = reply(200, body, Content_Encoding=coding)
    assert fetch(agency.url()).body == body


@pytest.mark.cases("F89")
@pytest.mark.parametrize("said", ["deflate", "br"])
@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(ATOM),
        brotli.compress(ATOM)[:-3],
        zlib.compress(ATOM)[:-3],
        b"<\x00\x01\x02 broken",
    ],
    ids=["gzip", "half of brotli", "half of deflate", "no text"],
)
def test_f89_what_is_no_document_and_not_coded_as_said_is_no_answer(body, said, agency, fetch):
    agency.answers["/"] = reply(200, body, Content_Encoding=said)
    with pytest.raises(Failed):
        fetch(agency.url())
