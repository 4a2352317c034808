"""A11: a gzip of very many members, and one that nobody called a gzip."""

import gzip
import zlib

import pytest

from wireroom.outbound import coding
from wireroom.outbound.errors import Refused

BODY = b"<rss>" + b"words and words " * 20_000 + b"</rss>"
EMPTY = gzip.compress(b"")
CAP = 1_000_000


@pytest.fixture
def opened(monkeypatch):
    """Count the members that are begun, and the bytes their inflaters leave over."""
    seen = []
    begin = zlib.decompressobj

    class Counted:
        def __init__(self, *words):
            self._inner = begin(*words)
            seen.append(0)

        def decompress(self, raw, most):
            return self._inner.decompress(raw, most)

        @property
        def eof(self):
            return self._inner.eof

        @property
        def unused_data(self):
            seen[-1] = len(self._inner.unused_data)
            return self._inner.unused_data

    monkeypatch.setattr(coding.zlib, "decompressobj", Counted)
    return seen


@pytest.mark.cases("A11")
def test_a11_two_megabytes_of_empty_members_are_given_up_after_a_hundred(opened):
    with pytest.raises(Refused, match="more than 100 members"):
        coding.decode(EMPTY * 100_000, "gzip", cap=CAP)
    assert len(opened) == 100
    assert max(opened) <= coding.STEP  # and never is the whole rest copied for the next one


def test_a_hundred_members_are_read_whole_however_they_fall_on_the_steps():
    parts = [BODY[at : at + 3_300] for at in range(0, len(BODY), 3_300)]
    assert 90 < len(parts) <= 100
    packed = b"".join(gzip.compress(part, 0) for part in parts)
    assert coding.decode(packed, "gzip", cap=CAP) == BODY
    assert coding.decode(packed + b"garbage", "gzip", cap=len(BODY)) == BODY


@pytest.mark.cases("A11")
def test_a11_members_together_stay_under_the_cap():
    with pytest.raises(Refused, match="grows beyond"):
        coding.decode(gzip.compress(bytes(CAP // 2)) * 3, "gzip", cap=CAP)


def test_a_gzip_without_a_label_is_unpacked_under_the_same_cap():
    packed = gzip.compress(BODY)
    assert coding.unpacked(packed, cap=CAP) == BODY
    for other in (BODY, packed[:-9], gzip.compress(bytes(CAP + 1)), EMPTY * 101, b"\x1f\x8b", b""):
        assert coding.unpacked(other, cap=CAP) == other
