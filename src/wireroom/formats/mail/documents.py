"""What a mail gives: the items of what is attached, else the mail itself."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from email.message import Message
from typing import Final

from wireroom.formats.bodies.text import seen
from wireroom.formats.document import Arrival, Document, Rejected
from wireroom.formats.errors import Unreadable
from wireroom.formats.feeds.entries import KEPT
from wireroom.formats.item import Item

from .covering import NONE, Covering, covered, covering
from .letters import Attached, Letter, opened, parsed
from .senders import admit
from .story import story

#: Messages in messages, at most.
DEPTH: Final = 4

#: How a document of another format is read, and how its items are found with their bytes.
Parse = Callable[[bytes, str, Arrival], Document]
Trace = Callable[[bytes, str, Arrival], Iterator[tuple[Item, bytes]]]


def read(raw: bytes, arrival: Arrival, parse: Parse) -> Document:
    """Read a mail; ``parse`` reads what is attached.

    Attached documents and messages are what the mail brings, and it is their envelope; a
    mail without any is a story itself. What the words of an envelope forbid waits for a
    person.

    Raises:
        Unreadable: It is no mail, has no Message-ID, its channel does not name its sender, or
            nothing in it can be read.
    """
    envelope = parsed(raw)
    admit(envelope, arrival)
    items: list[Item] = []
    rejected: list[Rejected] = []
    for letter, said in _letters(envelope, rejected):
        if letter.documents:
            found: list[Item] = []
            for one in letter.documents:
                _take(one, letter, arrival, parse, found, rejected)
            items += [covered(item, said, arrival.received) for item in found]
        elif not letter.letters:
            try:
                items.append(covered(story(letter, arrival), said, arrival.received))
            except Unreadable as error:
                rejected.append(_rejected(letter.message, str(error), raw))
    if not items and len(rejected) == 1:
        raise Unreadable(rejected[0].reason)
    placed = tuple(replace(one, position=place) for place, one in enumerate(rejected))
    return Document(format="mail", items=tuple(items), rejected=placed)


def traced(raw: bytes, arrival: Arrival, trace: Trace) -> Iterator[tuple[Item, bytes]]:
    """Yield each item that can be read, with its bytes; a story has the mail's."""
    for letter, _ in _letters(parsed(raw), []):
        for one in letter.documents:
            with suppress(Unreadable):
                yield from trace(one.raw, one.format, _within(arrival, one))
        if not letter.documents and not letter.letters:
            with suppress(Unreadable):
                yield story(letter, arrival), raw


def _letters(message: Message, rejected: list[Rejected]) -> Iterator[tuple[Letter, Covering]]:
    """Yield a message and those attached to it, within a bound of depth.

    With each comes what covers its items: for a story, the words of the mails it came in.
    """
    waiting = [(message, 0, NONE)]
    while waiting:
        one, depth, said = waiting.pop(0)
        try:
            letter = opened(one)
            documents = [each for each in letter.documents if each.format != "mail"]
            inner = [parsed(each.raw) for each in letter.documents if each.format == "mail"]
        except Unreadable as error:
            rejected.append(_rejected(one, str(error), b""))
            continue
        letter.documents, letter.letters = documents, [*letter.letters, *inner]
        if letter.letters and depth == DEPTH:
            reason = f"messages in messages, more than {DEPTH} deep"
            rejected.append(_rejected(one, reason, b""))
            continue
        if letter.documents or letter.letters:
            said = covering(letter, said)
        waiting += [(each, depth + 1, said) for each in letter.letters]
        yield letter, said


def _take(  # noqa: PLR0917 (where it comes from, and where it goes)
    one: Attached,
    letter: Letter,
    arrival: Arrival,
    parse: Parse,
    items: list[Item],
    rejected: list[Rejected],
) -> None:
    """Read an attached document; one that cannot be read costs itself alone."""
    try:
        found = parse(one.raw, one.format, _within(arrival, one))
    except Unreadable as error:
        reason = f"attached {one.name}: {error}"
        rejected.append(Rejected(position=0, name=one.name, reason=reason, raw=one.raw[:KEPT]))
        return
    notes = [seen(note) for note in (f"attached to a mail as {one.name}", *letter.notes)]
    items += [replace(item, notes=(*item.notes, *notes)) for item in found.items]
    rejected += found.rejected


def _within(arrival: Arrival, one: Attached) -> Arrival:
    return replace(arrival, charset=one.charset)


def _rejected(message: Message, reason: str, raw: bytes) -> Rejected:
    name = str(message.get("message-id", ""))[:200]
    return Rejected(position=0, name=name, reason=reason, raw=(raw or _bytes(message))[:KEPT])


def _bytes(message: Message) -> bytes:
    """Write a message again; what cannot be written has its headers alone."""
    try:
        return message.as_bytes()
    except (ValueError, LookupError, TypeError, KeyError):
        return str(message.items()).encode("utf-8", "replace")
