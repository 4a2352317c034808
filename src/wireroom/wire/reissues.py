"""The same story under a new guid: told by its text, its names and its numbers.

Only where a document is the whole list of what a channel has: a story whose own id is no
longer in it may have been given another one. What is the same becomes one story at the old
address; what is like it goes out, and is flagged for the desk.
"""

from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import transaction
from django.db.models import F

from .likeness import facts, grams, share, winnowed
from .merge import merge, older
from .models import Change, Provider, Story, Version
from .page import Page
from .signatures import Near, sign
from .transactions import lock_wire
from .versions import whole
from .write import write

#: So much of one text must be in the other: for the same story, and to be flagged.
SAME, LIKE = 0.9, 0.6

#: The hashes of a text: all, and those that are looked for in another.
Hashed = tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two stories with like texts, and how like they are."""

    story: int
    to: int
    share: float
    #: They are the same text, with the same names and numbers.
    facts: bool


@transaction.atomic
def look(
    stories: Collection[int],
    *,
    provider: Provider,
    listed: Container[int] | None,
    now: datetime,
) -> None:
    """Look whether stories that a list brought under new ids were there before.

    Compared is what readers have of them. ``listed`` are the stories of the newest document of
    the channel; None where more may be listed: then nothing is made one, and what is like is
    flagged.
    """
    texts = told(stories)
    near = sign(texts, provider=provider.pk, now=now)
    for one in _compared(near, texts):
        if listed is not None and one.share >= SAME and one.facts and one.to not in listed:
            _join(one, provider, now)
        elif one.share >= LIKE:
            _flag(one, now)


def told(stories: Collection[int]) -> dict[int, str]:
    """Give the texts of stories as readers have them; killed ones have none."""
    rows = Version.objects.filter(
        story__in=stories, number=F("story__shown"), story__killed_at=None
    )
    return dict(rows.values_list("story_id", "text"))


def _compared(near: Collection[Near], texts: Mapping[int, str]) -> list[Alike]:
    """Compare whole texts; of each story give the one that it is most like."""
    if not near:
        return []
    said = told({one.to for one in near})
    hashed = cache(_hashed)  # a text is compared with several
    best: dict[int, Alike] = {}
    for one in near:
        if one.to in said:
            made = _alike(one, texts[one.story], said[one.to], hashed)
            if one.story not in best or made.share > best[one.story].share:
                best[one.story] = made
    return [*best.values()]


def _alike(near: Near, text: str, other: str, hashed: Callable[[str], Hashed]) -> Alike:
    """Compare two texts; their names and numbers only where the texts are the same."""
    (mine, chosen), (theirs, of_theirs) = hashed(text), hashed(other)
    most = max(share(chosen, theirs), share(of_theirs, mine))
    same = most >= SAME and facts(text) == facts(other)
    return Alike(near.story, near.to, most, facts=same)


def _hashed(text: str) -> Hashed:
    every = grams(text)
    return frozenset(every), winnowed(every)


def _join(one: Alike, provider: Provider, now: datetime) -> None:
    """Make a story one with the one that was there before."""
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
    lock_wire(alone=False)
    locked = Story.objects.select_for_update(no_key=True).order_by("pk")
    both = list(locked.filter(pk__in=(one.story, one.to), killed_at=None, merged_into=None))
    if len(both) < 2:  # noqa: PLR2004 (one of the two was killed or merged meanwhile)
        return
    pages = [Page(story, kept=whole(story.pk), complete=True) for story in both]
    into, gone = older(*pages)
    merge(into, gone, now)
    write(pages, provider=provider)


def _flag(one: Alike, now: datetime) -> None:
    """Tell the desk that a story may be one that was there before."""
    story = Story.objects.get(pk=one.story)
    Version.objects.filter(story=story, number=story.shown).update(flagged=True)
    why = f"possible re-issue of /s/{one.to}: {one.share:.0%} of the text"
    Change.objects.create(story=story, what="alike", at=now, why=why, version=story.shown)
