"""The agency's tag after its text: ``(ANI)``, once."""

import re
from functools import cache
from html import escape

from wireroom.wire.models import Provider

#: Signs at the end of a body among which the tag is looked for.
LOOKED_AT = 500
SPACE = r"(?:\s|&nbsp;|<br\s*/?>)*"
#: Ends of elements, and nothing after them.
ENDS = rf"(?P<ends>(?:{SPACE}</[a-z0-9]+>)*){SPACE}$"
HOLLOW = re.compile(rf"{SPACE}<(?P<name>p|div|span|em|i|b|strong)>{SPACE}</(?P=name)>{ENDS}")


@cache
def _tagged(tag: str) -> re.Pattern[str]:
    """Find the tag where nothing but ends of elements follows."""
    words = r"(?:\s|&nbsp;)+".join(re.escape(escape(word, quote=False)) for word in tag.split())
    return re.compile(rf"{SPACE}[(\[]{SPACE}{words}{SPACE}[)\]]\.?{ENDS}", re.IGNORECASE)


def tag_of(provider: Provider) -> str:
    """Say what stands in the tag and the agency's line: its tag, else its name."""
    return provider.tag.strip() or provider.name


def unsigned(body: str, tag: str) -> str:
    """Take the tag off the end of a body, however often it stands there."""
    if not tag.strip():
        return body
    head, tail = body[:-LOOKED_AT], body[-LOOKED_AT:]
    while (found := _tagged(tag).search(tail)) is not None:
        tail = tail[: found.start()] + found["ends"]
        while (hollow := HOLLOW.search(tail)) is not None:
            tail = tail[: hollow.start()] + hollow["ends"]
    return head + tail
