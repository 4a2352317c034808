"""The readable tail of a story's address."""

import re
import unicodedata

#: Signs; the database keeps 100.
LONGEST = 80
ASCII = re.compile(r"[a-z0-9]+")
#: Signs that part no words: apostrophes, soft hyphens, joiners.
INSIDE = "'\u2019\u00ad\u200c\u200d"


def slug_of(headline: str) -> str:
    """Make a slug of a headline in any script: small letters, marks kept, hyphens between."""
    slug, words = "", _words(headline)
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug or "-".join(words)[:LONGEST] or "story"


def _words(headline: str) -> list[str]:
    """Cut a headline into small words: letters, marks and digits."""
    if headline.isascii():
        return ASCII.findall(headline.lower().replace("'", ""))
    return "".join(
        sign if unicodedata.category(sign)[0] in "LNM" else " "
        for sign in unicodedata.normalize("NFKC", headline).lower()
        if sign not in INSIDE
    ).split()
