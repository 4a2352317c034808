"""Earlier pages of a channel's document, fetched behind the newest (RFC 5005, JSON Feed).

follow     a document that goes on, until what it lists, or the archive it names, is known
| fetch      each page once, one of a host at a time
| put down   as a delivery of its own that counts as received before the newest

The newest document is taken in by itself: whatever its earlier pages come to, it is there.
How far a list is walked back, and why, is decision 0011.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urldefrag, urlsplit

from django.db import transaction
from django.db.models import QuerySet

from wireroom.formats.document import Document
from wireroom.formats.item import USABLE
from wireroom.outbound.http import Answer, Request
from wireroom.wire.lifecycle import What

from .autodiscovery import joined
from .collect.answer import charset_of, told_by
from .collect.ask import DEADLINE, HEAVIEST
from .collect.one_by_one import ask, claim
from .collect.standing import DAY, with_user
from .inbox import delivery_of, put_down
from .models import Channel, Delivery, Page, Receipt

log = logging.getLogger("wireroom.intake")

#: Pages behind the first document that a channel ever had, and behind any later one.
FIRST, MOST = 5, 20
#: A page that fails is asked for so often, at first again after so long, then twice as long.
TRIES, AGAIN = 5, timedelta(minutes=1)
#: Longer than a page may take: whoever has it is gone.
LEASE = timedelta(seconds=3 * DEADLINE)
#: What an item does that its channel had not, and that it had.
UNKNOWN = frozenset({What.NEW, What.UPDATE, What.CORRECTION, What.REFILE})
KNOWN = frozenset({What.REPEAT, What.HISTORY})


def follow(delivery: Delivery, document: Document, *, now: datetime) -> None:
    """Note down where a list that was taken in goes on, when it lists nothing that is known."""
    channel, hints = delivery.channel, document.hints
    archive = bool(hints.previous_archive)
    href = hints.previous_archive or hints.next_href
    if (
        channel is None
        or not href
        or not document.is_list
        or (delivery.partial and not _is(delivery))
    ):
        return
    page = Page.objects.select_related("begun").filter(delivery=delivery).first()
    begun, left = (page.begun, page.left) if page else (delivery, _most(delivery))
    address = urldefrag(joined(delivery.address, href)).url
    if (
        not left
        or not _may_lead(delivery.address, address)
        or address in {begun.address, delivery.address}
        or not (document.items or archive)
        or _lists_known(delivery, document)
        or (archive and _is_known(channel, address))
    ):
        return
    Page.objects.bulk_create(
        [
            Page(
                channel=channel,
                begun=begun,
                address=address,
                archive=archive,
                place=page.place + 1 if page else 1,
                left=left - 1,
                next_at=now,
            )
        ],
        ignore_conflicts=True,  # it was there before: the pages go round in a circle
    )


def waiting(now: datetime) -> QuerySet[Page]:
    """Choose the pages that are due."""
    return Page.objects.filter(next_at__lte=now, channel__paused=False)


def fetch(*, now: datetime) -> int:
    """Fetch a few pages that are due; say how many were tried."""
    due = waiting(now).select_related("channel__provider", "begun")
    mine = claim(due, _address, now=now, lease=LEASE)
    requests = [Request(url=_address(page), cap=HEAVIEST, deadline=DEADLINE) for page in mine]
    for page, came in zip(mine, ask(requests), strict=True):
        _settle(page, came, now)
    return len(mine)


def _settle(page: Page, came: Answer | str, now: datetime) -> None:
    """Put a page down, or try again after a while, and give up in the end."""
    wait = timedelta(0)
    if isinstance(came, str):
        wrong = came
    else:
        told = told_by(came, whole=True, now=now)
        wait, wrong = timedelta(seconds=min(told.retry_after or 0, DAY)), told.wrong
        if not wrong and not _may_lead(page.begun.address, came.url):
            wrong = "it leads to another host"
    page.tries += 1
    page.reason, page.next_at = wrong[:200], None
    if wrong and page.tries < TRIES:
        page.next_at = now + max(wait, AGAIN * 2 ** (page.tries - 1))
    elif wrong:
        log.warning("earlier page failed", extra={"channel": page.channel_id, "reason": wrong})
    with transaction.atomic():
        if not wrong and isinstance(came, Answer):
            _put_down(page, came, now)
        page.save()


def _put_down(page: Page, answer: Answer, now: datetime) -> None:
    """Make a page a delivery, unless the walk had the same bytes before."""
    begun = page.begun
    delivery = delivery_of(
        answer.body,
        provider=page.channel.provider,
        now=now,
        channel=page.channel,
        format=page.channel.format,
        address=answer.url,
        charset=charset_of(answer),
        partial=True,
    )
    before = begun.pages.exclude(delivery=None).values_list("delivery__sha256", flat=True)
    if delivery.sha256 in {begun.sha256, *before}:
        page.reason = "it is a page that came before"
        return
    delivery.counts_from = begun.received_at - timedelta(microseconds=page.place)
    [page.delivery] = put_down([delivery])


def _address(page: Page) -> str:
    """Give a page's address, with the user's name that opens its channel's."""
    return with_user(page.address, page.channel.url)


def _is(delivery: Delivery) -> bool:
    """Say whether a delivery is an earlier page."""
    return delivery.counts_from is not None


def _most(delivery: Delivery) -> int:
    """Say how many pages may follow a document."""
    before = Delivery.objects.filter(channel=delivery.channel_id, pk__lt=delivery.pk)
    return MOST if before.exists() else FIRST


def _may_lead(before: str, after: str) -> bool:
    """Say whether one page may name another: on its host, and never from https to http."""
    old, new = urlsplit(before), urlsplit(after)
    if not old.hostname or old.hostname != new.hostname:
        return False
    return new.scheme == "https" or (old.scheme, old.port) == (new.scheme, new.port)


def _is_known(channel: Channel, address: str) -> bool:
    """Say whether an archive was fetched before."""
    archives = channel.pages.filter(address=address, archive=True)
    return archives.exclude(delivery=None).exists()


def _lists_known(delivery: Delivery, document: Document) -> bool:
    """Say whether a list reaches down to what its channel had before.

    Its last story must be known as it is, or half of its stories: a story that was pinned to
    the top, or came up again since it was changed, says nothing of what stands below it.
    """
    guids = [item.guid for item in document.items if item.pubstatus == USABLE]
    found = {guid: (what, story) for guid, what, story in _rulings(delivery)}
    listed = [found[guid] for guid in guids if guid in found]
    had = _had(delivery, [story for what, story in listed if what in KNOWN])
    known = [what in KNOWN and story in had for what, story in listed if what in KNOWN | UNKNOWN]
    return bool(known) and (known[-1] or 2 * sum(known) >= len(known))


def _rulings(delivery: Delivery) -> Iterable[tuple[str, str, int | None]]:
    return delivery.receipts.values_list("guid", "ruling", "story_id")


def _had(delivery: Delivery, stories: list[int | None]) -> set[int | None]:
    """Choose the stories that came by the same channel before."""
    others = Receipt.objects.filter(story__in=stories, delivery__channel=delivery.channel_id)
    return set(others.exclude(delivery=delivery).values_list("story_id", flat=True))
