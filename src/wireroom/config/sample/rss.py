"""An agency's wire as RSS 2.0, with Media RSS and Dublin Core."""

from collections.abc import Sequence
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from wireroom.vocab.sectors import sector

from .agency import ALTS, CREDIT, Agency
from .copy import Copy

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>{name}</title>
<link>{link}</link>
<description>An invented agency of the sample wire</description>
<language>{language}</language>
<copyright>{rights}</copyright>
"""
RIGHTS = "Invented for Wireroom's sample wire; free to use."


def write(agency: Agency, copies: Sequence[Copy], base: str) -> str:
    """Write the document."""
    head = HEAD.format(
        name=escape(agency.name),
        link=f"{base}/{agency.slug}/",
        language=agency.language,
        rights=RIGHTS,
    )
    return head + "".join(_item(copy, agency) for copy in copies) + "</channel>\n</rss>\n"


def html(copy: Copy) -> str:
    """Write a copy's text as HTML."""
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in copy.paragraphs)


def _item(copy: Copy, agency: Agency) -> str:
    piece = copy.piece
    theme = sector(piece.sector)
    parts = [
        f"<title>{escape(piece.headline)}</title>",
        f"<link>{copy.link}</link>",
        f'<guid isPermaLink="false">{copy.guid}</guid>',
        f"<pubDate>{format_datetime(copy.updated)}</pubDate>",
        f"<dc:language>{piece.language or agency.language}</dc:language>",
        f"<description>{escape(piece.standfirst)}</description>" if piece.standfirst else "",
        f"<dc:creator>{escape(piece.byline)}</dc:creator>" if piece.byline else "",
        f"<category>{escape(theme.name)}</category>" if theme else "",
        f"<content:encoded>{escape(html(copy))}</content:encoded>",
        picture(copy),
    ]
    return "<item>" + "".join(parts) + "</item>\n"


def picture(copy: Copy) -> str:
    """Write a copy's picture as Media RSS; nothing without one."""
    if not copy.picture:
        return ""
    caption = copy.piece.caption or ALTS[copy.piece.picture]
    return (
        f'<media:content url={quoteattr(copy.picture)} type="image/webp" medium="image"'
        ' width="960" height="540">'
        f'<media:description type="plain">{escape(caption)}</media:description>'
        f"<media:title>{escape(ALTS[copy.piece.picture])}</media:title>"
        f'<media:credit role="producer" scheme="urn:ebu">{CREDIT}</media:credit>'
        "</media:content>"
    )
