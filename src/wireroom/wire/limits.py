"""What an item must keep to, whatever its reader let pass, or it cannot be stored."""

from wireroom.formats.item import Item

#: Bytes of an id: what PostgreSQL's index takes, rounded down.
LONGEST_ID = 2_000
#: What eight bytes hold.
HIGHEST_VERSION = 2**63 - 1
URGENCIES = range(10)


def unfit(item: Item) -> str:
    """Say why an item cannot be stored; empty when it can."""
    if not item.guid:
        return "it has no id"
    if any(len(name.encode(errors="replace")) > LONGEST_ID for name in (item.guid, *item.aliases)):
        return f"an id of it is longer than {LONGEST_ID} bytes"
    if not 0 <= item.version <= HIGHEST_VERSION:
        return f"its version {item.version:.20g} is out of range"
    if item.urgency not in URGENCIES:
        return f"its urgency {item.urgency} is out of range"
    return ""
