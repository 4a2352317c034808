"""Asking one channel, and what came of it."""

import logging
from dataclasses import dataclass
from datetime import datetime

from wireroom.intake.schedule import Claimed
from wireroom.outbound.errors import Failed, Refused
from wireroom.outbound.http import Answer, Door, Request

from .answer import told_by
from .standing import Told, asks_whole

log = logging.getLogger("wireroom.intake")

#: Seconds for one whole transfer.
DEADLINE = 20.0
#: Bytes of a document.
HEAVIEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A channel, and what asking it came to."""

    claimed: Claimed
    told: Told
    answer: Answer | None


async def ask(door: Door, claimed: Claimed, now: datetime, *, last: bool = False) -> Asked:
    """Ask one channel; what goes wrong is what it told us.

    ``last`` says that nothing else waits for the same host.
    """
    before = claimed.before
    whole = asks_whole(before, now) or not before.validators
    request = Request(
        url=before.url,
        validators={} if whole else before.validators,
        new_alone=True,
        cap=HEAVIEST,
        deadline=DEADLINE,
        last=last,
    )
    try:
        answer = await door.fetch(request)
    except (Failed, Refused) as error:
        return Asked(claimed, Told(status=0, wrong=str(error)), None)
    except Exception as error:  # one channel's surprise must not cost the others their round
        log.exception("channel failed", extra={"channel": claimed.channel})
        return Asked(claimed, Told(status=0, wrong=f"failed here: {error!r}"), None)
    return Asked(claimed, told_by(answer, whole=whole, now=now), answer)
