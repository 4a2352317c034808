"""What decides a story's life (NewsML 1.2: ``NewsManagement``)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wireroom.formats.item import (
    UNKNOWN,
    USABLE,
    WITHHELD,
    Kind,
    Link,
    Moment,
    Pubstatus,
    Signal,
)
from wireroom.formats.ninjs.status import RANK, SIGNALS
from wireroom.formats.values.dates import embargo
from wireroom.formats.values.moments import (
    NEVER,
    by_hours,
    counted,
    earliest,
    latest,
    read_bound,
    read_time,
)
from wireroom.formats.values.statuses import QUOTED, for_editors, read_status, strictest, word_of

from .identity import Named
from .tree import News, Tree

#: Instructions that take a story back, and yet are no status.
TAKEN_BACK: Final = frozenset(
    {
        "kill",
        "cancel",
        "withdraw",
        "withhold",
        "disregard",
        "delete",
        "elimination",
        "mandatorykill",
    }
)
#: Types of news item that hold no news.
OTHERS: Final = frozenset({"topicset", "catalog", "vocabulary", "controlledvocabulary", "data"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What a news item says of its own life."""

    pubstatus: Pubstatus
    embargo: Moment
    expires: Moment
    signal: Signal
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Where an item stands among the versions of its guid."""

    version: int
    numbered: bool
    version_created: datetime
    first_created: datetime


def life(news: News, *, again: bool) -> Life:
    """Say what becomes of a news item; ``again``: its envelope was sent before."""
    notes = news.notes
    said = [read_status(one, "Status", notes) for one in news.formals("NewsManagement/Status")]
    if not said:
        notes.append("no Status: usable")
    now = strictest({one for one, _ in said})
    embargoed = any(one for _, one in said)
    starts, ends = _changes(news, usable=now == USABLE and not embargoed)
    if embargoed and not starts:
        notes.append("the status is embargoed, and nothing says until when")
        starts = [UNKNOWN]
    words = set(map(word_of, news.formals("NewsManagement/Instruction")))
    if now == USABLE and (taken := sorted(words & TAKEN_BACK)):
        notes.append(f"usable, but with the instruction {', '.join(taken)}: withheld for the desk")
        now = WITHHELD
    _earlier(news)
    return Life(
        pubstatus=now,
        embargo=latest(starts, notes),
        expires=earliest(ends),
        signal=_signal(words, again=again),
        kind=_kind(news, words),
    )


def order(news: News, named: Named, sent: datetime | None) -> Order:
    """Give version and times: by the revision, else by its time."""
    arrival, notes = news.arrival, news.notes
    made, first = (
        read_time(news.text(f"NewsManagement/{name}"), arrival.zone, name, notes)
        for name in ("ThisRevisionCreated", "FirstCreated")
    )
    if made is None:
        notes.append("no ThisRevisionCreated that can be read: time of sending, or of receipt")
        made = sent or arrival.received
    elif sent and by_hours(made - sent):
        notes.append("made whole hours after it was sent: one of the zones is wrong")
    number = named.number
    return Order(
        version=counted(made, arrival.received, notes) if number is None else number,
        numbered=number is not None,
        version_created=made,
        first_created=first or made,
    )


def links(news: News) -> list[Link]:
    """Give the items that this one comes from, and those it goes with."""
    return [
        Link(rel=rel, href=href, title=Tree.line(one))
        for name, rel in (("DerivedFrom", "via"), ("AssociatedWith", "related"))
        for one in news.all(f"NewsManagement/{name}")
        if (href := one.get("NewsItem", "").strip())
    ]


def _changes(news: News, *, usable: bool) -> tuple[list[Moment], list[Moment]]:
    """Read the changes of status that are announced: to usable is an embargo, from it an expiry."""
    tree, notes, zone = news.tree, news.notes, news.arrival.zone
    starts: list[Moment] = []
    ends: list[Moment] = []
    for change in news.all("NewsManagement/StatusWillChange"):
        word = tree.formal(change, "FutureStatus")
        when = tree.text(change, "DateAndTime")
        future, embargoed = read_status(word, "FutureStatus", notes)
        if future == USABLE and not embargoed and word:
            starts.append(read_bound(when, zone, "StatusWillChange", notes, read=embargo))
        elif not word:
            notes.append("StatusWillChange does not say to what")
        else:
            if not usable:
                notes.append(f"after an embargo or a hold it will be {word[:QUOTED]!r}")
            if not when.startswith(NEVER):
                ends.append(read_bound(when, zone, "StatusWillChange", notes))
    return starts, ends


def _signal(words: set[str], *, again: bool) -> Signal:
    if not words and not again:
        return ""
    said = {SIGNALS[one] for one in words if one in SIGNALS}
    if again:
        said.add("repeat")
    return next((one for one in RANK if one in said), "")


def _kind(news: News, words: set[str]) -> Kind:
    """Say what the item is: a story, or something that never becomes one."""
    named = news.formals("NewsManagement/NewsItemType")
    if found := for_editors([*named, *words]):
        return found
    if news.all("TopicSet") or any(word_of(one) in OTHERS for one in named):
        return "other"
    return "story"


def _earlier(news: News) -> None:
    """Tell what an instruction says of earlier revisions: it is no word about this one."""
    for one in news.all("NewsManagement/Instruction/RevisionStatus"):
        which = one.get("Revision", "").strip() or "all earlier ones"
        said = news.tree.formal(one, "Status")
        news.notes.append(f"of revisions before ({which[:QUOTED]}) it says: {said[:QUOTED]}")
