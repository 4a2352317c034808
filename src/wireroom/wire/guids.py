"""Which of a provider's stories go by which ids: their own first, then aliases."""

import json
from collections.abc import Collection

from django.db import connection

#: Ids are handed over together: a batch names hundreds.
NAMED = {
    "sqlite": (
        "SELECT guid, story_id FROM wire_alias"
        " WHERE provider_id = %s AND guid IN (SELECT value FROM json_each(%s))"
        " UNION ALL SELECT guid, id FROM wire_story"
        " WHERE provider_id = %s AND guid IN (SELECT value FROM json_each(%s))"
    ),
    "postgresql": (
        "SELECT guid, story_id FROM wire_alias WHERE provider_id = %s AND guid = ANY(%s)"
        " UNION ALL SELECT guid, id FROM wire_story WHERE provider_id = %s AND guid = ANY(%s)"
    ),
}


def named(guids: Collection[str], provider: int) -> dict[str, int]:
    """Find the story of each id; where it is one's guid and another's alias, the guid wins."""
    given = json.dumps([*guids]) if connection.vendor == "sqlite" else [*guids]
    with connection.cursor() as cursor:
        cursor.execute(NAMED[connection.vendor], [provider, given, provider, given])
        return dict(cursor.fetchall())  # stories come last, and the last one stays
