"""One story while a batch is applied to it: a ruling changes its state and leaves rows."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cmp_to_key
from typing import Any, NamedTuple

from wireroom.formats.item import UNKNOWN, Item

from . import clock, liveness
from .arrived import Arrived
from .corrections import CORRECTION, Kept, corrected, in_order
from .lifecycle import NEVER, Held, Order, Ruling, What
from .models import Change, Story
from .papers import pack
from .slugs import slug_of

#: Rulings that put an item's words before readers, once nothing holds the story.
SHOWS = frozenset({What.NEW, What.UPDATE, What.CORRECTION, What.REFILE, What.RELEASE})
#: Of these, the ones that say so to readers.
TELLS = {What.UPDATE: "update", What.RELEASE: "update", What.CORRECTION: "correction"}
#: Reasons that the agency's newest word sets and lifts; the desk's are the desk's.
AGENCY = frozenset({"withheld", "embargo", "empty", "for_desk"})
#: A provider's clock may be this far ahead of ours before somebody is told.
AHEAD = timedelta(minutes=10)


class Turn(NamedTuple):
    """What a ruling leaves in the change log."""

    what: str
    at: datetime
    version: int
    why: str = ""


@dataclass(slots=True, eq=False)
class Page:
    """One story while a batch is applied to it, and the rows that came of it."""

    story: Story
    #: The versions it has, where an item may add one.
    kept: list[Kept] = field(default_factory=list)
    #: The item that readers see now, when it came with this batch.
    shown: Item | None = None
    #: Rows of the history, by column.
    versions: list[dict[str, Any]] = field(default_factory=list)
    changes: list[Turn | Change] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    #: Of these, or of those it had, the ids under which an item of the story came.
    own: set[str] = field(default_factory=set)
    #: Stories that are one with this, by their guid; the new ones of this batch.
    kin: dict[str, "Page"] = field(default_factory=dict)
    new_kin: list["Page"] = field(default_factory=list)
    #: The row differs from the one in the database.
    touched: bool = False
    #: An item of this batch has its order, or moved it.
    heard: bool = False
    #: ``kept`` has every version, each with its item.
    complete: bool = False
    #: It was killed by this batch; and the texts that came when it was killed already.
    buried: bool = False
    late: list[str] = field(default_factory=list)
    #: The story that has its versions since this batch, and after which number of its own.
    merged_into: "Page | None" = None
    merged_after: int = 0

    def held(self, item: Item) -> Held:
        """Take from the story what a ruling on an item needs."""
        story, holds = self.story, self.story.holds.split()
        return Held(
            order=self.order(item),
            empty=self.is_empty(),
            digest=story.digest,
            received=story.heard_at,
            killed=story.killed_at is not None,
            withheld="withheld" in holds,
            asks=self.asks(),
        )

    def order(self, item: Item) -> Order:
        """Read the held order beside an item; before the first words for readers, the lowest."""
        order = order_held(self.story)
        if self.is_empty() or (self.asks() and not item.for_desk):
            return replace(order, version=-1, version_created=NEVER, sent=NEVER)
        return order

    def is_empty(self) -> bool:
        """Say whether the story waits for its first words."""
        return "empty" in self.story.holds.split() and self.story.killed_at is None

    def asks(self) -> bool:
        """Say whether all it has are words that a person must see first."""
        return "for_desk" in self.story.holds.split() and self.story.killed_at is None

    def apply(self, came: Arrived, ruling: Ruling, now: datetime) -> int:
        """Apply a ruling; return the number of the version it made or repeats, 0 for none."""
        story, what = self.story, ruling.what
        self._date(came)
        if turns := clock.turn(story, now):
            self.touched = True
            self.changes += turns
        if what != What.HISTORY:
            self.move(came, what)
        if what == What.REPEAT:
            return 0
        if what == What.HISTORY and (number := self._again(came, ruling)):
            return number
        number = self.keep(came, ruling)
        if what != What.HISTORY:
            self.turn_to(came, what, number, now)
        return number

    def turn_to(self, came: Arrived, what: What, number: int, now: datetime) -> None:
        """Let a version that is kept decide what readers see."""
        story = self.story
        self._judge(came.item, what, now)
        if what in SHOWS and not came.waits:
            self._show(came, what, number)
        elif what == What.HOLD and not story.shown:
            story.headline = came.item.headline  # for the desk; nothing of it is public
        story.due_at = liveness.next_turn(story, now)
        if liveness.is_live(story, now):
            clock.seen(story, now)
        self.changes.append(Turn(what, now, story.shown))

    def keep(self, came: Arrived, ruling: Ruling) -> int:
        """Keep what an item said, whatever it does; return the number of its version."""
        self.touched = True
        number = self._version(came, ruling)
        if any(one.signal == CORRECTION for one in self.kept):
            self.story.corrected = corrected(self.kept)
        return number

    def _again(self, came: Arrived, ruling: Ruling) -> int:
        """Find the version that a late item says again; 0 when it says something new.

        It says again what it was sent as before, and what the version before it said.
        """
        if number := next((one.number for one in self.kept if came.repeats(one)), 0):
            return number
        like = (one for one in self.kept if came.is_like(one) and one.order.compare(came.order) < 0)
        before = max(like, key=cmp_to_key(in_order), default=None)
        if before is None or before.digest != came.digest:
            return 0
        return before.number if before.flagged or not ruling.flagged else 0

    def _date(self, came: Arrived) -> None:
        """Keep the earliest time that the provider gives for the story's beginning."""
        created = came.item.first_created or came.order.version_created
        if created < self.story.first_created:
            self.story.first_created = created
            self.touched = True

    def move(self, came: Arrived, what: What) -> None:
        """Move the held order up to a newer item's, a repeat's too."""
        story, order = self.story, came.order
        place = order.compare(self.order(came.item))
        if place < 0:
            return  # a kill needs no order
        self.heard = True
        if place == 0 and what == What.KILL and story.digest:
            return  # the text it kills stays known by its order
        self.touched = self.touched or place > 0 or what != What.REPEAT
        story.version, story.numbered = order.version, order.numbered
        story.version_created = order.version_created
        story.sent = None if order.sent == NEVER else order.sent
        story.heard_at = max(story.heard_at, came.received)
        story.digest = came.digest

    def _judge(self, item: Item, what: What, now: datetime) -> None:
        """Set what decides whether readers see the story."""
        story = self.story
        if what == What.KILL:
            story.killed_at, story.embargo, story.expires = now, None, None
            self.buried = True
            return
        reasons = set(story.holds.split()) - AGENCY
        if what == What.HOLD:
            reasons.add("withheld")
        elif not item.headline:
            reasons.add("empty")
        if item.for_desk and what != What.HOLD:
            reasons.add("for_desk")
        if item.embargo == UNKNOWN:
            reasons.add("embargo")
        story.holds = " ".join(sorted(reasons))
        story.embargo = None if item.embargo == UNKNOWN else item.embargo
        story.expires = None if item.expires == UNKNOWN else item.expires
        story.expiry_removes = item.expiry_removes

    def _show(self, came: Arrived, what: What, number: int) -> None:
        """Put an item's words before readers, or where readers will see them."""
        story, item = self.story, came.item
        self.shown = item
        other, told = came.face != story.face, story.published_at is not None
        if other and told:
            corrects = what == What.RELEASE and item.signal == CORRECTION
            story.mark = CORRECTION if corrects else TELLS.get(what, story.mark)
        if other:
            made = min(came.order.version_created, came.received)
            # New words under an old time changed when they came.
            story.updated_at = came.received if told and made <= story.updated_at else made
        if not told or (other and what != What.REFILE):
            story.listed_at = max(story.updated_at, story.embargo or story.updated_at)
        story.face, story.shown = came.face, number
        story.headline, story.standfirst = item.headline, item.standfirst
        story.slug, story.language = slug_of(item.headline), item.language
        story.urgency = item.urgency
        story.country = item.countries.primary or ""
        sectors = (s.code for s in item.subjects if s.code.startswith("sector:"))
        story.sector = next(sectors, "").removeprefix("sector:")

    def _version(self, came: Arrived, ruling: Ruling) -> int:
        """Keep what the item said; return its number.

        Of a killed story the fact is kept, and no word that readers could have seen.
        """
        item, order, story = came.item, came.order, self.story
        part = came.came  # what was received, where this was made whole of a patch
        flagged = ruling.flagged or _doubtful(came)
        story.last_number += 1
        kept = Kept(
            number=story.last_number,
            order=order,
            digest=part.digest,
            # What only the desk has seen is no version that a correction is told by.
            face=came.readable,
            pubstatus=part.item.pubstatus,
            signal=item.signal,
            received=part.received,
            flagged=flagged,
            patch=part.item.patch,
            item=part.item,
        )
        if came.waits:
            item = part.item  # what it carries is all there is
        if story.killed_at is not None:
            self.late += filter(None, [item.text])
            item = Item(
                guid=item.guid,
                version=item.version,
                pubstatus=item.pubstatus,
                signal=item.signal,
                sent=item.sent,
                ednote=item.ednote,
            )
        self.kept.append(kept)
        self.versions.append(
            {
                "number": story.last_number,
                "ruling": ruling.what,
                "flagged": flagged,
                "conflict": ruling.conflict,
                "received_at": part.received,
                "provider_version": order.version,
                "numbered": order.numbered,
                "version_created": order.version_created,
                "sent": item.sent,
                "pubstatus": kept.pubstatus,
                "signal": item.signal,
                "digest": kept.digest,
                "face": kept.face,
                "patch": kept.patch,
                "headline": item.headline,
                "standfirst": item.standfirst,
                "body": item.body,
                "text": item.text,
                "dateline": item.dateline,
                "byline": item.byline,
                "creditline": item.creditline,
                "ednote": item.ednote,
                "language": item.language,
                "urgency": item.urgency,
                "papers": pack(
                    item if came.patch is None else replace(item, carries=part.item.carries)
                ),
            }
        )
        return story.last_number


def order_held(story: Story) -> Order:
    """Read the held order."""
    return Order(
        version=story.version,
        numbered=story.numbered,
        version_created=story.version_created,
        sent=story.sent or NEVER,
    )


def _doubtful(came: Arrived) -> bool:
    """Say whether a time of the item is one that a person should look at."""
    return came.item.expires == UNKNOWN or came.order.version_created > came.received + AHEAD
