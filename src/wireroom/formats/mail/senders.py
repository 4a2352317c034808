"""Who sent a mail by its own word, and whether its channel names that sender.

The word is From (RFC 5322, section 3.6.2), which anybody can write: whether it is true is for
the mailbox to find out before a mail gets there (RFC 7489).
"""

import re
from email.message import Message
from typing import Final

from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable

from .headers import LONGEST

_DOMAIN: Final = r"(?=[^@]{1,253}\Z)[a-z0-9](?:[a-z0-9-]*+)(?:\.[a-z0-9][a-z0-9-]*+)*+"
#: What a channel may name: an address, or a domain; nothing that means more to a shell.
_NAMED: Final = re.compile(rf"(?:[a-z0-9_][a-z0-9._+=-]{{0,63}})?@{_DOMAIN}")
#: One address alone, with or without a name or remarks beside it. What is not written as the
#: standard has it is no address: others may read another one in it.
_ATOM: Final = r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]{1,253}"
_REMARK: Final = r"\([^()<>@\"\\\x00-\x1f\x7f]*+\)"
_NAME: Final = (
    rf"(?:\"(?:[^\"\\\x00-\x1f\x7f]|\\[ -~])*+\"|{_REMARK}|[^\"\\<>()\[\]@,;:\x00-\x1f\x7f])*+"
)
_ONE: Final = re.compile(
    rf"(?:(?P<bare>{_ATOM})|{_NAME}<(?P<angled>{_ATOM})>)(?: ?{_REMARK})?", re.IGNORECASE | re.ASCII
)


def named(said: str) -> str:
    """Give a sender as a channel names it: an address, or ``@`` and a domain; in small letters.

    Raises ValueError for anything else.
    """
    sender = said.strip().lower()
    if not _NAMED.fullmatch(sender):
        raise ValueError(
            f"{said!r} names no sender: write an address, as desk@agency.example, or a whole"
            " domain, as @agency.example."
        )
    return sender


def admit(message: Message, arrival: Arrival) -> None:
    """Let a mail pass whose sender is named, or whose channel names nobody.

    Raises Unreadable for any other; the message says what lets it in.
    """
    if not arrival.senders:
        return
    sender = address(message)
    if sender is None:
        raise Unreadable(
            "its From has no address, several, or none that is plainly one, and its channel takes"
            " mail from senders alone that it names"
        )
    domain = sender[sender.index("@") :]
    if {sender, domain}.isdisjoint(arrival.senders):
        known = next((one for one in (sender, domain) if _NAMED.fullmatch(one)), "")
        raise Unreadable(
            f"its channel does not name its sender, {sender}"
            + f": `wireroom channel senders {arrival.channel} --add {known}` does, and then it can"
            " be replayed" * bool(known)
        )


def address(message: Message) -> str | None:
    """Give the one address of From, in small letters; None where it has none, or several."""
    values = [str(value) for name, value in message.raw_items() if name.lower() == "from"]
    if len(values) != 1 or len(values[0]) > LONGEST:
        return None
    found = _ONE.fullmatch(re.sub(r"\r?\n[ \t]", " ", values[0]).strip(" \t"))
    return (found["bare"] or found["angled"]).lower() if found else None
