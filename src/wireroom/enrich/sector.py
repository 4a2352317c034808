"""In which sector a story is filed: by its Media Topics, its agency's categories, its channel."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from wireroom.formats.item import Item, Made, Subject
from wireroom.vocab.sectors import Sector, nearness, sector, sector_of_topic
from wireroom.vocab.tables import rows

SCHEME = "sector:"
#: IPTC Subject Codes, the older scheme, whose first two digits mean what Media Topics' do.
_SUBJECT_CODE = re.compile(r"(?:subj\w*[:/]|iptc[:/]|^)((?:0[1-9]|1[0-7])\d{6})$", re.IGNORECASE)


def with_sector(item: Item, default: str) -> Item:
    """Add the sector to the subjects, unless the item names one of ours."""
    if any(subject.code.startswith(SCHEME) for subject in item.subjects):
        return item
    found = of_topics(item) or of_categories(item) or _of_channel(default)
    if not found:
        return item
    chosen, because = found
    subject = Subject(code=f"{SCHEME}{chosen.slug}", name=chosen.name, because=because)
    made = Made(field="sector", because=because)
    return replace(item, subjects=(*item.subjects, subject), made=(*item.made, made))


def of_topics(item: Item) -> tuple[Sector, str] | None:
    """Take the sector most of the Media Topics belong in; deeper topics say more."""
    votes: Counter[str] = Counter()
    reasons: dict[str, str] = {}
    for subject in item.subjects:
        if found := _of_code(subject.code):
            votes[found.slug] += 1 + nearness(subject.code)
            reasons.setdefault(found.slug, f"{subject.code} {subject.name}".strip())
    if not votes:
        return None
    slug = max(votes, key=lambda one: votes[one])  # the first named of equals
    return _named(slug, f"its topic {reasons[slug]}")


def of_categories(item: Item) -> tuple[Sector, str] | None:
    """Take the sector of the first category or keyword whose words we know."""
    for words in _categories(item):
        if slug := _by_words().get(words.strip().casefold()):
            return _named(slug, f"the agency's category “{words.strip()}”")
    return None


def _categories(item: Item) -> Iterator[str]:
    """List what the agency calls the item's theme, with the parts of paths and lists."""
    named = [subject.name or re.split(r"[:#]", subject.code)[-1] for subject in item.subjects]
    for words in (*named, *item.keywords):
        yield words
        yield from reversed(re.split(r"\s*[/>|;,]\s*", words)[:4])


def _of_code(code: str) -> Sector | None:
    if found := sector_of_topic(code):
        return found
    older = _SUBJECT_CODE.search(code)
    return sector_of_topic(f"medtop:{older[1][:2]}000000") if older else None


def _of_channel(default: str) -> tuple[Sector, str] | None:
    return _named(default, "the channel's sector") if default else None


def _named(slug: str, because: str) -> tuple[Sector, str] | None:
    found = sector(slug)
    return (found, because) if found else None


@cache
def _by_words() -> dict[str, str]:
    table = rows("categories.tsv", __package__)
    return {words: row["sector"] for row in table for words in row["words"].split("|")}
