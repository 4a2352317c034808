"""An agency's wire as Atom (RFC 4287), with Media RSS and tombstones (RFC 6721)."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from wireroom.vocab.sectors import sector

from .agency import Agency
from .copy import Copy
from .rss import RIGHTS, html
from .rss import picture as media

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"
 xmlns:media="http://search.yahoo.com/mrss/" xml:lang="{language}">
<id>tag:{slug}.example,2026:wire</id>
<title>{name}</title>
<updated>{updated}</updated>
<author><name>{name}</name></author>
<rights>{rights}</rights>
<link rel="self" href="{base}{path}" type="application/atom+xml"/>
<link rel="alternate" href="{base}/{slug}/" type="text/plain"/>
"""


def write(agency: Agency, copies: Sequence[Copy], base: str) -> str:
    """Write the document; what is deleted stands in it as a tombstone."""
    head = HEAD.format(
        slug=agency.slug,
        name=escape(agency.name),
        language=agency.language,
        rights=RIGHTS,
        base=base,
        path=agency.path,
        updated=max(copy.updated for copy in copies).isoformat(),
    )
    return head + "".join(_entry(copy, agency) for copy in copies) + "</feed>\n"


def _entry(copy: Copy, agency: Agency) -> str:
    piece = copy.piece
    if piece.act == "delete":
        return (
            f'<at:deleted-entry ref="{copy.guid}" when="{copy.updated.isoformat()}">'
            f"<at:comment>{escape(piece.note)}</at:comment></at:deleted-entry>\n"
        )
    theme = sector(piece.sector)
    parts = [
        f"<id>{copy.guid}</id>",
        f"<title>{escape(piece.headline)}</title>",
        f'<link rel="alternate" href="{copy.link}"/>',
        f"<published>{copy.created.isoformat()}</published>",
        f"<updated>{copy.updated.isoformat()}</updated>",
        f"<author><name>{escape(piece.byline or agency.name)}</name></author>",
        f'<category term="{escape(theme.name)}"/>' if theme else "",
        f"<summary>{escape(piece.standfirst)}</summary>" if piece.standfirst else "",
        f'<content type="html">{escape(html(copy))}</content>',
        media(copy),
    ]
    return f'<entry xml:lang="{piece.language or agency.language}">' + "".join(parts) + "</entry>\n"
