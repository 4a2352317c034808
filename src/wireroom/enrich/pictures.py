"""Pictures that do not show the event, and say so."""

from dataclasses import replace

from wireroom.formats.item import Item

#: What a caption says of such a picture.
WORDS = "representative image"


def with_representative(item: Item, *, every: bool) -> Item:
    """Mark the pictures whose caption says so; ``every`` marks all, as the channel asks."""
    if not item.pictures:
        return item
    pictures = tuple(
        replace(picture, representative=True)
        if every or WORDS in picture.caption.lower()
        else picture
        for picture in item.pictures
    )
    return replace(item, pictures=pictures)
