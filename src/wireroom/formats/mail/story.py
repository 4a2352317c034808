"""A mail that is itself a story: its subject and its text. It waits for a person.

It has no field for a status, an embargo or a version. Words of its subject that seem to
kill act on nothing; words of an embargo hold.
"""

import re
from typing import Final

from wireroom.formats.bodies.clean import clean
from wireroom.formats.bodies.text import paragraphs, text_of
from wireroom.formats.bound import bounded
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.item import UNKNOWN, Item, Kind, Signal
from wireroom.formats.ninjs.words import first_sentence
from wireroom.formats.providers.quirks import NONE, QUIRKS
from wireroom.formats.teletype.heads import CORRECTS, REPEATS, UPDATES, Heads, forbids, kind_of
from wireroom.formats.teletype.items import FORBIDS, NO_ID
from wireroom.formats.values.dates import moment

from .headers import header, sender
from .letters import Letter, Words
from .tails import LAST, html_without, legal_end, plain_without

#: What mail programs put before a subject.
_ANSWER: Final = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
#: Words before a subject that say what the version is, with what parts them from it.
_MARK: Final = re.compile(
    r"(?:correct(?:ion|ed)|korrektur|update(?:\s+\d+)?|refile|repeat|rpt)\s*[-\u2013\u2014:]+\s*",
    re.IGNORECASE,
)
_ADVISORY: Final = re.compile(
    r"(?P<said>(?:media |editorial |press )?advisory|note to editors|daybook|test(?: message)?)"
    r"\s*(?:[-\u2013\u2014:]|$)",
    re.IGNORECASE,
)
#: Short paragraphs at the head of a text that may forbid its use.
HEAD: Final = 3
SHORT: Final = 200
_AUTOMATIC: Final = ("auto-submitted", "x-autoreply", "x-autorespond")


def story(letter: Letter, arrival: Arrival) -> Item:
    """Make an Item of a mail.

    Raises Unreadable when it has no Message-ID, or no words.
    """
    message, notes = letter.message, list(letter.notes)
    guid = header(message, "message-id").strip("<> ")
    if not guid:
        raise Unreadable("the mail has no Message-ID")
    ednotes: list[str] = []
    body, text = _text(letter, ednotes, notes)
    subject = header(message, "subject")
    headline, signal, kind = _subject(subject, arrival, notes)
    heads = Heads()
    for line in lines_above(subject, text):
        forbids(line, heads)
    notes += heads.notes
    headline = headline or first_sentence(text, notes)
    if not headline:
        raise Unreadable("the mail has no words")
    if answers := header(message, "in-reply-to"):
        notes.append(f"it answers {answers.strip('<> ')[:200]}, and changes nothing of it")
    said = moment(header(message, "date"), arrival.zone)
    if said.at is None:
        notes.append("no date that can be read: time of receipt")
    elif said.note:
        notes.append(f"date: {said.note}")
    made = said.at or arrival.received
    own = Item(
        guid=guid,
        version=max(int(min(made, arrival.received).timestamp()), 0),
        kind="other" if _automatic(letter, notes) else kind,
        signal=signal,
        headline=headline,
        body=body,
        text=text,
        language=header(message, "content-language").partition(",")[0].strip(),
        creditline=sender(message),
        ednote="\n\n".join(dict.fromkeys((*heads.ednotes, *ednotes))),
        embargo=UNKNOWN if heads.embargo else None,
        first_created=made,
        version_created=made,
        sent=said.at,
        for_desk=f"{NO_ID}; {FORBIDS}" if heads.kills else NO_ID,
        notes=tuple(dict.fromkeys(notes)),
    )
    return bounded(own)


def lines_above(subject: str, text: str) -> list[str]:
    """Give the lines of a mail that may forbid use: its subject, and short ones at the head."""
    return [
        _unanswered(subject),
        *(one for one in text.split("\n\n")[:HEAD] if len(one) <= SHORT),
    ]


def for_editors(subject: str) -> Kind | None:
    """Say what a mail is whose subject begins with whom it is for; None for readers."""
    if found := _ADVISORY.match(_unanswered(subject)):
        return kind_of(found["said"].split()[-1]) or kind_of(found["said"]) or "advisory"
    return None


def _unanswered(subject: str) -> str:
    """Give a subject without what mail programs put before it."""
    answer = _ANSWER.match(subject)
    return subject[answer.end() :].strip() if answer else subject


def _text(letter: Letter, ednotes: list[str], notes: list[str]) -> tuple[str, str]:
    """Give body and text, without what stands below the story."""
    one = _chosen(letter.texts)
    if one is None:
        return "", ""
    own = [one] if not one.alternatives else _alternatives(letter.texts, one)
    if left := sum(each not in own and bool(each.text.strip()) for each in letter.texts):
        notes.append(f"{left} further texts of the mail are left out")
    return without_tail(one, ednotes)


def without_tail(one: Words, ednotes: list[str]) -> tuple[str, str]:
    """Give body and text of a part; what stood below the story goes to the notes for editors."""
    if one.html:
        body = clean(html_without(one.text, ednotes))
    else:
        body = clean(paragraphs(plain_without(one.text, ednotes)))
    text = text_of(body)
    parts = text.split("\n\n")
    end = legal_end(parts)
    if end < len(parts):
        # The words alone are kept, since markup does not part where words do.
        ednotes.append("\n\n".join(parts[end:]))
        text = "\n\n".join(parts[:end])
        body = _shortened(body, text)
    return body, text


def _shortened(body: str, text: str) -> str:
    """Cut a body to what a shorter text says: its own markup where that parts there, too."""
    place = len(body)
    for _ in range(2 * LAST):
        if (place := body.rfind("<p", 0, place)) <= 0:
            break
        kept = text_of(body[:place])
        if kept == text:
            return clean(body[:place])
        if len(kept) < len(text):
            break
    return clean(paragraphs(text))


def _chosen(texts: list[Words]) -> Words | None:
    """Choose the first text; of its alternatives the one in HTML."""
    first = next((one for one in texts if one.text.strip()), None)
    if first is None or not first.alternatives:
        return first
    return next((one for one in _alternatives(texts, first) if one.html), first)


def _alternatives(texts: list[Words], one: Words) -> list[Words]:
    """Give the texts that say the same as one of them."""
    return [each for each in texts if each.alternatives == one.alternatives and each.text.strip()]


def _subject(subject: str, arrival: Arrival, notes: list[str]) -> tuple[str, Signal, Kind]:
    """Part a subject into headline, signal and kind."""
    line = subject
    if answer := _ANSWER.match(line):
        notes.append(f"the subject begins with {answer[0].strip()}")
        line = _unanswered(line)
    kind: Kind = for_editors(subject) or "story"
    for pattern, signal in QUIRKS.get(arrival.provider, NONE).marks:
        if mark := pattern.match(line):
            return line[mark.end() :].strip(), signal, kind
    mark = _MARK.match(line)
    return (line[mark.end() :].strip(), _signal(mark[0]), kind) if mark else (line, "", kind)


def _signal(mark: str) -> Signal:
    if CORRECTS.match(mark) or mark.lower().startswith("korr"):
        return "correction"
    if mark.lower().startswith("refile"):
        return "refile"
    if REPEATS.match(mark):
        return "repeat"
    return "update" if UPDATES.search(mark) else ""


def _automatic(letter: Letter, notes: list[str]) -> bool:
    """Say whether a machine answered (RFC 3834)."""
    said = [header(letter.message, name).lower() for name in _AUTOMATIC]
    if any(one and one != "no" for one in said):
        notes.append("a machine's answer, no story")
        return True
    return False
