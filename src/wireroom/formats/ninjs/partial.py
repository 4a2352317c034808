"""An item of ninjs that carries a part of what it says, and which part that is."""

from dataclasses import replace
from typing import Final

from wireroom.formats.item import Item

from .fields import Fields

#: What an item that is not whole calls itself.
INCOMPLETE: Final = frozenset({"incomplete", "partial"})
#: Properties that say something even where it is the usual word.
STATED: Final = {
    "pubstatus": "pubstatus",
    "urgency": "urgency",
    "embargoed": "embargo",
    "embargoeduntil": "embargo",
    "expires": "expires",
}
#: Fields of an item that it carries where they have a word.
WORDED: Final = (
    *("headline", "standfirst", "body", "text", "language", "byline", "creditline", "slugline"),
    *("embargo", "subjects", "pictures", "links", "keywords", "places", "located", "rights"),
)
_SILENT: Final = Item(guid="", version=0)


def marked(item: Item, fields: Fields, *, titled: bool) -> Item:
    """Mark an item that is only a part as a patch, and name the fields that it carries.

    A headline that the reader made of the text is dropped: ``titled`` says that it is not one.
    """
    if str(fields.first("representationtype") or "").lower() not in INCOMPLETE:
        return item
    item = item if titled else replace(item, headline="")
    stated = [field for name, field in STATED.items() if name in fields]
    worded = [name for name in WORDED if getattr(item, name) != getattr(_SILENT, name)]
    note = "the item is incomplete: fields it lacks are kept from before"
    return replace(
        item,
        patch="content",
        carries=tuple(dict.fromkeys((*stated, *worded))),
        notes=(*item.notes, note),
    )
