"""Run feedparser on what stdin brings and write JSON to stdout; a process to be killed.

    python -m wireroom.formats.feeds.loose < broken.xml

It bounds itself, so that it ends even when whoever started it has gone.
"""

import json
import resource
import sys
from typing import Any, Final

#: Seconds of CPU; bytes of address space.
CPU: Final = 10
MEMORY: Final = 1024 * 2**20
TEXTS: Final = ("title", "subtitle", "summary")
PLAIN: Final = (
    "id",
    "link",
    "rights",
    "license",
    "publisher",
    "language",
    "published",
    "updated",
    "created",
    "ttl",
    "feedburner_origlink",
    "guidislink",
)


def main() -> int:
    """Read a document and write what it says."""
    limit(resource.RLIMIT_CPU, CPU)
    limit(resource.RLIMIT_AS, MEMORY)
    import feedparser  # noqa: PLC0415 (after the limits)

    raw = sys.stdin.buffer.read()
    found = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False)
    said = {
        "version": found.get("version", ""),
        "feed": head(found.feed),
        "entries": [entry(one) for one in found.entries],
    }
    sys.stdout.buffer.write(json.dumps(said, default=str).encode("utf-8", "replace"))
    return 0


def limit(what: int, most: int) -> None:
    """Lower a limit; one that is lower already stays."""
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def head(said: Any) -> dict[str, Any]:
    """Take what a feed and an entry both say."""
    found: dict[str, Any] = {name: said[name] for name in PLAIN if said.get(name) is not None}
    for name in TEXTS:
        if name in said:
            found[name] = text(said.get(f"{name}_detail") or {"value": said[name]})
    found["links"] = [dict(one) for one in said.get("links", ())]
    found["authors"] = [dict(one) for one in said.get("authors", ()) if one]
    found["tags"] = [dict(one) for one in said.get("tags", ()) if one.get("term")]
    return found


def entry(said: Any) -> dict[str, Any]:
    """Take what an entry says."""
    found = head(said)
    found["contents"] = [text(one) for one in said.get("content", ())]
    found["media"] = [dict(one) for one in said.get("media_content", ())]
    found["thumbnails"] = [dict(one) for one in said.get("media_thumbnail", ())]
    found["credits"] = [one.get("content", "") for one in said.get("media_credit", ())]
    source = said.get("source")
    found["source"] = str(source.get("title", "")) if source else ""
    return found


def text(said: Any) -> dict[str, str]:
    """Take a text with its type and base."""
    return {name: str(said.get(name) or "") for name in ("value", "type", "base")}


if __name__ == "__main__":
    sys.exit(main())
