"""What an HTTP answer tells of a channel."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from hashlib import sha256

from wireroom.outbound.http import Answer

from .standing import FOR_GOOD, GONE, IM_USED, NOT_MODIFIED, Told

#: A page for people where a document should be: a login, a captcha, "we'll be right back".
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|script|style)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
MAX_AGE = re.compile(r"(?<![\w-])max-age\s*=\s*\"?(\d+)")
GOOD = frozenset({200, 203, IM_USED})
#: The one thing that may have been done to a document: entries that are not new are left out.
NEW_ALONE = frozenset({"feed"})


def told_by(answer: Answer, *, whole: bool, now: datetime) -> Told:
    """Read an answer."""
    headers = answer.headers
    return Told(
        status=answer.status,
        url=answer.url,
        moved=_moved(answer) if answer.hops else "",
        etag=headers.get("ETag", ""),
        modified=_modified(headers),
        sha256=sha256(answer.body).hexdigest() if answer.body else "",
        wrong=_wrong(answer),
        fresh=_fresh(headers, now),
        retry_after=_retry_after(headers.get("Retry-After", ""), now),
        whole=whole,
    )


def charset_of(answer: Answer) -> str:
    """Say what charset the transport names; nothing when none."""
    message = Message()
    message["Content-Type"] = answer.headers.get("Content-Type", "")
    return (message.get_content_charset() or "")[:40]


def _wrong(answer: Answer) -> str:
    """Say why an answer is no document; nothing when it is one, or says nothing changed."""
    if answer.status == NOT_MODIFIED:
        return ""
    if answer.status == GONE:
        return "gone (410)"
    if answer.status not in GOOD:
        return f"the server answered {answer.status}"
    if answer.status == IM_USED and (done := _done_to(answer.headers) - NEW_ALONE):
        return f"the answer is a change that was not asked for ({', '.join(sorted(done))})"[:200]
    if not answer.body.strip():
        return "the answer is empty"
    return "a page came in place of a document" if PAGE.match(answer.body[:4000]) else ""


def _done_to(headers: Mapping[str, str]) -> set[str]:
    """Say which instance manipulations made the body (RFC 3229, section 10.5.2)."""
    parts = _joined(headers, "im").split(",") if "IM" in headers else ()
    names = (part.partition(";")[0].strip().lower() for part in parts)
    return set(filter(None, names))


def _moved(answer: Answer) -> str:
    """Find where the leading redirects for good led; one of another kind ends them."""
    moved = ""
    for hop in answer.hops:
        if hop.status not in FOR_GOOD:
            break
        moved = hop.url
    return moved


def _modified(headers: Mapping[str, str]) -> str:
    """Take a Last-Modified that can tell two versions apart (RFC 9110, section 8.8.2.2).

    One of the same second as the answer cannot: the document may change again within it.
    With an ETag beside it that does no harm.
    """
    modified = headers.get("Last-Modified", "")
    if not modified or "ETag" in headers:
        return modified
    made, answered = _moment(modified), _moment(headers.get("Date", ""))
    weak = made and answered and made >= answered
    return "" if weak else modified


def _fresh(headers: Mapping[str, str], now: datetime) -> int:
    """Say for how many seconds an answer is fresh (RFC 9111, section 4.2.1)."""
    if "Cache-Control" in headers:
        control = _joined(headers, "cache-control").lower()
        if "no-cache" in control or "no-store" in control:
            return 0
        if found := MAX_AGE.search(control):
            return int(found[1][:9])
    expires = _moment(headers.get("Expires", ""))
    if not expires:
        return 0
    answered = _moment(headers.get("Date", "")) or now
    return max(int((expires - answered).total_seconds()), 0)


def _joined(headers: Mapping[str, str], name: str) -> str:
    """Join the lines of a header that may be parted over several (RFC 9110, section 5.3)."""
    return ",".join(value for each, value in headers.items() if each.lower() == name)


def _retry_after(value: str, now: datetime) -> int | None:
    """Read seconds or a date (RFC 9110, section 10.2.3); the past is no wait at all."""
    if value.strip().lstrip("-").isdecimal():
        return max(int(value.strip()[:10]), 0)
    moment = _moment(value)
    return None if moment is None else max(int((moment - now).total_seconds()), 0)


def _moment(value: str) -> datetime | None:
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=moment.tzinfo or UTC)
    except (ValueError, OverflowError):
        return None
