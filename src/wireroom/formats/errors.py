"""What can go wrong with a document, and with one item of it."""


class Unreadable(Exception):
    """The document as a whole has nothing that can be read; the message says why."""
