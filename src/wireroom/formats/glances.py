"""A look at bytes that says whether they seem to cancel, withhold or delete.

It decides only what is read first. It may be wrong in seeing too much, never in seeing
too little.
"""

import re
from typing import Final

from .mail.brought import CODED, brings

#: Words without which nothing is taken back, by how a document begins.
HINTS: Final = {
    b"<": (b"status", b"deleted-entry", b"draft"),
    b"{": (b"status", b"editorialtypes"),
    b"[": (b"status", b"editorialtypes"),
}
#: The same for whatever begins otherwise.
ANY: Final = (b"status", b"deleted-entry", b"draft", b"editorialtypes")
#: Signs at the beginning of a document in which its first one is looked for.
HEAD: Final = 400
#: A status that is not plainly usable, a tombstone, a draft.
ACTS: Final = re.compile(
    rb"""
      "pubstatus" \s*+ : \s*+ (?! null | " \s* (?: [\w.:/\#-]* [:/\#] )? (?: usable )? \s* " )
    | deleted-entry
    | < (?: [\w.-]+ : )? draft \b
    | "editorialtypes" \s*+ : [^\]]{0,400}? (?: kill | eliminat | disregard | withh )
    | < (?: [\w.-]+ : )? pubstatus \s [^>]{0,400}? (?: qcode | uri | literal ) \s*+ = \s*+ ["']
      (?! \s* (?: [\w.:/\#-]* [:/\#] )? usable \s* ["'] )
    | (?: pubstatus | management-(?:idref-)?status | < (?:\w+:)? (?: revision|future )? status ) \b
      [^>]{0,400}? (?: cancel | withh | embargo | \# )
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: Letters and the hyphen, written by number in JSON and in XML.
_IN_JSON: Final = re.compile(rb"\\u00(2d|[4-7][0-9a-fA-F])", re.IGNORECASE)


def glance(raw: bytes) -> bool:
    """Say whether a document seems to cancel, withhold or delete something.

    Of what may be a mail, that is also asked of what it brings.
    """
    text = raw.replace(b"\0", b"") if b"\0" in raw[:HEAD] else raw
    hints = HINTS.get(text[:HEAD].lstrip()[:1], ANY)
    if hints is ANY:  # whatever a mail brings in UTF-16, it begins in ASCII
        text = text.replace(b"\0", b"")
    if b"\\u00" in text:
        text = _IN_JSON.sub(lambda found: bytes.fromhex(found[1].decode()), text)
    small = text.lower()
    if any(hint in small for hint in hints) and ACTS.search(small):
        return True
    return hints is ANY and CODED in small and brings(text, small, glance)
