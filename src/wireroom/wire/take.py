"""A batch of items applied to stories in memory, one after another."""

from dataclasses import dataclass, field
from datetime import datetime

from wireroom.formats.item import UNKNOWN, WITHHELD, Item

from . import digests, liveness
from .lifecycle import NEVER, Held, Order, Ruling, What, incoming, rule
from .models import Change, Provider, Story, Version
from .papers import pack
from .slugs import slug_of

#: Rulings that put other words before readers, once nothing holds the story.
SHOWS = frozenset({What.NEW, What.UPDATE, What.CORRECTION, What.REFILE, What.RELEASE, What.HOLD})
#: Of these, the ones that say so to readers.
TELLS = {What.UPDATE: "update", What.RELEASE: "update", What.CORRECTION: "correction"}


@dataclass(slots=True)
class Page:
    """One story while a batch is applied to it, and the rows that came of it."""

    story: Story
    #: The item that readers see now, when it came with this batch.
    shown: Item | None = None
    versions: list[Version] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    touched: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one item came to."""

    ruling: Ruling
    page: Page | None = None
    number: int = 0
    reason: str = ""


class Take:
    """Apply a batch to the stories it names; nothing is written here."""

    def __init__(self, *, provider: Provider, held: dict[str, Story], now: datetime) -> None:
        self.provider = provider
        self.now = now
        pages = {story.pk: Page(story) for story in held.values()}
        self._by_guid = {guid: pages[story.pk] for guid, story in held.items()}

    @property
    def pages(self) -> list[Page]:
        """The stories that the batch touched, each once."""
        return list({id(page): page for page in self._by_guid.values() if page.touched}.values())

    def in_(self, item: Item) -> Step:
        """Rule on an item and apply it to the story as the items before left it."""
        page = self._by_guid.get(item.guid)
        order, digest = order_of(item, self.now), digests.digest(item)
        ruling = rule(
            held_of(page.story) if page else None, incoming(item, order=order, digest=digest)
        )
        if ruling.what == What.ADVISORY:
            return Step(ruling, reason=f"{item.kind}: for editors only")
        if page is None:
            page = self._by_guid[item.guid] = Page(self._opened(item, order))
        return Step(ruling, page, self._apply(page, item, ruling, order, digest))

    def _opened(self, item: Item, order: Order) -> Story:
        """Begin a story; a kill of an unknown guid begins one too, and bars what comes late."""
        return Story(
            provider=self.provider,
            guid=item.guid,
            holds="" if self.provider.publish_at_once else "desk",
            version=order.version,
            numbered=order.numbered,
            version_created=order.version_created,
            received_at=self.now,
            first_created=self.now,
            updated_at=self.now,
            listed_at=self.now,
        )

    def _apply(
        self, page: Page, item: Item, ruling: Ruling, order: Order, digest: str
    ) -> int:
        """Apply a ruling; return the number of the version it made, 0 for none."""
        story = page.story
        page.touched = True
        page.aliases |= set(item.aliases) - {item.guid}
        created = min(item.first_created or order.version_created, self.now)
        story.first_created = min(story.first_created, created)
        was_live = story.shown > 0 and liveness.is_live(story, self.now)
        if was_live and story.published_at is None:  # the clock has lifted it since
            story.published_at = story.embargo or self.now
        if ruling.what != What.HISTORY:
            _move(story, order, digest)
        if ruling.what == What.REPEAT:
            return 0
        number = self._version(page, item, ruling, order, digest)
        if ruling.what == What.HISTORY:
            return number
        _judge(story, item, ruling, self.now)
        if ruling.what in SHOWS and item.headline:
            self._show(page, item, ruling, order, number)
        story.due_at = liveness.next_turn(story, self.now)
        if story.published_at is None and liveness.is_live(story, self.now):
            story.published_at = self.now
        page.changes.append(Change(what=ruling.what, at=self.now, version=story.shown))
        return number

    def _show(self, page: Page, item: Item, ruling: Ruling, order: Order, number: int) -> None:
        """Put an item's words before readers, or where readers will see them."""
        story, seen = page.story, digests.face(item)
        page.shown = item
        told = story.published_at is not None and seen != story.face
        if told:
            story.mark = TELLS.get(ruling.what, story.mark)
            story.seen += 1
        if seen != story.face:
            story.updated_at = min(order.version_created, self.now)
        if seen != story.face and ruling.what != What.REFILE:
            story.listed_at = max(story.updated_at, story.embargo or story.updated_at)
        story.face, story.shown = seen, number
        story.headline, story.standfirst = item.headline, item.standfirst
        story.slug, story.language = slug_of(item.headline), item.language
        story.urgency = item.urgency
        story.country = item.countries.primary or ""
        story.sector = next(
            (s.code.removeprefix("sector:") for s in item.subjects if s.code.startswith("sector:")),
            "",
        )

    def _version(
        self, page: Page, item: Item, ruling: Ruling, order: Order, digest: str
    ) -> int:
        """Keep what the item said; return its number."""
        story = page.story
        story.last_number += 1
        page.versions.append(
            Version(
                number=story.last_number,
                ruling=ruling.what,
                flagged=ruling.flagged,
                conflict=ruling.conflict,
                received_at=self.now,
                provider_version=order.version,
                version_created=order.version_created,
                sent=item.sent,
                pubstatus=item.pubstatus,
                digest=digest,
                headline=item.headline,
                standfirst=item.standfirst,
                body=item.body,
                text=item.text,
                dateline=item.dateline,
                byline=item.byline,
                creditline=item.creditline,
                ednote=item.ednote,
                language=item.language,
                urgency=item.urgency,
                papers=pack(item),
            )
        )
        return story.last_number


def order_of(item: Item, now: datetime) -> Order:
    """Read an item's place in the provider's order."""
    return Order(
        version=item.version,
        numbered=item.numbered,
        version_created=item.version_created or now,
        sent=item.sent or NEVER,
    )


def held_of(story: Story) -> Held:
    """Take from a story what a ruling needs."""
    return Held(
        order=Order(
            version=story.version,
            numbered=story.numbered,
            version_created=story.version_created,
            sent=story.sent or NEVER,
        ),
        digest=story.digest,
        killed=story.killed_at is not None,
        withheld="withheld" in story.holds.split(),
    )


def _move(story: Story, order: Order, digest: str) -> None:
    """Move the held order up to a newer item's, a repeat's too."""
    if order.compare(held_of(story).order) < 0:
        return  # a kill needs no order
    story.version, story.numbered = order.version, order.numbered
    story.version_created = order.version_created
    story.sent = None if order.sent is NEVER else order.sent
    story.digest = digest


def _judge(story: Story, item: Item, ruling: Ruling, now: datetime) -> None:
    """Set what decides whether readers see the story."""
    if ruling.what == What.KILL:
        story.killed_at, story.embargo, story.expires = now, None, None
        return
    reasons = set(story.holds.split()) - {"withheld", "embargo"}
    if item.pubstatus == WITHHELD:
        reasons.add("withheld")
    if item.embargo == UNKNOWN:
        reasons.add("embargo")
    story.holds = " ".join(sorted(reasons))
    story.embargo = None if item.embargo == UNKNOWN else item.embargo
    story.expires = None if item.expires == UNKNOWN else item.expires
    story.expiry_removes = item.expiry_removes
