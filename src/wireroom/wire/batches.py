"""How much one short transaction takes: a kill never waits long behind a batch.

A batch is cut by what its items cost to write, told in signs of text: the search index
makes text the dearest, and every picture, other id and list is a row of its own. The
weights were measured on both databases: a full batch takes a quarter of the 200 ms that a
transaction may last on SQLite, and half of them on PostgreSQL. An item that is heavier than
a batch goes alone.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.db import connection

from wireroom.formats.item import Item

T = TypeVar("T")

#: Items of a batch at most, and what they weigh together.
ITEMS = 100
WEIGHT = {"sqlite": 450_000, "postgresql": 200_000}
#: What each costs, in signs of text.
ITEM = 1_000
PICTURE = 400
ALIAS = 200
LISTING = 100


def weight(item: Item) -> int:
    """Weigh an item by what it costs to write."""
    words = len(item.headline) + len(item.standfirst) + len(item.text)
    lists = len(item.countries.mentioned) + len(item.subjects)
    return (
        ITEM
        + max(words, len(item.body) // 2)
        + PICTURE * len(item.pictures)
        + ALIAS * (len(item.aliases) + len(item.acts_on))
        + LISTING * lists
    )


def most() -> int:
    """Say how much a batch may weigh on the database at hand."""
    return WEIGHT[connection.vendor]


def cut(items: Iterable[T], item_of: Callable[[T], Item]) -> Iterator[list[T]]:
    """Cut items into batches, in their order; ``item_of`` finds the item in each."""
    batch: list[T] = []
    full, limit = 0, most()
    for one in items:
        heavy = weight(item_of(one))
        if batch and (len(batch) == ITEMS or full + heavy > limit):
            yield batch
            batch, full = [], 0
        batch.append(one)
        full += heavy
    if batch:
        yield batch
