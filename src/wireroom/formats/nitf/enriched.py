"""A cleaned body as NITF (3.6: ``body.content``, enriched text, block content).

Every heading is an ``hl2``, all that is stressed an ``em``. Words that stand in no paragraph
are given one where NITF asks for it, and a block inside a line becomes a part of the line.
What NITF has no element for leaves its words: ``code``, ``small``, ``s``, ``del``, ``time``.
"""

from typing import Final

from lxml import etree

from wireroom.formats.elements import add
from wireroom.formats.syntax.namespaces import local

#: Elements of HTML that NITF calls otherwise; the others it calls the same.
NAMES: Final = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "hl2"),
    "blockquote": "bq",
    **dict.fromkeys(("strong", "b", "i", "u", "ins", "cite"), "em"),
}
BLOCKS: Final = frozenset(
    (
        *("p", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot"),
        *("tr", "th", "td", "pre", "hr", "hl2", "bq"),
    )
)
#: Blocks that say nothing but that they are apart.
DIVISIONS: Final = frozenset({"div", "figure", "figcaption"})
#: What stands in a line.
INLINE: Final = frozenset({"em", "a", "br", "q", "sub", "sup"})
#: What holds a line and nothing else; of ``pre``, ``sub`` and ``sup`` the words alone.
LINES: Final = frozenset({"p", "hl2", "dt", "em", "a", "q", "num"})
WORDS: Final = frozenset({"pre", "sub", "sup"})
#: What these hold by themselves: anything else inside is given one.
WANTED: Final = {
    "body.content": "p",
    "block": "p",
    "dd": "p",
    "ul": "li",
    "ol": "li",
    "dl": "dd",
    "bq": "block",
    "table": "tr",
    "thead": "tr",
    "tbody": "tr",
    "tfoot": "tr",
    "tr": "td",
}
#: What holds words and blocks beside each other.
MIXED: Final = frozenset({"li", "td", "th", "caption"})
#: What may hold blocks.
FLOW: Final = frozenset({"body.content", "block", "dd", *MIXED})
#: Where the parts of a structure stand.
HOMES: Final = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "th": {"tr"},
    "td": {"tr"},
}
#: HTML's parts of a structure that hold nothing by themselves.
EMPTY: Final = frozenset({"ul", "ol", "dl", "tr", "thead", "tbody", "tfoot", "bq"})


def write(body: etree._Element, content: etree._Element) -> None:
    """Write the elements inside a body of XHTML into ``body.content``, in linear time."""
    page = _Page(content)
    page.say(body.text)
    for event, one in etree.iterwalk(body, events=("start", "end")):
        if one is body:
            continue
        if event == "start":
            page.begin(local(str(one.tag)), dict(one.attrib))
            page.say(one.text)
        else:
            page.end(local(str(one.tag)))
            page.say(one.tail)
    _tidy(content)


class _Page:
    """Where the next words go."""

    def __init__(self, content: etree._Element) -> None:
        #: What is open, one for each open element of the body.
        self.open = [content]
        #: Elements that were made because they were wanted, and may take more words.
        self.made: dict[etree._Element, etree._Element] = {}

    @property
    def here(self) -> etree._Element:
        return self.open[-1]

    def say(self, words: str | None) -> None:
        """Write words where they may stand; spaces between blocks are dropped."""
        if not words:
            return
        if not words.strip() and _name(self.here) in WANTED and self.here not in self.made:
            return
        home = self._line()
        last = _last(home)
        if last is None:
            home.text = (home.text or "") + words
        else:
            last.tail = (last.tail or "") + words

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element of HTML."""
        name = NAMES.get(tag, tag)
        if name in INLINE:
            self.open.append(self._inline(name, attributes))
            return
        if name not in BLOCKS:
            self._part(tag)
            self.open.append(self.here)
            return
        home = self._block(name)
        if home is None:
            self._part(tag)
            self.open.append(self.here)
        else:
            self.made.pop(self.here, None)
            self.open.append(add(home, name, **_said(name, attributes)))

    def end(self, tag: str) -> None:
        """End it; what comes after a block begins a line of its own."""
        if self.open.pop() is self.here:
            self._part(tag)
        elif NAMES.get(tag, tag) in BLOCKS:
            self.made.pop(self.here, None)

    def _part(self, tag: str) -> None:
        """Part what comes from the words before it, where a block's own element does not."""
        if NAMES.get(tag, tag) not in BLOCKS | DIVISIONS:
            return
        here = self.here
        self.made.pop(here, None)
        if _name(here) in WORDS:
            self.say("\n")
        elif _name(here) in LINES | MIXED and (here.text or _last(here) is not None):
            add(here, "br")

    def _line(self) -> etree._Element:
        """Find or make what words may stand in."""
        home = self.here
        while wanted := WANTED.get(_name(home)):
            if home not in self.made:
                self.made[home] = add(home, wanted)
            home = self.made[home]
        return home

    def _inline(self, name: str, attributes: dict[str, str]) -> etree._Element:
        home = self._line()
        if _name(home) in WORDS:
            if name == "br":
                self.say("\n")
            return home
        if name in {"sub", "sup"}:
            home = add(home, "num")
        return add(home, name, **_said(name, attributes))

    def _block(self, name: str) -> etree._Element | None:
        """Find or make what a block may stand in; None inside a line."""
        home = self.here
        while _name(home) not in HOMES.get(name, FLOW):
            wanted = WANTED.get(_name(home), "")
            if not wanted or wanted in LINES or (name in HOMES and wanted not in HOMES[name]):
                return None
            home = add(home, wanted)
        return home


def _last(element: etree._Element) -> etree._Element | None:
    """Give the last of an element's children; counting them takes time for each."""
    return next(element.iterchildren(reversed=True), None)


def _name(element: etree._Element) -> str:
    return local(str(element.tag))


def _said(name: str, attributes: dict[str, str]) -> dict[str, str]:
    """Give what NITF knows of an element's attributes."""
    kept = {"a": ("href", "title"), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan")}
    said = {key: attributes[key] for key in kept.get(name, ()) if key in attributes}
    if name == "ol" and "start" in attributes:
        said["seqnum"] = attributes["start"]
    return said


def _tidy(content: etree._Element) -> None:
    """Bring tables into the order of NITF, and drop lists and rows that hold nothing."""
    for one in reversed(list(content.iter(etree.Element))):
        if _name(one) == "table":
            _ordered(one)
        if _name(one) in EMPTY and _last(one) is None:
            parent = one.getparent()
            if parent is not None and parent is not one:
                _without(parent, one)


def _without(parent: etree._Element, one: etree._Element) -> None:
    """Take an element away, and leave what comes after it."""
    before = one.getprevious()
    if one.tail and before is not None:
        before.tail = (before.tail or "") + one.tail
    elif one.tail:
        parent.text = (parent.text or "") + one.tail
    parent.remove(one)


def _ordered(table: etree._Element) -> None:
    """Order a table: caption, head, foot, and one body."""
    parts: dict[str, list[etree._Element]] = {}
    for one in table:
        parts.setdefault(_name(one), []).append(one)
    heads, foots = parts.get("thead", []), parts.get("tfoot", [])
    bodies = [*heads[1:], *parts.get("tbody", []), *foots[1:]]
    rows = [row for part in bodies for row in part] + parts.get("tr", [])
    for one in list(table):
        table.remove(one)
    table.extend([*parts.get("caption", [])[:1], *heads[:1], *foots[:1]])
    add(table, "tbody").extend(rows)
