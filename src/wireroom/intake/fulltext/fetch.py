"""Stories' own pages fetched, one of a host at a time, and their texts kept for the pipeline."""

import logging
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db.models import QuerySet

from wireroom.formats.bodies.clean import clean_and_read
from wireroom.formats.bodies.repeated import unrepeated
from wireroom.formats.errors import Unreadable
from wireroom.intake.claims import take_up
from wireroom.intake.collect.answer import charset_of
from wireroom.intake.collect.one_by_one import ask, claim
from wireroom.intake.models import FullText, TextState
from wireroom.intake.reading import text_of_page
from wireroom.outbound.http import Answer, Request

from .lacking import host_of, is_of_site, why_not

log = logging.getLogger("wireroom.intake")

#: Bytes of a page, and seconds to fetch it.
HEAVIEST, DEADLINE = 5_000_000, 10.0
#: A page that may come later is asked for so often, after so many seconds each.
TRIES, AGAIN = 3, timedelta(seconds=5)
#: Longer than all of that: whoever has a page is gone.
LEASE = timedelta(seconds=30)
#: The server may have the page a moment later: it is new, or too much is asked at once.
LATER = frozenset({404, 408, 425, 429, 500, 502, 503, 504})


class NoText(Exception):
    """A page gives no text; the message says why, and ``later`` that it may."""

    def __init__(self, why: str, *, later: bool = False) -> None:
        super().__init__(why)
        self.later = later


def waiting(now: datetime) -> QuerySet[FullText]:
    """Choose the texts that are due, and for which stories still wait."""
    return FullText.objects.filter(state=TextState.WAITING, next_at__lte=now, until__gt=now)


def fetch(*, now: datetime) -> int:
    """Fetch a few pages that are due; say how many were tried."""
    mine = claim(waiting(now), _address, now=now, lease=LEASE)
    requests = [Request(url=one.address, cap=HEAVIEST, deadline=DEADLINE) for one in mine]
    for one, came in zip(mine, ask(requests), strict=True):
        _settle(one, came, now)
    for channel in {one.channel_id for one in mine}:
        left = FullText.objects.filter(channel=channel, state=TextState.WAITING, until__gt=now)
        if not left.exists():
            take_up(channel, now=now)
    return len(mine)


def _settle(one: FullText, came: Answer | str, now: datetime) -> None:
    """Keep a text, or say why there is none; what may come later is asked for again in time."""
    one.tries += 1
    one.next_at = None
    try:
        one.body, one.text = _found(one, came)
        one.state, one.reason = TextState.KEPT, ""
    except NoText as error:
        one.reason = str(error)[:200]
        again = now + AGAIN
        if error.later and one.tries < TRIES and again < one.until:
            one.next_at = again
        else:
            one.state = TextState.FAILED
            log.info("no full text", extra={"channel": one.channel_id, "reason": one.reason})
    one.save(update_fields=["state", "reason", "body", "text", "tries", "next_at"])


def _found(one: FullText, came: Answer | str) -> tuple[str, str]:
    """Find a story's text on its page.

    Raises NoText where there is none that is the story's, and longer than what the channel has.
    """
    if isinstance(came, str):
        raise NoText(came, later=True)
    if came.status != HTTPStatus.OK:
        raise NoText(f"the server answered {came.status}", later=came.status in LATER)
    if not is_of_site(came.url, {host_of(one.address)}):
        raise NoText("it leads to another site")
    if "html" not in came.headers.get("Content-Type", "html").lower():
        raise NoText("it is no page")
    try:
        body, text = text_of_page(came.body, charset_of(came), came.url)
    except Unreadable as error:
        raise NoText(str(error)) from error
    if why := why_not(text, teaser=one.teaser, headline=one.headline):
        raise NoText(why)
    shorter = unrepeated(body, (one.headline, one.standfirst), "")
    return (body, text) if shorter == body else clean_and_read(shorter)


def _address(one: FullText) -> str:
    return one.address
