"""The words of an item: headline, standfirst, body, note."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from wireroom.formats.bodies.clean import clean_and_read
from wireroom.formats.bodies.text import paragraphs, plain, seen, text_of
from wireroom.formats.item import Signal
from wireroom.formats.providers.quirks import NONE, Quirk
from wireroom.formats.values.statuses import word

from .fields import Fields

#: A headline made of the text is at most so long.
LONGEST: Final = 100
_MARKUP: Final = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|li|a|em|strong|b|i|table|img)\b[^>]*>")
_SENTENCE: Final = re.compile(r"[.!?…。।](?=\s|$)|\n\n")
_MIMES: Final = {"html": "text/html", "xhtml": "application/xhtml+xml", "text": "text/plain"}
_MAIN: Final = frozenset({"", "main", "headline", "default"})
_ABSTRACT: Final = frozenset(
    {"", "main", "summary", "abstract", "description", "lead", "text", "html"}
)
_NO_ABSTRACT: Final = frozenset({"caption", "creditline", "editornotes", "ednote", "alt"})
#: Of 1.x: markup before plain text.
_BODIES: Final = ("html", "xhtml", "main", "text")


NO_MARKS: Final = NONE


class Said(NamedTuple):
    """One of several texts of an item."""

    role: str
    mime: str
    value: str

    @property
    def html(self) -> bool:
        """Say whether it is markup."""
        if self.mime:
            return "html" in self.mime or self.mime.endswith(("/xml", "+xml"))
        return bool(_MARKUP.search(self.value))


def headline(fields: Fields, quirk: Quirk) -> tuple[str, Signal]:
    """Give the headline without its mark, and what the mark says."""
    found = fields.line("headline") or _main(list(_texts(fields, "headline", "headlines")), _MAIN)
    found = found or fields.line("title")
    return unmarked(found, quirk)


def unmarked(headline: str, quirk: Quirk) -> tuple[str, Signal]:
    """Give a headline without its provider's mark, and what that says."""
    for pattern, signal in quirk.marks:
        if mark := pattern.match(headline):
            return headline[mark.end() :].strip(), signal
    return headline, ""


def first_sentence(text: str, notes: list[str]) -> str:
    """Make a headline of the text's first sentence."""
    end = _SENTENCE.search(text)
    sentence = text[: end.end()].strip() if end else text.strip()
    if len(sentence) > LONGEST:
        sentence = sentence[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
    if sentence:
        notes.append("no headline: the first sentence stands for it")
    return " ".join(sentence.split())


def standfirst(fields: Fields) -> str:
    """Give the summary as plain words."""
    said = [
        one
        for one in _texts(fields, "description", "descriptions")
        if not _NO_ABSTRACT.intersection(one.role.split("_"))
    ]
    return _main(said, _ABSTRACT)


def described(fields: Fields, *roles: str) -> str:
    """Give a description of one of these roles, the first named first."""
    said = {one.role: one.value for one in _texts(fields, "description", "descriptions")}
    return next((plain(said[role]) for role in roles if role in said), "")


def body(fields: Fields, base: str) -> tuple[str, str]:
    """Give the body, cleaned, and its text."""
    said = list(_texts(fields, "body", "bodies"))
    if not said:
        return "", ""
    one = said[0] if len(said) == 1 else _foremost(said)
    if one.html:
        return clean_and_read(one.value, base=base)
    html = paragraphs(one.value)
    return html, text_of(html)


def ednote(fields: Fields) -> str:
    """Give all that is addressed to editors, joined by blank lines."""
    notes: list[str] = []
    for value in fields.all("ednote", "ednotes", "editorialnote", "description_editornotes"):
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                fields.odd("ednote", one)
                inner = fields.inner(one)
                notes.append(inner.text("text", "value", "ednote"))
            elif isinstance(one, str):
                notes.append(one)
            else:
                fields.odd("ednote", one)
    kept = (seen(text_of(one) if _MARKUP.search(one) else one).strip() for one in notes)
    return "\n\n".join(dict.fromkeys(one for one in kept if one))


def _texts(fields: Fields, old: str, new: str) -> Iterator[Said]:
    """Yield an item's texts of one sort, of all generations."""
    for one in fields.objects(new):
        value = one.text("value", "name")
        if value:
            mime = one.text("contenttype").lower().partition(";")[0]
            yield Said(word(one.text("role")), mime, value)
    for role, value in fields.extensions(old):
        yield Said(role, _MIMES.get(role.rpartition("_")[2], ""), value)


def _foremost(said: list[Said]) -> Said:
    """Choose the body: of a main role, markup before plain text."""
    ranked = [one for role in _BODIES for one in said if one.role == role]
    main = [one for one in said if one.role in _MAIN]
    return next(iter([*(one for one in main if one.html), *main, *ranked, *said]))


def _main(said: list[Said], roles: frozenset[str]) -> str:
    """Give the text of a main role, or the first there is, as plain words."""
    for one in (*[one for one in said if one.role in roles], *said):
        if words := plain(text_of(one.value) if one.html else one.value):
            return words
    return ""
