"""What an entry says: headline, standfirst, body, rights."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

from wireroom.formats.bodies.clean import clean_and_read
from wireroom.formats.bodies.text import paragraphs, plain
from wireroom.formats.item import Rights, Signal
from wireroom.formats.providers.quirks import Quirk

from .feed import Entry, Feed, Prose

#: Signs of HTML in a text that may be either.
MARKUP: Final = re.compile(r"</?[A-Za-z!]|&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}\d?);")
ESCAPED: Final = re.compile(r"&lt;/?[a-z]+[^&]*&gt;", re.IGNORECASE)
#: A headline made of a text's first sentence is at most so long.
HEADLINE: Final = 100
SENTENCE: Final = re.compile(r"(?<=[.!?…。।])\s")
BREAKS: Final = re.compile(r"(?:\s*<br\s*/?>\s*){2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """An entry's words, cleaned; ``raw`` is the body before cleaning, with its pictures."""

    headline: str
    standfirst: str
    body: str
    text: str
    raw: str
    signal: Signal = ""
    source: str = ""
    notice: str = ""
    #: What relative addresses in ``raw`` are held against, if the content says so.
    base: str = ""

    def rights(self, entry: Entry, feed: Feed) -> Rights:
        """Give the item's own rights, else those of its source, else of the feed."""
        source = entry.source.rights if entry.source else ""
        terms = entry.license or feed.license
        notice = entry.rights or source or feed.rights
        return Rights(notice=plain(notice), terms=terms) if notice or terms else NO_RIGHTS


NO_RIGHTS: Final = Rights()


def words(entry: Entry, base: str, quirk: Quirk, notes: list[str]) -> Words:
    """Take an entry's words apart and clean them."""
    content, summary = _parts(entry)
    raw = _html(content, quirk) if content else ""
    at = (content.base if content else "") or base
    body, text = clean_and_read(raw, base=at) if raw else ("", "")
    if quirk.tail:
        body, text = _one_tail(body, text, quirk.tail)
    standfirst = line(summary) if summary else ""
    if len(text) <= 2 * len(standfirst) and standfirst == " ".join(text.split()):
        standfirst = ""
    headline, signal = _headline(entry, quirk)
    if not headline and text:
        headline = _first_sentence(text)
        notes.append("no headline: the first sentence of the text")
    source = line(entry.source.title) if entry.source and entry.source.title else ""
    own = content.base if content else ""
    return Words(headline, standfirst, body, text, raw, signal, source, base=own)


def _parts(entry: Entry) -> tuple[Prose | None, Prose | None]:
    """Say which text is the body and which its summary; of several bodies the longest."""
    contents = [one for one in entry.contents if one.value]
    summary = entry.summary if entry.summary and entry.summary.value else None
    if summary and len(contents) == 1 and contents[0].second:
        text, other = sorted((contents[0], summary), key=lambda one: -len(one.value))
        return text, other
    if contents:
        return max(contents, key=lambda one: len(one.value)), summary
    if any(one.src for one in entry.contents):
        return None, summary  # what stands elsewhere is not fetched
    return summary, None


def _html(content: Prose, quirk: Quirk) -> str:
    value = content.value
    if content.writing == "plain" or not MARKUP.search(value):
        return paragraphs(value)
    if quirk.escaped_twice and ESCAPED.search(value) and "<" not in value:
        value = unescape(value)
    if "<p" not in value and "<P" not in value and BREAKS.search(value):
        parts = (part.strip() for part in BREAKS.split(value))
        value = "".join(f"<p>{part}</p>" for part in parts if part)
    return value


def line(said: Prose) -> str:
    """Give a plain field: one line, without tags."""
    return " ".join(said.value.split()) if said.writing == "plain" else plain(said.value)


def _headline(entry: Entry, quirk: Quirk) -> tuple[str, Signal]:
    said = line(entry.title) if entry.title else ""
    for mark, signal in quirk.marks:
        if (found := mark.match(said)) and found.end() < len(said):
            return said[found.end() :], signal
    return said, ""


def _first_sentence(text: str) -> str:
    first = SENTENCE.split(" ".join(text[: 4 * HEADLINE].split()), maxsplit=1)[0]
    if len(first) <= HEADLINE:
        return first
    return f"{first[: HEADLINE - 1].rpartition(' ')[0] or first[: HEADLINE - 1]}…"


def _one_tail(body: str, text: str, tail: str) -> tuple[str, str]:
    """Leave a tag that ends a body once."""
    twice = re.compile(rf"({re.escape(tail)})(?:(?:\s|</?p>)*{re.escape(tail)})+")
    return twice.sub(r"\1", body), twice.sub(r"\1", text)
