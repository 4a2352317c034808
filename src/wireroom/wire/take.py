"""A batch of items applied to stories in memory, one after another."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from django.db.models.base import ModelState

from wireroom.formats.item import CANCELED, USABLE, WITHHELD, Act, Item

from .arrived import Arrived, arrived
from .corrections import Kept
from .killed import HOLD, NOBODY, Known
from .lifecycle import PUBLISHED, Ruling, What, incoming, rule
from .merge import merge, older
from .models import Provider, Story
from .page import SHOWS, Page
from .rebuilt import take_in

#: A story of which nothing is known, column by column.
BLANK = {field.attname: field.get_default() for field in Story._meta.concrete_fields}  # noqa: SLF001 (Django's documented interface)


@dataclass(frozen=True, slots=True)
class Step:
    """What one item came to."""

    ruling: Ruling
    page: Page | None = None
    number: int = 0
    reason: str = ""

    @property
    def ends(self) -> tuple[Page | None, int]:
        """Say which story its version is of, and its number there, once all was merged."""
        page, number = self.page, self.number
        while page and page.merged_into:
            number = number and number + page.merged_after
            page = page.merged_into
        return page, number


class Take:
    """Apply a batch to the stories it names; nothing is written here."""

    def __init__(
        self,
        *,
        provider: Provider,
        held: Mapping[str, Story],
        own: Collection[str] = (),
        kin: Iterable[tuple[Story, Story]] = (),
        kept: Mapping[int, list[Kept]],
        whole: Callable[[int], list[Kept]] = lambda _: [],
        killed: Known = NOBODY,
        now: datetime,
    ) -> None:
        self.provider = provider
        self.now = now
        #: Reads all versions of a story with their items; asked where all are needed.
        self._whole = whole
        self._killed = killed
        pages = {story.pk: Page(story, kept=kept.get(story.pk, [])) for story in held.values()}
        self._by_guid = {guid: pages[story.pk] for guid, story in held.items()}
        #: The ids under which items came; the others may be links that many share.
        self._own = {*own}
        for pair in kin:
            one, other = (pages.setdefault(story.pk, Page(story)) for story in pair)
            one.kin[other.story.guid], other.kin[one.story.guid] = other, one
        for page in pages.values():  # one that was found by another id, or as kin
            self._by_guid.setdefault(page.story.guid, page)
        #: One that was merged has no id left by which it is found.
        self._found = [*pages.values()]

    @property
    def pages(self) -> list[Page]:
        """The stories that the batch touched, each once."""
        each = {id(page): page for page in (*self._by_guid.values(), *self._found)}.values()
        return [page for page in each if page.touched or page.aliases or page.own or page.new_kin]

    def in_(self, came: Arrived) -> Step:
        """Rule on an item and apply it; what it shows to be one is merged, or dies, as one."""
        named = self._named(came.item)
        if len(named) > 1 and _joins(came.item) and not any(p.story.killed_at for p in named):
            named = [reduce(self._merged, named)]
        step = self._apply(came, named[0] if named else None)
        if step.page and step.ruling.what != What.ADVISORY:
            self._kill_kin(step.page, named, came, step.ruling.what)
        return step

    def _apply(self, came: Arrived, page: Page | None) -> Step:
        """Rule on an item and apply it to the story as the items before left it."""
        item = came.item
        ruling = rule(
            page.held(item) if page else None,
            incoming(item, order=came.order, digest=came.digest, received=came.received),
        )
        if ruling.what == What.ADVISORY:
            return Step(ruling, page, reason=f"{item.kind}: for editors only")
        if page is None:
            page = Page(self._opened(came), complete=True)
        reason = item.for_desk
        shows = ruling.what in SHOWS or item.patch or page.story.patched
        if shows and item.text and self._killed.anchors:
            reason = self._held_as_killed(page, item) or reason
        if (item.patch or page.story.patched) and self._is_ruled_whole(page, item):
            self._name(page, item)
            ruling, number = take_in(self._completed(page), came, self.now)
            return Step(ruling, page, number, reason)
        if page.heard and ruling.conflict and came.order.compare(page.order(item)) == 0:
            # Two of one document under one order: one wins, or each poll would turn them round.
            ruling = Ruling(What.HISTORY, conflict=True)
        self._name(page, item)
        return Step(ruling, page, page.apply(came, ruling, self.now), reason)

    @staticmethod
    def _is_ruled_whole(page: Page, item: Item) -> bool:
        """Say whether all versions are needed to rule on an item; a kill needs none."""
        return item.pubstatus != CANCELED and page.story.killed_at is None

    def _completed(self, page: Page) -> Page:
        """Give a story all its versions, those of this batch too."""
        if not page.complete:
            fresh = [one for one in page.kept if one.item is not None]
            page.kept = [*self._whole(page.story.pk), *fresh]
            page.complete = True
        return page

    def _held_as_killed(self, page: Page, item: Item) -> str:
        """Hold a story that would show the text of a killed one, and say why."""
        if page.story.killed_at is not None or not self._killed.is_in(item.text):
            return ""
        page.story.hold_for(HOLD)
        return "its text contains that of a killed story"

    def act(self, act: Act, came: Arrived) -> None:
        """Do to another document what an item says of it: kill or hold it."""
        if act.pubstatus == USABLE:
            return  # a release brings its own text
        self.in_(self._acting(act, came))

    @staticmethod
    def _acting(act: Act, came: Arrived) -> Arrived:
        """Make an item of what another says of a document."""
        moment = came.order.version_created
        words = Item(
            guid=act.guid,
            version=max(0, int(moment.timestamp())),
            pubstatus=act.pubstatus,
            version_created=moment,
            sent=came.item.sent,
            ednote=came.item.ednote,
        )
        return arrived(words, came.received)

    def _named(self, item: Item) -> list[Page]:
        """Find the stories of which an item names a version, the one that it is of first.

        An alias counts where an item came under it, so that a chain is followed in which
        each document names the one before; many items share a link.
        """
        found = [page] if (page := self._by_guid.get(item.guid)) else []
        for alias in item.aliases:
            page = self._by_guid.get(alias)
            if page and page not in found and (alias in self._own or alias == page.story.guid):
                found.append(page)
        return found

    def _name(self, page: Page, item: Item) -> None:
        """Let each id of an item name its story, unless it names another already."""
        for name in (item.guid, *item.aliases):
            if name not in self._by_guid and name != page.story.guid:
                page.aliases.add(name)
            self._by_guid.setdefault(name, page)
        if item.guid != page.story.guid and item.guid not in self._own:
            self._own.add(item.guid)
            page.own.add(item.guid)

    def _kill_kin(self, page: Page, named: Iterable[Page], came: Arrived, what: What) -> None:
        """Kill all stories that are one with a killed one, and remember that they are."""
        others = [other for other in named if other is not page]
        if not others and (what != What.KILL or not page.kin):
            return
        for other in others:
            if other.story.guid not in page.kin:
                page.kin[other.story.guid], other.kin[page.story.guid] = other, page
                page.new_kin.append(other)
        if any(one.story.killed_at for one in (page, *others)):
            for one in _family(page):
                if one.story.killed_at is None:
                    acting = self._acting(Act(guid=one.story.guid, pubstatus=CANCELED), came)
                    one.apply(acting, Ruling(What.KILL), self.now)

    def _merged(self, one: Page, other: Page) -> Page:
        """Make two live stories one; give the one that stays."""
        into, gone = older(self._completed(one), self._completed(other))
        merge(into, gone, self.now)
        self._found.append(gone)
        self._by_guid |= {guid: into for guid, page in self._by_guid.items() if page is gone}
        return into

    def _opened(self, came: Arrived) -> Story:
        """Begin a story; a kill of an unknown guid begins one too, and bars what comes late."""
        order, received = came.order, came.received
        story = Story.__new__(Story)  # past its __init__, which takes ten times as long
        vars(story).update(
            BLANK,
            _state=ModelState(),
            guid=came.item.guid,
            provider_id=self.provider.pk,
            holds="" if self.provider.publish_at_once else "desk",
            version=order.version,
            numbered=order.numbered,
            version_created=order.version_created,
            heard_at=received,
            received_at=received,
            first_created=received,
            updated_at=received,
            listed_at=received,
        )
        return story


def _joins(item: Item) -> bool:
    """Say whether an item may make two stories one: news, or a word of their life; no kill."""
    return item.pubstatus == WITHHELD or (item.pubstatus == USABLE and item.kind in PUBLISHED)


def _family(page: Page) -> list[Page]:
    """Gather the stories that are one with this, and with those."""
    found = {page.story.guid: page}
    asked = [page]
    while asked:
        fresh = {guid: one for guid, one in asked.pop().kin.items() if guid not in found}
        found |= fresh
        asked += fresh.values()
    return [*found.values()]


def names(items: Iterable[Item]) -> set[str]:
    """Gather every id by which items name stories: theirs, and those they act on."""
    found: set[str] = set()
    for item in items:
        found.add(item.guid)
        found.update(item.aliases)
        found.update(act.guid for act in item.acts_on)
    return found
