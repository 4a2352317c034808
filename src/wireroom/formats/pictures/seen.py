"""What the bytes of a picture say of themselves: the value that a worker answers with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture's kind and its size in pixels."""

    mime: str
    width: int
    height: int
    #: The bytes to keep, without the place; None where they are those that came.
    kept: bytes | None
