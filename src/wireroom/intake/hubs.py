"""Which hub tells of a channel's news, and by what name: discovery (WebSub, section 4).

Link headers beat what is said in a document, a feed or the head of a page. What has no
``rel=self`` goes by the address that answered.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from wireroom.formats.document import Hints
from wireroom.outbound.http import Answer

from .autodiscovery import joined, links
from .models import Channel

#: Where hubs are named, the first before the second.
HEADER, DOCUMENT = "header", "document"
#: Hubs that are kept, and signs of Link headers that are looked into.
MOST, LONGEST = 5, 32_768
LINK = re.compile(r"<([^<>]*)>([^<]*)")
REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)
#: A link of another thing than what was asked for (RFC 8288, section 3.2).
ANCHOR = re.compile(r";\s*anchor\s*=", re.IGNORECASE)

#: ``hubs``, ``topic`` and ``at``, the address that answered; empty where nothing is named.
Named = Mapping[str, Any]


def in_headers(answer: Answer) -> Named:
    """Read what the Link headers of an answer name."""
    lines = (value for name, value in answer.headers.items() if name.lower() == "link")
    return _named(
        (
            (rel.lower(), target)
            for target, words in LINK.findall(", ".join(lines)[:LONGEST])
            if (found := REL.search(words)) and not ANCHOR.search(words)
            for rel in (found[1] or found[2] or "").split()
        ),
        answer.url,
    )


def in_page(answer: Answer) -> Named:
    """Read what the head of a page names."""
    return _named(
        ((rel, link.href) for link in links(answer.body, answer.url) for rel in link.rels),
        answer.url,
    )


def in_hints(hints: Hints, address: str) -> Named:
    """Take over what a feed names."""
    rels = [("self", hints.self_href), *(("hub", hub) for hub in hints.hubs)]
    return _named(rels, address)


def chosen(hubs: Mapping[str, Named]) -> tuple[str, str] | None:
    """Give the hub to ask and the topic to ask for; None where no hub is named."""
    places = [hubs[place] for place in (HEADER, DOCUMENT) if hubs.get(place)]
    hub = next((place["hubs"][0] for place in places if place["hubs"]), "")
    topic = next((place["topic"] for place in places if place["topic"]), "")
    return (hub, topic or places[0]["at"]) if hub else None


def learn(channel: Channel, place: str, named: Named, *, now: datetime) -> None:
    """Write down what is named in one place; another hub or topic is asked for at once."""
    if channel.hubs.get(place, {}) == named:
        return
    with transaction.atomic():
        row = Channel.objects.select_for_update().filter(pk=channel.pk).first()
        if row is None:
            return
        before = chosen(row.hubs)
        row.hubs = channel.hubs = {**row.hubs, place: named}
        if (after := chosen(row.hubs)) != before:
            row.subscribe_at = now if after else None
        row.save(update_fields=["hubs", "subscribe_at"])


def _named(rels: Iterable[tuple[str, str]], at: str) -> Named:
    hubs: dict[str, None] = {}
    topic = ""
    for rel, href in rels:
        if rel not in {"hub", "self"} or not href.strip() or not (whole := joined(at, href)):
            continue
        if rel == "hub":
            hubs[whole] = None
        else:
            topic = topic or whole
    return {"hubs": list(hubs)[:MOST], "topic": topic, "at": at} if hubs or topic else {}
