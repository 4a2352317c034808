"""How much markup a body may have before its cleaning would cost too much.

A cleaner builds a tree, and hostile markup makes that quadratic. What is counted here is
never less than what a browser's parser would open; where the two could differ, this
counts more.
"""

from typing import Final

from .markup import ATTRIBUTE, RAW, VOID, tags

BODY: Final = 512 * 1024
DEPTH: Final = 200
ATTRIBUTES: Final = 64
ATTRIBUTE_BYTES: Final = 8 * 1024
#: Elements that come back in each later paragraph until they are closed.
FORMATS: Final = 32
TAGS: Final = 20_000
#: Joining text around references is quadratic in the cleaner.
REFERENCES: Final = 65_536

#: An attribute takes three characters at least, with the space before it.
_SHORT: Final = 2 * ATTRIBUTES
#: Closed by themselves, or no deeper than their table.
_FLAT: Final = VOID | frozenset("p tr thead tbody tfoot colgroup option html head body".split())
_FORMATTING: Final = frozenset("a b big code em font i nobr s small strike strong tt u".split())
#: End tags that close all that is open inside their element.
_CLOSING: Final = frozenset(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption"
    " figure footer header hgroup listing main menu nav ol pre search section summary ul"
    " h1 h2 h3 h4 h5 h6 li dd dt table td th caption".split()
)
#: What an end tag from inside cannot see past.
_WALLS: Final = frozenset(
    "table td th caption button marquee object applet template svg math select form".split()
)
_CELLS: Final = frozenset({"td", "th", "caption"})
#: Once one of these has begun, browsers part tags by rules that are not followed here.
_FOREIGN: Final = frozenset("svg math template select plaintext frameset".split())


def within(html: str) -> bool:
    """Say whether HTML can be cleaned at a bounded cost."""
    if len(html) > BODY or (not html.isascii() and len(html.encode(errors="replace")) > BODY):
        return False
    if html.count("&") > REFERENCES or html.count("<") > TAGS:
        return False
    return _shallow(html)


def _shallow(html: str) -> bool:
    """Say whether no tag has too many attributes and no element stands too deep."""
    stack: list[str] = []
    formats = 0
    raw = ""
    strict = False
    for tag in tags(html):
        name = tag["name"]
        if name is None:
            strict = strict or (raw == "script" and tag[0].startswith("<!--"))
            continue
        name = name.lower()
        if tag["slash"]:
            if name == raw:
                raw = ""
            elif not raw and not strict:
                formats -= _close(stack, name)
            continue
        if not _modest(tag["attributes"]):
            return False
        if name in RAW:
            raw = raw or name
        elif name in _FOREIGN:
            strict = True
        if name in _FLAT or (name in {"li", "dd", "dt"} and stack and stack[-1] == name):
            continue
        stack.append(name)
        formats += name in _FORMATTING
        if formats > FORMATS or len(stack) > DEPTH:
            return False
    return True


def _modest(attributes: str) -> bool:
    """Say whether the attributes of a tag are few and short."""
    if len(attributes) < _SHORT:
        return True
    found = ATTRIBUTE.findall(attributes)
    return len(found) <= ATTRIBUTES and all(len(one) <= ATTRIBUTE_BYTES for one in found)


def _close(stack: list[str], name: str) -> int:
    """Take from the stack what an end tag surely closes; say how many formats that were."""
    if stack and stack[-1] == name:
        stack.pop()
        return name in _FORMATTING
    for place in range(len(stack) - 1, -1, -1):
        held = stack[place]
        if held == name:
            if name in _CLOSING and name not in _CELLS:
                # Formats that are open inside come back after it.
                stack[place:] = [one for one in stack[place:] if one in _FORMATTING]
            else:
                del stack[place]
            return name in _FORMATTING
        if held in _WALLS or (held in _CLOSING and name not in _CLOSING | _FORMATTING):
            return 0
    return 0
