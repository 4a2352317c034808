"""The words of an item: headline, standfirst, the text with its box, notes and notepad."""

import re
from typing import Final

from wireroom.formats.bodies.clean import clean_and_read
from wireroom.formats.bodies.repeated import unrepeated
from wireroom.formats.bodies.text import seen, text_of
from wireroom.formats.item import Signal
from wireroom.formats.newsroom.ednotes import gathered
from wireroom.formats.ninjs.fields import Fields
from wireroom.formats.providers.quirks import Quirk

_MARKUP: Final = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|li|a|em|strong|b|i|table)\b[^>]*>")
_SECTION: Final = re.compile(r'<section(?: class="[\w -]*+")?+>')
#: The parts of a notepad: all are for editors, those called public too.
_NOTEPAD: Final = ("header_html", "public_html", "nonpublic_html")


def headline(fields: Fields, quirk: Quirk) -> tuple[str, Signal]:
    """Give the headline without its mark, and what the mark says."""
    found = fields.line("headline")
    for pattern, signal in quirk.marks:
        if (mark := pattern.match(found)) and mark.end() < len(found):
            return found[mark.end() :].strip(), signal
    return found, ""


def standfirst(fields: Fields) -> str:
    """Give the teaser, else the second headline."""
    return fields.line("teaser", "subhead")


def caption(fields: Fields) -> str:
    """Give what describes a picture or a recording."""
    said = {
        one.text("role").rpartition(":")[2]: one.line("description", "name")
        for one in fields.objects("descriptions")
    }
    return said.get("caption", "")


def body(fields: Fields, base: str, repeated: tuple[str, ...]) -> tuple[str, str]:
    """Give text and box, cleaned, and as plain paragraphs."""
    html = _inside(fields.text("article_html") + fields.text("infobox_html"))
    if not html:
        return "", ""
    whole, text = clean_and_read(html, base=base)
    made = unrepeated(whole, repeated, fields.line("dateline"))
    return made, text if made == whole else text_of(made)


def _inside(html: str) -> str:
    """Take off the one section around a text: cleaning would, and has less to do without it."""
    begin = _SECTION.match(html)
    inside = html[begin.end() :].removesuffix("</section>") if begin else html
    return inside if begin and "section" not in inside.lower() else html


def ednote(fields: Fields) -> str:
    """Give all that is addressed to editors; what may be published of it is a note, too."""
    notes = [
        _lines(one.text("ednote", "name", "text")) for one in fields.objects("ednotes", "ednote")
    ]
    for one in fields.objects("notepad"):
        notes += [_lines(one.text(part)) for part in (*_NOTEPAD, "name")]
    return gathered(notes)


def _lines(said: str) -> str:
    """Give the words of a note, which may have lines."""
    if _MARKUP.search(said):
        return text_of(said)
    return "\n".join(" ".join(line.split()) for line in seen(said).strip().splitlines())
