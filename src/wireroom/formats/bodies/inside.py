"""What stands inside an XML element, as HTML: names without prefixes, addresses resolved."""

import re
from html import escape
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from wireroom.formats.syntax.namespaces import BASE, local

#: HTML's elements without an end.
VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "source", "track", "wbr")
)
#: Markup without attributes but those of links, as libxml2 writes it: nothing is to be changed.
_PLAIN: Final = re.compile(
    r"(?:[^<]*+<(?:/?(?:p|h[1-6]|[biu]|em|strong|[uo]l|li|blockquote|table|thead|tbody|t[rhd]"
    r"|div|su[bp])>|a href=\"[^\"]+\"(?: rel=\"[^\"]*\")?>|/a>|(?P<void>[bh]r)/>))*+[^<]*+"
)
ADDRESSES: Final = frozenset(("href", "src", "cite", "poster", "longdesc"))
_SAYS_BASE: Final = etree.XPath("boolean(//@xml:base)")


class Bases:
    """What relative addresses of a document are held against."""

    def __init__(self, root: etree._Element, address: str, text: bytes = b"xml:base") -> None:
        """Look for bases; ``text`` are the document's characters where the caller has them."""
        self.address = address
        #: Few documents say xml:base; the others are spared the search for it.
        self.stated = b"xml:base" in text and bool(_SAYS_BASE(root))

    def at(self, element: etree._Element) -> str:
        """Give the base at an element: nested xml:base, else where the document came from."""
        if not self.stated:
            return self.address
        found = self.address
        for one in (*reversed(list(element.iterancestors())), element):
            found = joined(found, (one.get(BASE) or "").strip())
        return found

    def href(self, element: etree._Element, address: str) -> str:
        """Make an address of an element absolute, as far as the document says how."""
        return joined(self.at(element), address.strip())


def joined(base: str, address: str) -> str:
    """Resolve an address; what cannot be resolved stays as it is."""
    if not address:
        return base
    if address.startswith(("https://", "http://")) and "/." not in address:
        return address  # the rule; urljoin would give it back, but slowly
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address


def text(element: etree._Element) -> str:
    """Give an element's characters, those of elements inside it too, trimmed."""
    if len(element):
        return "".join(str(one) for one in element.itertext()).strip()
    return (element.text or "").strip()


def plainly(element: etree._Element) -> str | None:
    """Write what stands inside an element, where libxml2 writes it as HTML by itself; else None.

    That is most of the bodies of wires: plain names of one vocabulary, without prefixes,
    and no attributes but the addresses of links.
    """
    said = etree.tostring(element, encoding="unicode", with_tail=False)
    end = said.rfind("</")
    begin = said.find(">", 0, end) + 1
    said = said[begin:end] if begin else ""
    found = None if "&" in said and "&#" in said else _PLAIN.fullmatch(said)
    if found is None:
        return None
    return said.replace("<br/>", "<br>").replace("<hr/>", "<hr>") if found["void"] else said


def inner(element: etree._Element, bases: Bases) -> str:
    """Write what stands inside an element as HTML."""
    if len(element) and not bases.stated and (said := plainly(element)) is not None:
        return said
    written: list[str] = [escape(element.text or "", quote=False)]
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if one is element:
            continue
        tag = local(one.tag)
        if event == "start":
            written.append(f"<{tag}{_attributes(one, bases)}>")
            written.append(escape(one.text or "", quote=False))
        else:
            if tag not in VOID:
                written.append(f"</{tag}>")
            written.append(escape(one.tail or "", quote=False))
    return "".join(written)


def _attributes(element: etree._Element, bases: Bases) -> str:
    written = []
    for key, value in ((str(k), str(v)) for k, v in element.attrib.items()):
        if key.startswith("{"):
            continue
        said = bases.href(element, value) if bases.stated and key in ADDRESSES else value
        written.append(f' {key}="{escape(said)}"')
    return "".join(written)
