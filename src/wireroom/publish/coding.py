"""Answers made small for those who say that they can take it: Brotli, else gzip (RFC 9110, 8.4)."""

import gzip

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

#: Best known first. Level 5 of Brotli takes a millisecond a page, 9 ten times that.
CODINGS = ("br", "gzip")
BROTLI_LEVEL = 5
#: Bounds of Brotli's window, as powers of two (RFC 7932, 9.1).
NARROWEST, WIDEST = 10, 22
GZIP_LEVEL = 6
#: Bytes below which nothing is won.
SMALLEST = 500
KINDS = ("text/", "application/json", "application/feed+json", "image/svg+xml")


def encode(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Compress an answer in place, by the best coding the reader accepts.

    Its ETag is made from the bytes that go out, and so differs by coding.
    """
    if not isinstance(answer, HttpResponse) or answer.has_header("Content-Encoding"):
        return
    if not _compressible(answer.headers.get("Content-Type", "")):
        return
    patch_vary_headers(answer, ["Accept-Encoding"])
    coding = chosen(request.headers.get("Accept-Encoding", ""))
    if not coding or len(answer.content) < SMALLEST:
        return
    answer.content = _compressed(answer.content, coding)
    answer.headers["Content-Encoding"] = coding
    if answer.has_header("Content-Length"):
        answer.headers["Content-Length"] = str(len(answer.content))


def chosen(accepted: str) -> str:
    """Choose the best coding of those a reader accepts; empty: send it as it is."""
    named = dict(map(_weighed, accepted.lower().split(",")))
    anything = named.get("*", 0.0)
    return next((coding for coding in CODINGS if named.get(coding, anything) > 0), "")


def _weighed(part: str) -> tuple[str, float]:
    """Read a coding and its weight; one that cannot be read is refused."""
    name, _, weight = part.partition(";")
    try:
        return name.strip(), float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
    except ValueError:
        return name.strip(), 0.0


def _compressible(kind: str) -> bool:
    return kind.startswith(KINDS) or "+xml" in kind


def _compressed(body: bytes, coding: str) -> bytes:
    if coding == "br":
        # A window wider than the body finds nothing more, and clears the processor's caches.
        window = min(max((len(body) + 16).bit_length(), NARROWEST), WIDEST)
        return brotli.compress(body, quality=BROTLI_LEVEL, lgwin=window)
    return gzip.compress(body, GZIP_LEVEL, mtime=0)
