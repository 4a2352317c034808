"""Full text search, on both databases.

A row of ``wire_search`` stands beside each story: an FTS5 table on SQLite, a ``tsvector``
with a GIN index on PostgreSQL. Both are given words that ``terms`` cut, so that they find
the same; of a long text, the first 100,000 signs. Decision 0008 says why it is beneath modelsearch.
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
from .terms import spaced
from .terms import words as words_of

#: Counts are exact up to here.
CAP = 1_000
#: A question longer than this is cut; signs.
LONGEST = 500
#: Signs of a text that are indexed: more would take a transaction too long.
MOST = 100_000
#: Places of a tsvector: what stands after them has the last one.
PLACES = 16_383
#: A term of a question: a phrase in quotes or a word, perhaps refused with a minus.
TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')

MATCHES = {
    "sqlite": "SELECT rowid FROM wire_search WHERE wire_search MATCH %s",
    "postgresql": "SELECT story_id FROM wire_search WHERE words @@ %s::tsquery",
}
INSERTS = {
    "sqlite": "INSERT INTO wire_search (rowid, headline, standfirst, body) VALUES (%s, %s, %s, %s)",
    "postgresql": "INSERT INTO wire_search (story_id, words) VALUES (%s, %s::tsvector)",
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


def saying(phrases: Iterable[Sequence[str]]) -> list[int]:
    """Find the stories that have one of these phrases, each given as words; live or not."""
    sign = " OR " if connection.vendor == "sqlite" else " | "
    question = sign.join(_phrase(words) for words in phrases)
    with connection.cursor() as cursor:
        cursor.execute(MATCHES[connection.vendor], [question])
        return [number for (number,) in cursor.fetchall()]


def index(entries: Sequence[tuple[int, Item]], *, fresh: set[int]) -> None:
    """Make stories findable by what they say; ``fresh`` are those that were never indexed."""
    drop([story for story, _ in entries if story not in fresh])
    _run(
        INSERTS,
        [(story, *_row(item.headline, item.standfirst, item.text)) for story, item in entries],
    )


def drop(stories: Iterable[int]) -> None:
    """Make stories unfindable."""
    _run(DELETES, [(story,) for story in stories])


def _run(statements: dict[str, str], rows: Sequence[tuple[int | str, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statements[connection.vendor], rows)


def _row(*texts: str) -> tuple[str, ...]:
    """Write headline, standfirst and text as the database takes them."""
    if connection.vendor == "sqlite":
        return tuple([spaced(text[:MOST]) for text in texts])
    cut = [words_of(text[:MOST]) for text in texts]
    written: list[str] = []
    start = 1
    for weight, found in zip("ABD", cut, strict=True):
        written += (
            f"{word}:{min(place, PLACES)}{weight}" for place, word in enumerate(found, start)
        )
        start += len(found) + 1  # so that no phrase goes on in the next
    return (" ".join(written),)


def _question(asked: str) -> str:
    """Write a reader's question in the database's own language; empty asks nothing."""
    terms = [
        (minus, found)
        for minus, phrase, word in TERM.findall(asked[:LONGEST].replace("\0", " "))
        if (found := words_of(phrase or word))
    ]
    wanted = [_phrase(found) for minus, found in terms if not minus]
    refused = [_phrase(found) for minus, found in terms if minus]
    if not wanted:
        return ""
    if connection.vendor == "sqlite":
        return " NOT ".join([" AND ".join(wanted), *refused])
    return " & ".join([*wanted, *(f"!{phrase}" for phrase in refused)])


def _phrase(found: Sequence[str]) -> str:
    """Ask for words that stand side by side; none of them has a sign of the database's own."""
    if connection.vendor == "sqlite":
        return f'"{" ".join(found)}"'
    return f"({' <-> '.join(found)})"


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
            _run(INSERTS, [(story, *_row(*texts)) for story, *texts in rows])
        count, last = count + len(rows), rows[-1][0]
    return count
