"""A delivery that ends its reader is quarantined with its bytes, and the next is taken in."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wireroom.formats.sandbox import Sandbox
from wireroom.intake import pipeline, reading
from wireroom.intake.inbox import put_down
from wireroom.intake.models import Delivery, DeliveryState, Kept
from wireroom.wire.models import Provider

NOW = datetime(2024, 5, 2, 12, tzinfo=UTC)
HOSTILE = Path(__file__).resolve().parents[1] / "formats"


@pytest.fixture
def hostile(monkeypatch):
    """Readers that do what a document says, in the process's own sandbox."""
    path = os.pathsep.join(filter(None, [str(HOSTILE), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("PYTHONPATH", path)
    reading.close()
    with Sandbox(reader="hostile_readers:parse", seconds=30) as sandbox:
        monkeypatch.setitem(reading._own, (os.getpid(), reading._documents), sandbox)
        yield


@pytest.mark.cases("A15")
@pytest.mark.django_db
def test_r13_a_delivery_that_ends_its_reader_is_quarantined_with_its_bytes(hostile):
    provider = Provider.objects.create(slug="afn", name="AFN", tag="AFN")
    rows = put_down(
        Delivery(provider=provider, kept=Kept(raw=raw), received_at=NOW)
        for raw in (b"reads", b"segfaults", b"reads")
    )
    assert pipeline.run(now=NOW + timedelta(seconds=1)) == 3
    first, poison, last = [Delivery.objects.get(pk=row.pk) for row in rows]
    assert (first.state, last.state) == (DeliveryState.DONE, DeliveryState.DONE)
    assert poison.state == DeliveryState.QUARANTINED
    assert "SIGSEGV" in poison.reason
    assert bytes(poison.raw) == b"segfaults"
