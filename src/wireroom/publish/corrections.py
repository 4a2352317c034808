"""What readers are told of a story's corrections, for good."""

from dataclasses import dataclass
from datetime import datetime

from wireroom.formats.bodies.text import text_of
from wireroom.wire.corrections import corrections as corrections_among
from wireroom.wire.corrections import kept_of
from wireroom.wire.models import Provider, Story, Version

from .difference import Words, difference
from .signature import tag_of, unsigned

#: Newest versions of a story that are compared; so many no agency makes.
COMPARED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction: when the agency made it, and what it changed."""

    at: datetime
    #: Sentences of plain text; none where no version before it is kept, or no word differs.
    words: tuple[str, ...]


def corrections(story: Story, provider: Provider) -> tuple[Correction, ...]:
    """Tell a story's corrections, newest first; one query, and none where there are none."""
    if story.corrected is None:
        return ()
    agencys = Version.objects.filter(story=story, author=None).defer("papers", "ednote", "text")
    rows = {row.number: row for row in agencys.order_by("-number")[:COMPARED]}
    found = [
        Correction(
            at=after.made_at,
            words=tuple(
                difference(
                    _words(rows[before.number], provider), _words(rows[after.number], provider)
                )
            ),
        )
        for before, after in corrections_among(map(kept_of, rows.values()))
    ]
    found.sort(key=lambda one: one.at, reverse=True)
    return tuple(found) or (Correction(at=story.corrected, words=()),)


def _words(version: Version, provider: Provider) -> Words:
    """Take from a version what readers may see of it."""
    body = unsigned(version.body, tag_of(provider)) if provider.full_page else ""
    return Words(version.headline, version.standfirst, tuple(text_of(body).split("\n\n")))
