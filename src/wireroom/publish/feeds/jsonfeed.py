"""JSON Feed 1.1."""

import json
from datetime import datetime

from .feed import Entry, Feed, Gone, asked_for

TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    """Write a feed."""
    document = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "description": feed.about,
        "language": feed.language,
        "authors": [{"name": feed.publisher, "url": feed.site + "/"}],
        "items": [*map(_notice, feed.gone), *map(_item, feed.entries)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.url,
        "url": entry.url,
        "title": entry.title,
        **asked_for({"summary": entry.summary}),
        **_content(entry),
        "date_published": _moment(entry.created),
        "date_modified": _moment(entry.updated),
        "authors": [{"name": entry.author}],
        "tags": [category.label for category in entry.categories],
        "language": entry.language,
        "_wireroom": {
            "credit": entry.credit,
            "rights": entry.rights,
            "agency": entry.agency,
            "version": entry.version,
            "signal": entry.signal,
        },
    }
    if image := entry.image:
        item["image"] = image.url
        item["_wireroom_image"] = asked_for(
            {
                "caption": image.photo.caption,
                "credit": image.photo.credit,
                "rights": image.photo.rights,
            }
        )
    return item


def _content(entry: Entry) -> dict[str, str]:
    if entry.html:
        return {"content_html": entry.html}
    return {"content_text": entry.summary or entry.title}


def _notice(gone: Gone) -> dict[str, object]:
    return {
        "id": gone.url,
        "url": gone.url,
        "content_text": gone.words,
        "date_published": _moment(gone.at),
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
