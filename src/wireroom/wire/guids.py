"""Which of a provider's stories go by which ids: their own first, then aliases."""

import json
from collections.abc import Collection, Iterable

from django.db import connection
from django.db.models import Q

from .models import Kinship

#: Ids are handed over together: a batch names hundreds.
NAMED = {
    "sqlite": (
        "SELECT guid, story_id, own FROM wire_alias"
        " WHERE provider_id = %s AND guid IN (SELECT value FROM json_each(%s))"
        " UNION ALL SELECT guid, COALESCE(merged_into_id, id), TRUE FROM wire_story"
        " WHERE provider_id = %s AND guid IN (SELECT value FROM json_each(%s))"
    ),
    "postgresql": (
        "SELECT guid, story_id, own FROM wire_alias WHERE provider_id = %s AND guid = ANY(%s)"
        " UNION ALL SELECT guid, COALESCE(merged_into_id, id), TRUE FROM wire_story"
        " WHERE provider_id = %s AND guid = ANY(%s)"
    ),
}


def named(guids: Collection[str], provider: int) -> dict[str, tuple[int, bool]]:
    """Find the story of each id, and whether an item of it came under that id.

    Where it is one's guid and another's alias, the guid wins. A story that was merged is
    found as the one that has its versions.
    """
    given = json.dumps([*guids]) if connection.vendor == "sqlite" else [*guids]
    with connection.cursor() as cursor:
        cursor.execute(NAMED[connection.vendor], [provider, given, provider, given])
        # Stories come last, and the last one stays.
        return {guid: (story, bool(own)) for guid, story, own in cursor.fetchall()}


def kinships(stories: Iterable[int]) -> set[tuple[int, int]]:
    """Find all pairs of stories that are one, from these on, however far."""
    pairs: set[tuple[int, int]] = set()
    known: set[int] = set()
    asked = set(stories)
    while asked:
        found = Kinship.objects.filter(Q(one__in=asked) | Q(other__in=asked))
        pairs.update(found.values_list("one_id", "other_id"))
        known |= asked
        asked = {story for pair in pairs for story in pair} - known
    return pairs
