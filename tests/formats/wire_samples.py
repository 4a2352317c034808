"""Samples of what a wire carries, written as a few lines each, made into documents of a format."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parent / "samples" / "advisories"
DAY = "2026-11-12T08:10:00Z"
NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app" '
    'xmlns:at="http://purl.org/atompub/tombstones/1.0"'
)


@dataclass(frozen=True)
class Sample:
    """One sample: what it says, in which format, and what must become of it."""

    place: str
    fate: str
    format: str
    language: str
    headline: str
    paragraphs: tuple[str, ...]
    said: dict[str, str] = field(default_factory=dict)

    @property
    def provider(self) -> str:
        """Name the agency whose habits count."""
        return self.said.get("provider", "")

    def document(self) -> bytes:
        """Write it down as its format would."""
        return WRITERS[self.format](self).encode()


def samples(name: str) -> Iterator[Sample]:
    """Read a file of samples."""
    line = 1
    for block in (FOLDER / name).read_text().split("\n\n"):
        place = f"{name}:{line}"
        line += block.count("\n") + 2
        if block.startswith("#"):
            continue
        head, *rest = block.strip().split("\n")
        fate, format_, language = head.split()
        fields = [one[2:].partition(":") for one in rest if one.startswith("+ ")]
        headline, *paragraphs = (one for one in rest if not one.startswith("+ "))
        yield Sample(
            place=place,
            fate=fate,
            format=format_,
            language=language,
            headline="" if headline == "-" else headline,
            paragraphs=tuple(paragraphs),
            said={name.strip(): value.strip() for name, _, value in fields},
        )


def rss(sample: Sample) -> str:
    """Write an item of RSS 2.0."""
    category = sample.said.get("category", "")
    return (
        '<rss version="2.0"><channel><title>Invented Wire</title>'
        f"<link>https://wire.example/</link><language>{sample.language}</language>"
        f'<item><guid isPermaLink="false">{sample.place}</guid>'
        f"<title>{escape(sample.headline)}</title>"
        f"<description>{escape(markup(sample))}</description>"
        + (f"<category>{escape(category)}</category>" if category else "")
        + "<pubDate>Thu, 12 Nov 2026 08:10:00 +0000</pubDate></item></channel></rss>"
    )


def atom(sample: Sample) -> str:
    """Write an entry of Atom 1.0, or a tombstone (RFC 6721)."""
    head = f"<feed {NAMESPACES}><title>Invented Wire</title><id>urn:example:wire</id>"
    if "tombstone" in sample.said:
        comment = escape(sample.said["tombstone"])
        tomb = f'<at:deleted-entry ref="{sample.place}" when="{DAY}">'
        return f"{head}{tomb}<at:comment>{comment}</at:comment></at:deleted-entry></feed>"
    category = sample.said.get("category", "")
    draft = "<app:control><app:draft>yes</app:draft></app:control>" * ("draft" in sample.said)
    return (
        f"{head}<entry><id>{sample.place}</id><updated>{DAY}</updated>{draft}"
        f"<title>{escape(sample.headline)}</title>"
        + (f'<category term="{escape(category)}"/>' if category else "")
        + f'<content type="html">{escape(markup(sample))}</content></entry></feed>'
    )


def jsonfeed(sample: Sample) -> str:
    """Write an item of a JSON Feed."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Invented Wire",
            "items": [
                {
                    "id": sample.place,
                    "title": sample.headline,
                    "content_html": markup(sample),
                    "date_published": DAY,
                    "tags": [sample.said["category"]] if "category" in sample.said else [],
                }
            ],
        }
    )


def ninjs(sample: Sample) -> str:
    """Write an item of ninjs 1.4."""
    said = sample.said
    written = {
        "uri": sample.place,
        "type": said.get("type", "text"),
        "version": "1",
        "versioncreated": DAY,
        "language": sample.language,
        "pubstatus": said.get("status", "usable"),
        "headline": sample.headline,
        "body_html": markup(sample),
        "slugline": said.get("slug", ""),
        "ednote": said.get("note", ""),
        "profile": said.get("profile", ""),
        "genre": [{"name": said["genre"]}] if "genre" in said else [],
        "signal": [{"code": said["signal"]}] if "signal" in said else [],
    }
    return json.dumps({name: value for name, value in written.items() if value})


def markup(sample: Sample) -> str:
    """Write its paragraphs."""
    return "".join(f"<p>{escape(one)}</p>" for one in sample.paragraphs)


WRITERS = {"rss": rss, "atom": atom, "jsonfeed": jsonfeed, "ninjs": ninjs}
