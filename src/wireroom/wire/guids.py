"""Which of a provider's stories go by which ids: their own first, then aliases."""

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from .models import Kinship

#: The newest killed text is asked for with them, which spares a question for each batch.
NEWEST = (
    " UNION ALL SELECT token, id, NULL"
    " FROM (SELECT token, id FROM wire_killedtext ORDER BY id DESC LIMIT 1) AS newest"
)
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


class Names(NamedTuple):
    """The stories that go by ids."""

    #: The story of each id, and whether an item of it came under that id.
    stories: dict[str, tuple[int, bool]]
    #: Id and token of the newest killed text, of whatever provider; (0, "") when there is none.
    killed: tuple[int, str]


def named(guids: Collection[str], provider: int) -> Names:
    """Find the story of each id, and whether an item of it came under that id.

    Where it is one's guid and another's alias, the guid wins. A story that was merged is
    found as the one that has its versions.
    """
    given = json.dumps([*guids]) if connection.vendor == "sqlite" else [*guids]
    with connection.cursor() as cursor:
        cursor.execute(NAMED[connection.vendor] + NEWEST, [provider, given, provider, given])
        rows = cursor.fetchall()
    killed = [(number, token) for token, number, own in rows if own is None]
    # Stories come last, and the last one stays.
    found = {guid: (story, bool(own)) for guid, story, own in rows if own is not None}
    return Names(found, killed[0] if killed else (0, ""))


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
