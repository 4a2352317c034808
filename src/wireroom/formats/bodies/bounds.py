"""How much markup a body may have before its cleaning would cost too much.

A cleaner builds a tree, and hostile markup makes that quadratic. What is counted here is
never less than what a browser's parser would open; where the two could differ, this
counts more.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from .markup import ATTRIBUTE, RAW, VOID, parted, tag_name, tags

BODY: Final = 512 * 1024
#: Characters of which the words are kept where markup is beyond these bounds.
WORDS: Final = 2 * BODY
DEPTH: Final = 200
ATTRIBUTES: Final = 64
ATTRIBUTE_BYTES: Final = 8 * 1024
#: Elements that come back in each later paragraph until they are closed.
FORMATS: Final = 32
TAGS: Final = 20_000
#: So few tags cannot go deeper than they may, nor make formats come back too often.
FEW: Final = DEPTH
#: Joining text around references is quadratic in the cleaner.
REFERENCES: Final = 65_536

#: An attribute takes three characters at least, with the space before it.
_SHORT: Final = 2 * ATTRIBUTES
#: Closed by themselves, or no deeper than their table.
_FLAT: Final = VOID | frozenset(
    ["p", "tr", "thead", "tbody", "tfoot", "colgroup", "option", "html", "head", "body"]
)
_FORMATTING: Final = frozenset(
    [
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    ]
)
#: End tags that close all that is open inside their element.
_CLOSING: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "header",
        "hgroup",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "pre",
        "search",
        "section",
        "summary",
        "ul",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dd",
        "dt",
        "table",
        "td",
        "th",
        "caption",
    ]
)
#: What an end tag from inside cannot see past.
_WALLS: Final = frozenset(
    [
        "table",
        "td",
        "th",
        "caption",
        "button",
        "marquee",
        "object",
        "applet",
        "template",
        "svg",
        "math",
        "select",
        "form",
    ]
)
_ITEMS: Final = frozenset({"li", "dd", "dt"})
_CELLS: Final = frozenset({"td", "th", "caption"})
#: Once one of these has begun, browsers part tags by rules that are not followed here.
_FOREIGN: Final = frozenset(["svg", "math", "template", "select", "plaintext", "frameset"])


def within(html: str) -> bool:
    """Say whether HTML can be cleaned at a bounded cost."""
    return brief(html) and shallow(html, parted(html))


def brief(html: str) -> bool:
    """Say whether HTML is short enough to be looked at closely."""
    if len(html) <= TAGS:
        return True
    size = len(html) if html.isascii() else len(html.encode(errors="replace"))
    return size <= BODY and html.count("&") <= REFERENCES and html.count("<") <= TAGS


def shallow(html: str, pieces: Sequence[str] | None) -> bool:
    """Say whether no tag has too many attributes and no element stands too deep.

    ``pieces`` are what ``parted`` makes of it.
    """
    if pieces is None:
        return _shallow(html)
    return len(pieces) // 2 <= FEW or _plainly_shallow(pieces[1::2])


def settled(html: str) -> bool:
    """Say the same of what a cleaner wrote, where every ``<`` begins a tag with few attributes."""
    return (html.count("<") <= FEW and len(html) <= BODY // 4) or within(html)


def _shallow(html: str) -> bool:
    """Say it of tags however they are written."""
    tree = _Tree()
    for tag in tags(html):
        if (name := tag["name"]) is None:
            tree.comment(tag[0])
        elif tag["slash"]:
            tree.end(name.lower())
        elif not (_modest(tag["attributes"]) and tree.begin(name.lower())):
            return False
    return True


def _plainly_shallow(plain: Iterable[str]) -> bool:
    """Say the same of tags whose attributes are few and short."""
    tree = _Tree()
    for tag in plain:
        name = tag_name(tag)
        if name[0] == "/":
            tree.end(name[1:])
        elif not tree.begin(name):
            return False
    return True


def _modest(attributes: str) -> bool:
    """Say whether the attributes of a tag are few and short."""
    if len(attributes) < _SHORT:
        return True
    found = ATTRIBUTE.findall(attributes)
    return len(found) <= ATTRIBUTES and all(len(one) <= ATTRIBUTE_BYTES for one in found)


class _Tree:
    """What is open at a place in a document, at most."""

    __slots__ = ("formats", "raw", "stack", "strict")

    def __init__(self) -> None:
        self.stack: list[str] = []
        self.formats = 0
        #: The element that takes all tags for text, if one is open.
        self.raw = ""
        #: End tags are believed no more.
        self.strict = False

    def comment(self, text: str) -> None:
        """Pass a comment; in a script it makes the script's end uncertain."""
        if self.raw == "script" and text.startswith("<!--"):
            self.strict = True

    def begin(self, name: str) -> bool:
        """Open an element and say whether that is still shallow."""
        if name in RAW:
            self.raw = self.raw or name
        elif name in _FOREIGN:
            self.strict = True
        stack = self.stack
        if name in _CELLS and self._next_cell():
            return True
        if name in _FLAT or (name in _ITEMS and stack and stack[-1] == name):
            return True
        stack.append(name)
        self.formats += name in _FORMATTING
        return self.formats <= FORMATS and len(stack) <= DEPTH

    def _next_cell(self) -> bool:
        """Close what is open in the cell before, if there is one in this table."""
        for place in range(len(self.stack) - 1, -1, -1):
            if self.stack[place] == "table":
                return False
            if self.stack[place] in _CELLS:
                self.formats -= sum(one in _FORMATTING for one in self.stack[place + 1 :])
                del self.stack[place + 1 :]
                return True
        return False

    def end(self, name: str) -> None:
        """Close what an end tag surely closes."""
        if name == self.raw:
            self.raw = ""
        if self.raw or self.strict or name in _FLAT:
            return
        stack = self.stack
        if stack and stack[-1] == name:
            stack.pop()
            self.formats -= name in _FORMATTING
        elif (place := self._place(name)) is not None:
            self.formats -= name in _FORMATTING
            if name in _CLOSING and name not in _CELLS:
                # Formats that are open inside come back after it.
                stack[place:] = [one for one in stack[place:] if one in _FORMATTING]
            else:
                del stack[place]

    def _place(self, name: str) -> int | None:
        """Find what an end tag closes; None when it may close nothing."""
        for place in range(len(self.stack) - 1, -1, -1):
            held = self.stack[place]
            if held == name:
                return place
            if held in _WALLS or (held in _CLOSING and name not in _CLOSING | _FORMATTING):
                return None
        return None
