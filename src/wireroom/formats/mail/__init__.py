"""Mail (RFC 5322, MIME): an envelope around documents of other formats, or a story by itself.

letters    one message to its texts, documents, attached messages, pictures
| documents  attached documents, each read by the reader of its format
| story      else the mail itself: subject, text, sender; it waits for a person
    senders    who sent it, and whether its channel names that sender
    headers    words and names in headers (RFC 2047)
    tails      signature, quoted replies, legal notices: not the story's text
brought    a glance at what is attached, before anybody reads it
"""

from .documents import read, traced

__all__ = ["read", "traced"]
