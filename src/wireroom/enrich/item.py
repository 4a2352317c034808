"""One item made richer, step by step; each field filled in says why.

language | dateline | countries | standfirst | sector | pictures
"""

from dataclasses import dataclass

from wireroom.formats.item import CANCELED, Item

from .countries import with_countries
from .dateline import with_dateline
from .language import with_language
from .pictures import with_representative
from .sector import with_sector
from .standfirst import with_standfirst


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a channel says of items that do not say it themselves."""

    #: BCP 47.
    language: str = ""
    #: A sector's slug.
    sector: str = ""
    #: Its pictures do not show the event.
    representative: bool = False


def enrich(item: Item, *, defaults: Defaults) -> Item:
    """Fill in what the item does not say, from its own words; say nothing when unsure.

    What cancels a story, or changes only part of one, is left as it came.
    """
    if item.pubstatus == CANCELED or item.patch:
        return item
    item = with_language(item, defaults.language)
    item = with_dateline(item)
    item = with_countries(item)
    item = with_standfirst(item)
    item = with_sector(item, defaults.sector)
    return with_representative(item, every=defaults.representative)
