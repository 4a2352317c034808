"""Signatures of the texts that feeds brought in the last three days, and who is like whom."""

import json
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from . import rows
from .likeness import KIND, found_by, hashes_of
from .models import Signature

#: How long a story may be found again by its text.
KEPT = timedelta(hours=72)
#: Anchors of a text that are in the index: the lowest, so that like texts have the same.
INDEXED = 8
#: Texts with fewer anchors are compared where they share one; the others, where two.
FEW = 5
#: Stories that a text is compared with: those that share most anchors.
COMPARED = 5
#: So much of the anchors of one must be in the other: less than of their texts, for which
#: these few stand.
SHARED = 0.25

FIND = {
    "sqlite": (
        "SELECT anchor, story_id FROM wire_anchor"
        " WHERE provider_id = %s AND anchor IN (SELECT value FROM json_each(%s))"
    ),
    "postgresql": (
        "SELECT anchor, story_id FROM wire_anchor WHERE provider_id = %s AND anchor = ANY(%s)"
    ),
}
#: What is too old is asked for with them, some at a time.
OLD = (
    " UNION ALL SELECT NULL, story_id FROM"
    " (SELECT story_id FROM wire_signature WHERE made_at < %s LIMIT 500) AS old"
)
INSERT = {
    "sqlite": "INSERT OR IGNORE INTO wire_anchor VALUES (%s, %s, %s)",
    "postgresql": "INSERT INTO wire_anchor VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
}
DELETE = "DELETE FROM wire_anchor WHERE provider_id = %s AND anchor = %s AND story_id = %s"


@dataclass(frozen=True, slots=True)
class Near:
    """A story whose text shares passages with another's: older, and of the same agency."""

    story: int
    to: int


def sign(texts: Mapping[int, str], *, provider: int, now: datetime) -> list[Near]:
    """Keep signatures of stories' texts; say which stories may be like which older ones."""
    made = {story: found_by(text)[1] for story, text in texts.items() if text}
    if not made:
        return []
    holders, old = _find({one for each in made.values() for one in each}, provider, now)
    in_order = {story: sorted(each) for story, each in made.items()}
    rows.insert(
        Signature,
        [
            {"story_id": story, "made_at": now, "anchors": array(KIND, each).tobytes()}
            for story, each in in_order.items()
        ],
    )
    entries = [(provider, one, story) for story, each in in_order.items() for one in each[:INDEXED]]
    with connection.cursor() as cursor:
        cursor.executemany(INSERT[connection.vendor], entries)
    if old:
        _drop(old)
    found: list[Near] = []
    for story, each in sorted(in_order.items()):
        shared = Counter(other for one in each for other in holders.get(one, ()))
        needed = 1 if len(each) < FEW else 2
        most = shared.most_common(COMPARED)
        found += (Near(story, other) for other, count in most if count >= needed)
        for one in each[:INDEXED]:  # a later one of the document may be like it
            holders.setdefault(one, []).append(story)
    return _likely(found, made)


def _likely(found: Sequence[Near], made: Mapping[int, AbstractSet[int]]) -> list[Near]:
    """Leave out the pairs that share too few of all their anchors: chance, or set phrases."""
    known = dict(made)
    if others := {one.to for one in found} - made.keys():
        kept = Signature.objects.filter(story__in=others).values_list("story", "anchors")
        known |= {story: {*hashes_of(anchors)} for story, anchors in kept}
    return [one for one in found if _share_enough(known[one.story], known[one.to])]


def _share_enough(mine: AbstractSet[int], theirs: AbstractSet[int]) -> bool:
    return len(mine & theirs) >= SHARED * min(len(mine), len(theirs))


def _find(asked: set[int], provider: int, now: datetime) -> tuple[dict[int, list[int]], list[int]]:
    """Find the stories of each anchor, and those whose signatures are too old."""
    given = json.dumps([*asked]) if connection.vendor == "sqlite" else [*asked]
    limit = connection.ops.adapt_datetimefield_value(now - KEPT)
    holders: dict[int, list[int]] = {}
    old: list[int] = []
    with connection.cursor() as cursor:
        cursor.execute(FIND[connection.vendor] + OLD, [provider, given, limit])
        for anchor, story in cursor.fetchall():
            if anchor is None:
                old.append(story)
            else:
                holders.setdefault(anchor, []).append(story)
    gone = {*old}
    return {one: [s for s in each if s not in gone] for one, each in holders.items()}, old


def _drop(old: list[int]) -> None:
    """Forget signatures that are too old."""
    signatures = Signature.objects.filter(story__in=old)
    entries = []
    for story, provider, kept in signatures.values_list("story", "story__provider", "anchors"):
        entries += [(provider, one, story) for one in hashes_of(kept)[:INDEXED]]
    with connection.cursor() as cursor:
        cursor.executemany(DELETE, entries)
    signatures.delete()
