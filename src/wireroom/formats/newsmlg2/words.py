"""The words of an item: headline, standfirst, note, and the text that stands inside it."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

from wireroom.formats.bodies.clean import clean_and_read
from wireroom.formats.bodies.inside import inner
from wireroom.formats.bodies.repeated import unrepeated
from wireroom.formats.bodies.text import paragraphs, text_of
from wireroom.formats.item import Signal
from wireroom.formats.newsroom.ednotes import gathered
from wireroom.formats.nitf import html_of
from wireroom.formats.providers.agencies import Agency
from wireroom.formats.providers.quirks import Quirk
from wireroom.formats.syntax.namespaces import local
from wireroom.formats.values.statuses import word_of

from .sheet import Sheet

_MAIN: Final = frozenset({"", "main"})
#: Roles of descriptions that stand above a text, the first before the others.
_ABSTRACTS: Final = ("summary", "abstract", "teaser", "lead", "")
#: Parts of a page of XHTML that tell again what the item's own fields say.
_APART: Final = ("{*}head", "{*}header", "{*}footer", "{*}nav")
_ROOTS: Final = frozenset({"html", "body", "div", "section", "article", "p"})


@dataclass(frozen=True, slots=True)
class Body:
    """An item's text, cleaned."""

    html: str
    text: str
    #: The headline that the text itself carries.
    headline: str = ""


NOTHING: Final = Body("", "")


def headline(sheet: Sheet, quirk: Quirk, agency: Agency) -> tuple[str, Signal]:
    """Give the headline without its mark, and what the mark says."""
    said = [
        (rank, not sheet.spoken(one), place, words)
        for place, one in enumerate(sheet.about("headline"))
        if _role(sheet, one) in _MAIN
        and (rank := _rank(one)) != agency.kicker
        and (words := sheet.words(one))
    ]
    return marked(min(said)[-1] if said else "", quirk)


def kicker(sheet: Sheet, agency: Agency) -> str:
    """Give the headline that only sorts the story, where the agency writes one."""
    if agency.kicker is None:
        return ""
    return sheet.first(one for one in sheet.about("headline") if _rank(one) == agency.kicker)


def marked(found: str, quirk: Quirk) -> tuple[str, Signal]:
    """Part a headline from its mark."""
    for pattern, signal in quirk.marks:
        if (mark := pattern.match(found)) and mark.end() < len(found):
            return found[mark.end() :].strip(), signal
    return found, ""


def described(sheet: Sheet, *roles: str) -> str:
    """Give the description of one of these roles, the first named first."""
    said: dict[str, str] = {}
    found = sheet.about("description")
    if len(found) > 1:
        found = sorted(found, key=lambda one: not sheet.spoken(one))
    for one in found:
        if words := sheet.words(one):
            said.setdefault(_role(sheet, one), words)
    return next((said[role] for role in roles if role in said), "")


def standfirst(sheet: Sheet) -> str:
    """Give the summary."""
    return described(sheet, *_ABSTRACTS)


def caption(sheet: Sheet) -> str:
    """Give what stands beneath a picture."""
    return described(sheet, "caption", "", "summary")


def ednote(sheet: Sheet) -> str:
    """Give all that is addressed to editors."""
    return gathered(sheet.lines(one) for one in sheet.meta("edNote"))


def body(sheet: Sheet, base: str, *, repeated: tuple[str, ...], dateline: str) -> Body:
    """Give the first text that stands inside, cleaned; empty where it stands elsewhere."""
    for content in (one for each in sheet.top("contentSet") for one in _contents(sheet, each)):
        html, own = _html(sheet, content)
        if not html.strip():
            continue
        cleaned, text = clean_and_read(html, base=base)
        made = unrepeated(cleaned, (*repeated, own), dateline)
        if text := text if made == cleaned else text_of(made):
            return Body(made, text, own)
    return NOTHING


def _contents(sheet: Sheet, content_set: etree._Element) -> list[etree._Element]:
    found = sheet.children(content_set, "inlineXML", "inlineData")
    for one in sheet.children(content_set, "alternative"):
        found += sheet.children(one, "inlineXML", "inlineData")
    return [one for one in found if one.get("hascontent", "true").strip() not in {"false", "0"}]


def _html(sheet: Sheet, content: etree._Element) -> tuple[str, str]:
    """Write one content as HTML, whatever its type says; and the headline inside it."""
    if sheet.name(content) == "inlineData":
        return _data(content), ""
    html, headline = "", ""
    for one in content:
        name = local(str(one.tag))
        if name == "nitf" or name.startswith("body."):
            html += html_of(one)
            headline = headline or next(
                (said for each in _named(one, "hl1") if (said := sheet.words(each))), ""
            )
        elif name in _ROOTS:
            html += _page(sheet, one)
        else:
            sheet.notes.append(f"a content in no vocabulary of text: {name[:100]}")
    if not len(content) and (content.text or "").strip():
        html = _data(content)
    return html, headline


def _named(element: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in element.iter(etree.Element) if local(str(one.tag)) == name]


def _data(content: etree._Element) -> str:
    """Read characters: plain text, or markup that is escaped."""
    said = content.text or ""
    kind = (content.get("contenttype") or "").lower()
    if content.get("encoding") or content.get("encodinguri"):
        return ""  # no text, whatever it is
    return said if "html" in kind or "xml" in kind else paragraphs(said)


def _page(sheet: Sheet, root: etree._Element) -> str:
    """Write the text of a page of XHTML."""
    top = next(root.iterchildren("{*}body"), root)
    if local(str(top.tag)) != "body":
        return _whole(sheet, top)
    apart = set(top.iterchildren(*_APART))
    if not apart and not top.text and not any(one.tail for one in top):
        return inner(top, sheet.bases)  # as most are: nothing goes, nothing stands between
    parts = [one for one in top if one not in apart]
    bare = paragraphs(top.text or "")
    return bare + "".join(_whole(sheet, one) + paragraphs(one.tail or "") for one in parts)


def _whole(sheet: Sheet, element: etree._Element) -> str:
    name = local(str(element.tag))
    said = inner(element, sheet.bases)
    return said if name in {"html", "body"} else f"<{name}>{said}</{name}>"


def _role(sheet: Sheet, element: etree._Element) -> str:
    word = sheet.codes.word(element, "role")
    return word_of(word) if word else ""


def _rank(element: etree._Element) -> int:
    said = (element.get("rank") or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0  # noqa: PLR2004 (a sane number)
