"""Content codings, undone by us and with a limit (RFC 9110, section 8.4).

A client's own decoding lets 643 bytes become 300 MB before anybody can say stop.
"""

import re
import zlib

import brotli  # type: ignore[import-untyped]

from .errors import Failed, Refused

ACCEPTED = "gzip, deflate, br"
GZIP = b"\x1f\x8b"
#: A document as it is, without any control character for a while: no coding begins so.
PLAIN = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<[?!a-zA-Z]|[{\[]\s*[\"{\[])[\t\n\r\x20-\x7e\x80-\xff]{12}", re.DOTALL
)
#: Bytes inflated at a time.
STEP = 65_536
#: Members of a gzip. Whoever has news needs one; an empty one costs 20 bytes to send, and
#: time to open.
MOST_MEMBERS = 100


def decode(raw: bytes, coding: str, *, cap: int) -> bytes:
    """Undo the one coding that a Content-Encoding names.

    Raises Refused for two codings, an unknown one, or more than ``cap`` bytes; Failed for
    bytes that are cut short or broken.
    """
    codings = [name for part in coding.lower().split(",") if (name := part.strip())]
    codings = [name for name in codings if name != "identity"]
    if len(codings) > 1:
        raise Refused("the answer is coded more than once")
    if not codings or not raw:
        return raw
    try:
        match codings[0]:
            case "gzip" | "x-gzip":
                # Servers that say gzip and send plain text are many.
                return _gunzip(raw, cap) if raw.startswith(GZIP) else raw
            case "deflate":
                return _deflate(raw, cap)
            case "br":
                return _brotli(raw, cap)
    except (zlib.error, brotli.error) as error:
        if PLAIN.match(raw):  # and so are those that say another coding
            return raw
        raise Failed(f"the answer's {codings[0]} is broken: {error}") from error
    raise Refused(f"the answer is coded as {codings[0]}")


def unpacked(raw: bytes, *, cap: int) -> bytes:
    """Inflate a document that is a gzip itself, whatever was said of it: ``feed.xml.gz``.

    Bytes that are none, or that do not inflate to ``cap`` bytes at most, are given back.
    """
    if not raw.startswith(GZIP):
        return raw
    try:
        return _gunzip(raw, cap)
    except (zlib.error, Failed, Refused):
        return raw


def _gunzip(raw: bytes, cap: int) -> bytes:
    """Undo gzip, all members of it; what follows the last one is not ours to read."""
    view, at, members = memoryview(raw), 0, 0
    out = bytearray()
    while view[at : at + len(GZIP)] == GZIP:
        members += 1
        if members > MOST_MEMBERS:
            raise Refused(f"the answer is a gzip of more than {MOST_MEMBERS} members")
        at += _member(view[at:], out, cap)
    return bytes(out)


def _member(raw: memoryview, out: bytearray, cap: int) -> int:
    """Inflate one member onto ``out``, and say how many bytes it took.

    In steps, since the inflater copies what it leaves over.
    """
    inflater, at = zlib.decompressobj(31), 0
    while not inflater.eof:
        if at >= len(raw):
            raise Failed("the answer is cut short")
        out += inflater.decompress(raw[at : at + STEP], cap - len(out) + 1)
        if len(out) > cap:
            raise Refused(f"the answer grows beyond {cap} bytes")
        at = min(at + STEP, len(raw))
    return at - len(inflater.unused_data)


def _deflate(raw: bytes, cap: int) -> bytes:
    """Undo deflate as the RFC has it (zlib around it), else as many servers send it."""
    try:
        return _whole(zlib.decompressobj(), raw, cap)
    except zlib.error:
        if PLAIN.match(raw):  # as bare deflate it may seem whole, and be nonsense
            raise
        return _whole(zlib.decompressobj(-zlib.MAX_WBITS), raw, cap)


def _whole(inflater: "zlib._Decompress", raw: bytes, cap: int) -> bytes:
    out = inflater.decompress(raw, max(cap, 0) + 1)
    if len(out) > cap:
        raise Refused(f"the answer grows beyond {cap} bytes")
    if not inflater.eof:
        raise Failed("the answer is cut short")
    return out


def _brotli(raw: bytes, cap: int) -> bytes:
    inflater = brotli.Decompressor()
    out = [inflater.process(raw, output_buffer_limit=STEP)]
    size = len(out[0])
    while not inflater.is_finished():
        if size > cap:
            raise Refused(f"the answer grows beyond {cap} bytes")
        more = inflater.process(b"", output_buffer_limit=STEP)
        if not more:
            raise Failed("the answer is cut short")
        out.append(more)
        size += len(more)
    if size > cap:
        raise Refused(f"the answer grows beyond {cap} bytes")
    return b"".join(out)
