"""The machines' door to the wire.

    expand     each item into what it does to its own story and to others
    | hold       the stories that the items name, locked
    | rule       on each item in turn, against the story as the one before left it
    | apply      the ruling to the story: its state, a version, a change
    | write      all rows of the batch in one transaction

A transaction takes one provider's items and is cut short, so that a kill never waits
behind a batch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from wireroom.formats.item import Item

from .lifecycle import What
from .models import Alias, Provider, Story
from .take import Take
from .write import write

#: Items a transaction takes: about 50 ms of writing, far from the 200 ms it may last.
BATCH = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one received item."""

    guid: str
    what: What
    #: None for what never becomes a story.
    story_id: int | None = None
    #: The number of the version that was written; 0 when none was.
    version: int = 0
    reason: str = ""


def receive(items: Iterable[Item], *, provider: Provider, now: datetime) -> list[Outcome]:
    """Take a provider's items into the wire and say what became of each, in their order."""
    waiting = iter(items)
    outcomes: list[Outcome] = []
    while batch := list(islice(waiting, BATCH)):
        outcomes += receive_batch(batch, provider=provider, now=now)
    return outcomes


@transaction.atomic
def receive_batch(items: Sequence[Item], *, provider: Provider, now: datetime) -> list[Outcome]:
    """Take a few items in, in one transaction: all of them or none."""
    # Equal to a lock on every guid of the provider, those not yet known included.
    provider = Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    taken = Take(provider=provider, held=_held(items, provider), now=now)
    steps = [taken.in_(item) for item in items]
    write(taken.pages, provider=provider)
    return [
        Outcome(
            guid=item.guid,
            what=step.ruling.what,
            story_id=step.page.story.pk if step.page else None,
            version=step.number,
            reason=step.reason,
        )
        for item, step in zip(items, steps, strict=True)
    ]


def _held(items: Sequence[Item], provider: Provider) -> dict[str, Story]:
    """Find the stories that the items name, by their guid or by an alias of theirs."""
    guids = {item.guid for item in items}
    held = {story.guid: story for story in Story.objects.filter(provider=provider, guid__in=guids)}
    if unknown := guids - held.keys():
        aliases = Alias.objects.filter(provider=provider, guid__in=unknown)
        held |= {alias.guid: alias.story for alias in aliases.select_related("story")}
    return held

