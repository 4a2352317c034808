"""Full text search, on both databases.

A row of ``wire_search`` stands beside each story: an FTS5 table on SQLite, a ``tsvector``
with a GIN index on PostgreSQL. Both keep a word of Devanagari whole: SQLite is told that
marks belong to words, PostgreSQL knows. Decision 0008 says why it is beneath modelsearch.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.db.models.expressions import RawSQL

from wireroom.formats.item import Item

from .models import Story, Version
from .queries import StoryQuerySet

#: Counts are exact up to here.
CAP = 1_000
#: A question longer than this is cut; signs.
LONGEST = 500
#: Signs of a text that are indexed; a tsvector holds a megabyte, and no more.
MOST = 200_000
#: Joiners and soft hyphens part no words.
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\ufeff]")
#: A term of a question: a phrase in quotes or a word, perhaps refused with a minus.
TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')

MATCHES = {
    "sqlite": "SELECT rowid FROM wire_search WHERE wire_search MATCH %s",
    "postgresql": (
        "SELECT story_id FROM wire_search WHERE words @@ websearch_to_tsquery('simple', %s)"
    ),
}
INSERTS = {
    "sqlite": "INSERT INTO wire_search (rowid, headline, standfirst, body) VALUES (%s, %s, %s, %s)",
    "postgresql": (
        "INSERT INTO wire_search (story_id, words) VALUES (%s, setweight(to_tsvector('simple', %s),"
        " 'A') || setweight(to_tsvector('simple', %s), 'B') || to_tsvector('simple', %s))"
    ),
}
DELETES = {
    "sqlite": "DELETE FROM wire_search WHERE rowid = %s",
    "postgresql": "DELETE FROM wire_search WHERE story_id = %s",
}


def search(words: str, now: datetime) -> StoryQuerySet:
    """Find the live stories that have all the words, newest first.

    ``"two words"`` asks for a phrase, ``-word`` refuses one. A question without a word
    that could be found finds nothing.
    """
    question = _question(words)
    if not question:
        return Story.objects.none()
    found = RawSQL(MATCHES[connection.vendor], [question])  # noqa: S611 (a fixed statement)
    return Story.objects.live(now).filter(id__in=found).order_by("-listed_at", "-id")


def capped_count(stories: StoryQuerySet) -> int:
    """Count found stories, up to one more than the cap."""
    return stories.order_by()[: CAP + 1].count()


def index(entries: Sequence[tuple[int, Item]], *, fresh: set[int]) -> None:
    """Make stories findable by what they say; ``fresh`` are those that were never indexed."""
    drop([story for story, _ in entries if story not in fresh])
    _run(
        INSERTS,
        [
            (story, _plain(item.headline), _plain(item.standfirst), _plain(item.text))
            for story, item in entries
        ],
    )


def drop(stories: Iterable[int]) -> None:
    """Make stories unfindable."""
    _run(DELETES, [(story,) for story in stories])


def _run(statements: dict[str, str], rows: Sequence[tuple[int | str, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statements[connection.vendor], rows)


def _plain(text: str) -> str:
    """Cut a text to what can be indexed, without the signs that nobody types."""
    cut = text[:MOST]
    return cut if cut.isascii() else INVISIBLE.sub("", cut)


def _askable(words: str) -> str:
    """Cut a question, without signs that no text can have."""
    return _plain(words[:LONGEST].encode(errors="replace").decode()).replace("\0", " ")


def _question(words: str) -> str:
    """Write a reader's question in the database's own language; empty asks nothing."""
    terms = [
        (minus, phrase or word)
        for minus, phrase, word in TERM.findall(_askable(words))
        if any(sign.isalnum() for sign in phrase or word)
    ]
    wanted = [_quoted(term) for minus, term in terms if not minus]
    refused = [_quoted(term) for minus, term in terms if minus]
    if not wanted:
        return ""
    if connection.vendor == "sqlite":
        return " NOT ".join([" AND ".join(wanted), *refused])
    return " ".join([*wanted, *(f"-{term}" for term in refused)])


def _quoted(term: str) -> str:
    """Quote a term, so that nothing in it is taken for the database's own words."""
    return '"{}"'.format(term.replace('"', " "))


def reindex(batch: int = 500) -> int:
    """Make the index anew from what each story shows; say how many stories it has."""
    shown = (
        Version.objects.filter(number=F("story__shown"), story__killed_at=None)
        .order_by("story_id")
        .values_list("story_id", "headline", "standfirst", "text")
    )
    count, last = 0, 0
    while rows := list(shown.filter(story_id__gt=last)[:batch]):
        with transaction.atomic():
            drop([row[0] for row in rows])
            _run(INSERTS, [(story, *map(_plain, words)) for story, *words in rows])
        count, last = count + len(rows), rows[-1][0]
    return count
