"""Texts of killed stories: what contains one is held for a person, whoever sends it.

Looked for on both sides: in each text that comes, by the hashes that are kept of killed
ones, and among what is there, by the search, when a story is killed or its text comes late.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex

from django.db.models import F

from . import search
from .likeness import KIND, anchors, found_by, grams, hashes_of, share, winnowed
from .models import Change, KilledText, Story, Version
from .page import Page
from .terms import words as words_of

#: The hold of a story whose text contains that of a killed one; a person lifts it.
HOLD = "killed_text"
#: So much of a killed text must be in another.
CONTAINED = 0.9
#: A text is compared with a killed one when it has one in so many of its anchors: in a text
#: that contains it nearly all are there, and a few are in any text of its language.
NEEDED = 4
#: Versions of a killed story whose texts are kept, the newest first.
TEXTS = 20
#: Passages by which live stories are found.
PASSAGES = 8


@dataclass(frozen=True, slots=True)
class Known:
    """The killed texts, as one process remembers them."""

    #: The newest of them: its id and its token.
    newest: tuple[int, str] = (0, "")
    #: By letter: each anchor, with the places of its texts among the grams.
    anchors: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    #: How many of its anchors a text must have to be compared with each, and what with.
    needed: list[int] = field(default_factory=list)
    grams: list[frozenset[int]] = field(default_factory=list)

    def is_in(self, text: str) -> bool:
        """Say whether a text contains a killed one."""
        found: Counter[int] = Counter()
        for letter, known in self.anchors.items():
            for one in known.keys() & anchors(text, letter):
                found.update(known[one])
        near = [place for place, count in found.items() if count >= self.needed[place]]
        if not near:
            return False
        mine = frozenset(grams(text))
        return any(share(self.grams[place], mine) >= CONTAINED for place in near)


NOBODY = Known()
_remembered = NOBODY


def known(newest: tuple[int, str]) -> Known:
    """Give the killed texts; only those that came since the last call are read."""
    global _remembered  # noqa: PLW0603 (what a process remembers)
    if newest != _remembered.newest:
        _remembered = _read(newest, _remembered)
    return _remembered


def _read(newest: tuple[int, str], before: Known) -> Known:
    last, token = before.newest
    if not KilledText.objects.filter(pk=last, token=token).exists():
        before = Known()  # another database, or rows that went
    known = Known(newest, before.anchors, before.needed, before.grams)
    rows = KilledText.objects.filter(pk__gt=before.newest[0], pk__lte=newest[0])
    for letter, found, kept in rows.order_by("pk").values_list("letter", "anchors", "grams"):
        hashes = hashes_of(found)
        known.needed.append(-(-len(hashes) // NEEDED))
        for anchor in hashes:
            known.anchors.setdefault(letter, {}).setdefault(anchor, []).append(len(known.grams))
        known.grams.append(frozenset(hashes_of(kept)))
    return known


def bury(pages: Iterable[Page], now: datetime) -> None:
    """Keep what is left of texts that this batch killed, and hold what contains them.

    Their rows must be written: what came in the same batch is found as what came before.
    """
    for page in pages:
        if page.story.pk is None:  # it became one with another before it was written
            continue
        dead = page.story.killed_at is not None and page.buried
        texts = [*page.late, *(_texts(page.story) if dead else ())]
        for text in dict.fromkeys(texts):
            kept = winnowed(grams(text))
            if kept and _keep(page.story, text, kept):
                _hold(page.story, text, kept, now)


def _texts(story: Story) -> Iterable[str]:
    said = Version.objects.filter(story=story).exclude(text="").order_by("-number")
    return said.values_list("text", flat=True)[:TEXTS]


def _keep(story: Story, text: str, kept: frozenset[int]) -> bool:
    """Keep the hashes of a text; say whether they are new."""
    letter, found = found_by(text)
    packed = array(KIND, sorted(kept)).tobytes()
    if any(bytes(one.grams) == packed for one in KilledText.objects.filter(story=story)):
        return False
    KilledText.objects.create(
        story=story,
        token=token_hex(8),
        letter=letter,
        anchors=array(KIND, sorted(found)).tobytes(),
        grams=packed,
    )
    return True


def _hold(killed: Story, text: str, kept: frozenset[int], now: datetime) -> None:
    """Hold the stories that contain a killed text."""
    found = search.saying(passages(text))
    shown = Version.objects.filter(story__in=found, number=F("story__shown"))
    alike = [
        number
        for number, said in shown.values_list("story_id", "text")
        if share(kept, frozenset(grams(said))) >= CONTAINED
    ]
    stories = Story.objects.select_for_update(no_key=True).filter(pk__in=alike, killed_at=None)
    for story in stories.order_by("pk"):
        if HOLD in story.holds.split():
            continue
        story.hold_for(HOLD)
        story.save(update_fields=["holds"])
        why = f"its text contains that of /s/{killed.pk}, which was killed"
        Change.objects.create(story=story, what="held", at=now, why=why, version=story.shown)


def passages(text: str) -> Sequence[list[str]]:
    """Choose runs of four words by which a text is found: of each part the one with most signs."""
    words = words_of(text)
    runs = [words[at : at + 4] for at in range(len(words) - 3)]
    size = max(1, -(-len(runs) // PASSAGES))
    parts = (runs[at : at + size] for at in range(0, len(runs), size))
    return [max(part, key=_signs) for part in parts]


def _signs(run: list[str]) -> int:
    return sum(map(len, run))
