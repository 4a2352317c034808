"""A delivery's stories completed before they are taken in, within a bound of time.

A story whose text is on its way waits; all others go on. One whose page fails, or does not
come in time, is taken in as its channel has it, and is not completed afterwards: readers
never see a story change for no reason of its agency (decision 0010).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from wireroom.formats.document import Document
from wireroom.formats.item import USABLE, Item
from wireroom.intake.models import Channel, Delivery, FullText, TextState
from wireroom.intake.numbering import Numbered
from wireroom.wire.models import Story

from .lacking import completed, host_of, key_of, page_of, words_of

#: A story waits for its page no longer.
PATIENCE = timedelta(seconds=60)
#: What was fetched is kept so long after its channel last said the same of the story, and how
#: exactly that is known.
KEPT, SEEN = timedelta(days=30), timedelta(days=1)


class Completed(NamedTuple):
    """Stories that can be taken in, and until when the others wait; None: none does."""

    ready: list[Numbered]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Lacking:
    """A story that lacks text, and the page that may have it."""

    item: Item
    page: str
    words: str
    key: str


def complete(
    delivery: Delivery, document: Document, items: Sequence[Numbered], *, now: datetime
) -> Completed:
    """Complete what can be completed, and note down what is to be fetched."""
    channel = delivery.channel
    if channel is None or not channel.full_text:
        return Completed(list(items))
    _forget(channel, [item.guid for _, item in items if item.pubstatus != USABLE], now)
    hosts = {host_of(url) for url in (channel.url, delivery.address, document.hints.link)}
    lacking = {
        place: _Lacking(item, page, words, key_of(item, words, delivery.counted))
        for place, item in items
        if (page := page_of(item, hosts))
        for words in (words_of(item, page),)
    }
    texts = _texts(channel, lacking.values(), now)
    ready: list[Numbered] = []
    waits: list[datetime] = []
    for place, item in items:
        found = texts.get(lacking[place].key) if place in lacking else None
        if found is None or found.state == TextState.FAILED:
            ready.append((place, item))
        elif found.state == TextState.KEPT:
            whole = completed(item, body=found.body, text=found.text, address=found.address)
            ready.append((place, whole))
        else:
            waits.append(found.until)
    return Completed(ready, max(waits, default=None))


def _texts(channel: Channel, lacking: Iterable[_Lacking], now: datetime) -> dict[str, FullText]:
    """Find the texts of stories; begin those that are new, and end those that are late."""
    wanted = {one.key: one for one in lacking}
    rows = channel.full_texts.filter(key__in=list(wanted))
    rows.filter(state=TextState.WAITING, until__lte=now).update(
        state=TextState.FAILED, reason="it did not come in time", next_at=None
    )
    rows.filter(seen_at__lt=now - SEEN).update(seen_at=now)
    held = {row.key: row for row in rows}
    killed = _killed(channel, [one.item.guid for key, one in wanted.items() if key not in held])
    FullText.objects.bulk_create(
        [
            FullText(
                channel=channel,
                guid=one.item.guid,
                key=key,
                words=one.words,
                address=one.page,
                headline=one.item.headline,
                standfirst=one.item.standfirst,
                teaser=one.item.text,
                until=now + PATIENCE,
                next_at=now,
                seen_at=now,
            )
            for key, one in wanted.items()
            if key not in held and one.item.guid not in killed
        ],
        ignore_conflicts=True,  # another worker has the same story
    )
    return {row.key: _or_before(row) for row in rows.all()}


def _or_before(row: FullText) -> FullText:
    """Give, of a page that failed, the text that the same words had before."""
    if row.state != TextState.FAILED:
        return row
    same = FullText.objects.filter(
        channel=row.channel_id, guid=row.guid, words=row.words, state=TextState.KEPT
    )
    return same.order_by("-pk").first() or row


def _killed(channel: Channel, guids: list[str]) -> set[str]:
    """Choose the stories that were killed: nothing of them is fetched."""
    stories = Story.objects.filter(provider=channel.provider_id, guid__in=guids)
    return set(stories.exclude(killed_at=None).values_list("guid", flat=True))


def _forget(channel: Channel, guids: list[str], now: datetime) -> None:
    """Drop texts of stories that were taken back, and those that nobody has said for long."""
    killed = Story.objects.filter(provider=channel.provider_id).exclude(killed_at=None)
    channel.full_texts.filter(
        Q(guid__in=guids) | Q(guid__in=killed.values("guid")) | Q(seen_at__lt=now - KEPT)
    ).delete()
