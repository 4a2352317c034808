"""The machines' door to the wire.

    hold       the stories that the items name, locked
    | rule       on each item in turn, against the story as the one before left it
    | apply      the ruling to the story: its state, a version, a change
    | act        on other documents, where an item says so
    | write      all rows of the batch in one transaction

A transaction takes one provider's items and is cut short, so that a kill never waits
behind a batch.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from wireroom.formats.item import CANCELED, USABLE, Item

from .arrived import Arrived, arrived
from .batches import cut
from .corrections import Kept, kept_of
from .guids import kinships, named
from .killed import bury, known
from .lifecycle import What
from .models import Provider, Story, Version
from .page import AGENCY, order_held
from .take import Step, Take, names
from .transactions import lock_wire
from .versions import whole
from .write import write

#: What a kept version is measured by.
KEPT = (
    *("story_id", "number", "provider_version", "numbered", "version_created", "sent"),
    *("received_at", "digest", "face", "pubstatus", "signal", "flagged", "patch"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one received item."""

    guid: str
    what: What
    #: None for what never becomes a story.
    story_id: int | None = None
    #: The number of the version that it is; 0 when it is none.
    version: int = 0
    reason: str = ""


def receive(
    items: Iterable[Item], *, provider: Provider, now: datetime, received: datetime | None = None
) -> list[Outcome]:
    """Take a provider's items into the wire and say what became of each, in their order.

    ``received`` is when they came, where that is not now; between two texts under one
    order the one received later wins, in whatever order they are taken in.
    """
    outcomes: list[Outcome] = []
    for batch in cut(items, lambda item: item):
        outcomes += receive_batch(batch, provider=provider, now=now, received=received)
    return outcomes


@transaction.atomic
def receive_batch(
    items: Sequence[Item], *, provider: Provider, now: datetime, received: datetime | None = None
) -> list[Outcome]:
    """Take a few items in, in one transaction: all of them or none."""
    # Equal to a lock on every guid of the provider, those not yet known included.
    provider = Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    lock_wire(alone=any(map(_kills, items)))
    came = [arrived(item, received or now) for item in items]
    named_ = named(names(items), provider.pk)
    held, own = _held(named_.stories)
    kept = _kept(held, came)
    kin = _kin(held, items)
    taken = Take(
        provider=provider,
        held=held,
        own=own,
        kin=kin,
        kept=kept,
        whole=whole,
        killed=known(named_.killed),
        now=now,
    )
    outcomes = []
    for one in came:
        step = taken.in_(one)
        for act in one.item.acts_on:
            taken.act(act, one)
        outcomes.append((one, step))
    write(taken.pages, provider=provider)
    if dead := [page for page in taken.pages if page.buried or page.late]:
        lock_wire(alone=True)  # where the text of a killed story came late, others may be writing
        bury(dead, now)
    return [_outcome(one, step) for one, step in outcomes]


def _outcome(one: Arrived, step: Step) -> Outcome:
    page, number = step.ends
    return Outcome(
        guid=one.item.guid,
        what=step.ruling.what,
        story_id=page.story.pk if page else None,
        version=number,
        reason=step.reason,
    )


def _kills(item: Item) -> bool:
    return CANCELED in {item.pubstatus, *(act.pubstatus for act in item.acts_on)}


def _held(found: Mapping[str, tuple[int, bool]]) -> tuple[dict[str, Story], set[str]]:
    """Lock the stories that go by these ids, and say under which ids items came."""
    if not found:
        return {}, set()
    stories = _locked({pk for pk, _ in found.values()})
    held = {guid: stories[pk] for guid, (pk, _) in found.items()}
    return held, {guid for guid, (_, own) in found.items() if own}


def _locked(numbers: set[int]) -> dict[int, Story]:
    """Lock stories, always in the same order."""
    locked = Story.objects.select_for_update(no_key=True).order_by("pk")
    return {story.pk: story for story in locked.filter(pk__in=numbers)}


def _kin(held: Mapping[str, Story], items: Iterable[Item]) -> list[tuple[Story, Story]]:
    """Find and lock, where a kill may go on to them, the stories that are one with these."""
    stories = {story.pk: story for story in held.values()}
    kills = any(story.killed_at for story in stories.values()) or any(map(_kills, items))
    pairs = kinships(stories) if kills else set()
    if more := {story for pair in pairs for story in pair} - set(stories):
        stories |= _locked(more)
    return [(stories[one], stories[other]) for one, other in pairs]


def _kept(held: Mapping[str, Story], came: Iterable[Arrived]) -> dict[int, list[Kept]]:
    """Find the versions of each story to which an item may add one."""
    asked = {
        held[name].pk
        for one in came
        for name in names([one.item])
        if name in held and not _said(held[name], one)
    }
    kept: dict[int, list[Kept]] = {}
    if asked:
        rows = Version.objects.filter(story__in=asked, author=None).order_by("number")
        for row in rows.only(*KEPT):
            kept.setdefault(row.story_id, []).append(kept_of(row))
    return kept


def _said(story: Story, one: Arrived) -> bool:
    """Say whether a story's newest words are said once more, which adds nothing."""
    return (
        one.digest == story.digest
        and not one.item.acts_on
        and one.item.pubstatus == USABLE
        and story.killed_at is None
        and not story.patched
        and not AGENCY & set(story.holds.split())
        and one.order.compare(order_held(story)) >= 0
    )
