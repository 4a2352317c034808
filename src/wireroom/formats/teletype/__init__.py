"""Teletype text: IPTC 7901 and ANPA 1312, as agencies still send them.

messages   one document to its messages, by the control characters between them
| header     service, number, priority; the line of keywords (iptc7901, anpa)
| heads      lines above the text: headline, byline, notes, words that forbid
| lines      wrapped lines to paragraphs; contacts under a border to the note
| trailer    when it was sent
| items      every item waits for a person: there is no safe id, no status, no version
"""

from . import anpa, iptc7901

__all__ = ["anpa", "iptc7901"]
