"""Which lists a story belongs in."""

from wireroom.formats.item import Item
from wireroom.vocab.editions import editions_of

from .models import Provider


def keys_of(item: Item, provider: Provider) -> list[str]:
    """Name the lists: its agency's, its countries', its sectors' and its editions'."""
    countries = item.countries.mentioned or tuple(filter(None, [item.countries.primary]))
    sectors = [s.code for s in item.subjects if s.code.startswith("sector:")]
    return [
        f"agency:{provider.slug}",
        *dict.fromkeys(f"country:{code.lower()}" for code in countries),
        *dict.fromkeys(sectors),
        *(f"edition:{edition.slug}" for edition in editions_of(countries)),
    ]
