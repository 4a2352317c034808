"""Receiving in bulk: few queries, short transactions, all of a batch or none of it."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from harness.wires import Wire, kill, take
from wireroom.wire import receive as receiving
from wireroom.wire.models import Change, Story, Version


def many(version, count=100, **words):
    return [take(version, f"{n}, {version}", guid=f"urn:{n}", **words) for n in range(count)]


def queries(wire, items):
    with CaptureQueriesContext(connection) as captured:
        wire.receives_together(*items)
    return len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def test_hundred_items_cost_few_queries_more_than_one(wire):
    """SQLite takes about thirty rows of many columns in a statement, PostgreSQL all."""
    assert queries(wire, [take(1)]) <= 9
    assert queries(wire, many(1)) <= 16


def test_hundred_updates_cost_few_queries_more_than_one(wire):
    wire.receives_together(*many(1))
    assert queries(wire, many(2, 1)) <= 14
    assert queries(wire, many(3)) <= 22


def test_hundred_repeats_write_nothing(wire):
    wire.receives_together(*many(1))
    with CaptureQueriesContext(connection) as captured:
        wire.receives_together(*many(1))
    written = [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_document_is_cut_into_transactions(db, monkeypatch):
    sizes = []
    write = receiving.write

    def noted(pages, *, provider):
        assert connection.in_atomic_block
        sizes.append(len(pages))
        write(pages, provider=provider)

    monkeypatch.setattr(receiving, "write", noted)
    Wire().receives_together(*many(1, 250))
    assert sizes == [100, 100, 50]
    assert Story.objects.count() == 250


def test_batch_that_fails_leaves_nothing(wire):
    bad = replace(take(1), version=2**70)
    with pytest.raises((DatabaseError, OverflowError, ValueError)):
        wire.receives_together(*many(1, 5), bad)
    assert not Story.objects.exists()
    assert not Version.objects.exists()
    assert not Change.objects.exists()


def test_versions_of_one_story_in_one_document_are_all_kept(wire):
    wire.receives_together(take(1), take(2), take(3), kill(4))
    assert wire.rulings() == ["new", "update", "update", "kill"]
    assert list(Change.objects.order_by("id").values_list("what", flat=True)) == wire.rulings()
