"""What a page says of where its words come from, and what that allows.

All of it follows from the record, so that it changes by itself once staff touch a text.
"""

from wireroom.formats.item import Link
from wireroom.wire.models import IndexPolicy, Provider, Version
from wireroom.wire.papers import Papers

from .house import House

NOINDEX = "noindex, follow, max-image-preview:large"


def disclaimer(version: Version, provider: Provider, house: House) -> str:
    """Say whether staff have touched the text."""
    words = house.untouched if version.author_id is None else house.edited
    return words.format(house=house.name, agency=provider.name)


def robots(provider: Provider) -> dict[str, str]:
    """Say to which robots what is forbidden, by the name each listens to."""
    match provider.index_policy:
        case IndexPolicy.NOINDEX:
            return {"robots": NOINDEX}
        case IndexPolicy.NEWS_NOINDEX:
            return {"googlebot-news": "noindex"}
        case _:
            return {}


def canonical(provider: Provider, papers: Papers, own: str) -> str:
    """Say which address search engines should keep for the text."""
    if provider.index_policy == IndexPolicy.ORIGIN and (link := origin(papers)):
        return link.href
    return own


def origin(papers: Papers) -> Link | None:
    """Find where the agency itself has published the text."""
    for rel in ("canonical", "alternate"):
        for link in papers.links:
            if link.rel == rel and link.href.startswith(("https://", "http://")):
                return link
    return None


def rights(version: Version, papers: Papers) -> str:
    """Write what must travel with the text: credit, holder, notice and terms, each once."""
    stated = papers.rights
    holder = f"© {stated.holder}" if stated.holder else ""
    lines = [version.creditline, stated.notice or holder, stated.terms]
    return " ".join(sentence(line) for line in dict.fromkeys(map(str.strip, lines)) if line)


def sentence(line: str) -> str:
    """End a line as a sentence ends."""
    return line if line.endswith((".", "!", "?", "。", "।")) else f"{line}."
