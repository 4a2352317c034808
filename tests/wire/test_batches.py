"""Documents cut into transactions, by what their items weigh."""

from itertools import chain

import pytest

from harness.wires import Wire, take
from wireroom.formats.item import Act, Countries, Picture, Subject
from wireroom.wire import batches, receive

PICTURES = tuple(Picture(href=f"https://x.example/{n}.jpg") for n in range(100))
HEAVY = {
    "text": take(text="word " * 100_000),
    "markup alone": take(body="<p>" * 200_000),
    "headline": take(headline="word " * 4_000),
    "standfirst": take(standfirst="word " * 4_000),
    "pictures": take(pictures=PICTURES),
    "other ids": take(aliases=tuple(f"urn:{n}" for n in range(200))),
    "acts": take(acts_on=(Act(guid="urn:a", pubstatus="canceled"),) * 200),
    "countries": take(countries=Countries(mentioned=("US",) * 200)),
    "subjects": take(subjects=(Subject(code="sector:transport"),) * 200),
}


def same(item):
    return item


@pytest.mark.parametrize("item", HEAVY.values(), ids=HEAVY)
def test_no_batch_is_too_heavy_and_none_is_lost(item):
    items = [item if n % 3 else take(n) for n in range(90)]
    cut = list(batches.cut(items, same))
    assert list(chain(*cut)) == items
    worst = max((batch for batch in cut if len(batch) > 1), key=weights, default=[])
    assert weights(worst) <= batches.most()
    assert len(cut) > 1


def weights(batch):
    return sum(map(batches.weight, batch))


def test_item_that_is_heavier_than_a_batch_goes_alone():
    items = [take(1), HEAVY["text"], take(2)]
    assert batches.weight(HEAVY["text"]) > batches.most()
    assert [len(batch) for batch in batches.cut(items, same)] == [1, 1, 1]


def test_light_items_fill_a_batch_by_their_number():
    assert [len(batch) for batch in batches.cut([take(n) for n in range(250)], same)] == [
        100,
        100,
        50,
    ]


def test_receiving_takes_each_batch_in_a_transaction_of_its_own(db, monkeypatch):
    taken, receive_batch = [], receive.receive_batch

    def noted(items, **words):
        taken.append(weights(items))
        return receive_batch(items, **words)

    monkeypatch.setattr(receive, "receive_batch", noted)
    items = [take(1, guid=f"urn:{n}", pictures=PICTURES[:60]) for n in range(50)]
    assert len(Wire().receives_together(*items)) == 50
    assert len(taken) > 1
    assert max(taken) <= batches.most()
