"""What stands below a mail's text and is none of it: signature, replies, legal notices."""

import re
from typing import Final

from wireroom.formats.bodies.text import text_of

#: Paragraphs at the end that are looked at.
LAST: Final = 6
#: Signature (RFC 3676, section 4.3), alone on its line.
_SIGNATURE: Final = re.compile(r"^-- ?$", re.MULTILINE)
#: What introduces a quoted message: a line of its own.
_QUOTED: Final = re.compile(
    r"^(?:-{2,}\s*(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Message d'origine)"
    r"|On .{1,200}\bwrote:[ \t]*$|Am .{1,200}\bschrieb\b.{0,100}:[ \t]*$"
    r"|Le .{1,200}\ba écrit ?:[ \t]*$)",
    re.MULTILINE | re.IGNORECASE,
)
_REPLY: Final = re.compile(r"^(?:>.*)$", re.MULTILINE)
#: Where common programs put signatures and replies.
_IN_HTML: Final = re.compile(
    r"<(?:div|span|blockquote|pre|table)\b[^<>]{0,300}?(?:"
    r"(?:gmail|moz|yahoo)_?-?(?:signature|quote|cite)|\btype=[\"']?cite|divRplyFwdMsg|OutlookSignature)"
    r"|(?<=>)\s*-- ?\s*(?=<br|</)",
    re.IGNORECASE,
)
#: What begins the notices that lawyers put under each mail.
LEGAL: Final = re.compile(
    r"(?:this|the (?:information|content)s?.{0,40}\bin this) (?:e-?mail|message|communication)\b"
    r".{0,300}\b(?:confidential|intended|privileged)"
    r"|confidentiality (?:notice|note)\b|disclaimer\b|to unsubscribe\b|unsubscribe\b"
    r"|you (?:are receiving|received) this (?:e-?mail|message)\b"
    r"|diese (?:e-?mail|nachricht)\b.{0,300}\bvertraulich"
    r"|ce (?:message|courriel)\b.{0,300}\bconfidentiel",
    re.IGNORECASE | re.DOTALL,
)


def plain_without(text: str, ednotes: list[str]) -> str:
    """Cut a plain text where its story ends; a signature is for editors.

    A mail that only hands another one on is kept whole.
    """
    whole = text
    if found := _QUOTED.search(text):
        text = text[: found.start()]
    if found := _SIGNATURE.search(text):
        below = text[found.end() :].strip()
        if below:
            ednotes.append(below)
        text = text[: found.start()]
    return _REPLY.sub("", text).rstrip() or whole


def html_without(html: str, ednotes: list[str]) -> str:
    """Cut a text in HTML where its story ends; what was a signature is for editors."""
    found = _IN_HTML.search(html)
    if not found:
        return html
    if "sign" in found[0].lower() or found[0].strip().startswith("--"):
        below = text_of(html[found.start() :][:20_000]).strip().removeprefix("--").strip()
        if below:
            ednotes.append(below)
    return html[: found.start()]


def legal_end(parts: list[str]) -> int:
    """Say where, among a text's last paragraphs, legal notices begin."""
    for place in range(max(1, len(parts) - LAST), len(parts)):
        if LEGAL.match(parts[place].strip(" *_-")[:1_000]):
            return place
    return len(parts)
