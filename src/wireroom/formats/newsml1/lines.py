"""The lines of a component, and of those above it where it has none (NewsML 1.2: ``NewsLines``)."""

from collections.abc import Sequence
from typing import Final

from lxml import etree

from wireroom.formats.syntax.namespaces import LANG
from wireroom.formats.values.statuses import QUOTED, word_of

from .tree import Tree

#: Types of line that are addressed to editors.
_EDITORS: Final = ("edit", "eds", "advis", "note", "contact", "desk", "nonpublish", "instruct")
_CAPTIONS: Final = frozenset({"caption", "photocaption", "picturecaption"})


class Lines:
    """Look lines up: the innermost component that has one says it."""

    def __init__(self, tree: Tree, within: Sequence[etree._Element], language: str = "") -> None:
        self.tree = tree
        #: The components that have lines.
        self.within = [one for one in within if "NewsLines" in tree.paths(one)]
        self.language = language

    def line(self, name: str) -> str:
        """Give a line; of several the one in the item's language, else the first."""
        found = self._found(name)
        if len(found) <= 1:
            return found[0][1] if found else ""
        own = self.language.partition("-")[0].lower()
        said = (words for one, words in found if own and _language(one) == own)
        return next(said, found[0][1])

    def lines(self, name: str) -> list[str]:
        """Give all lines of a name, each once."""
        return list(dict.fromkeys([words for _, words in self._found(name)]))

    def caption(self) -> str:
        """Give a line whose type says that it is a caption."""
        for one in self.within:
            for line, _ in self.tree.worded(one, "NewsLines/NewsLine"):
                if word_of(self.tree.formal(line, "NewsLineType")) in _CAPTIONS:
                    return self.tree.text(line, "NewsLineText")
        return ""

    def _found(self, name: str) -> list[tuple[etree._Element, str]]:
        """Give the lines of the innermost component that has one with words."""
        path = f"NewsLines/{name}"
        for one in self.within:
            if path in self.tree.paths(one) and (found := self.tree.worded(one, path)):
                return found
        return []


def _language(line: etree._Element) -> str:
    return (line.get(LANG) or "").partition("-")[0].lower()


def to_editors(tree: Tree, components: Sequence[etree._Element], notes: list[str]) -> list[str]:
    """Give the lines and comments of components that are addressed to editors."""
    found: list[str] = []
    for component in components:
        found += tree.texts(component, "Comment")
        for one in tree.all(component, "NewsLines/NewsLine"):
            kind = tree.formal(one, "NewsLineType")
            if word_of(kind).startswith(_EDITORS) or any(
                part in word_of(kind) for part in _EDITORS
            ):
                found += tree.texts(one, "NewsLineText")
            elif word_of(kind) not in _CAPTIONS:
                notes.append(f"a line of a type that is not read: {kind[:QUOTED]!r}")
    return found
