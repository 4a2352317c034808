"""gofeed's pairs: its feeds, and our reading of them beside its own.

Compared are the core fields of the feed, its entries and their sources: title, link, id,
text (tags stripped), dates, authors, categories, enclosures. Each disagreement stands in
``DISAGREEMENTS`` with its reason; one that is not there fails, and so does one that has gone.
A link without an address and a category without a name say nothing, and are not compared.
"""

import json
import re
from html import unescape
from itertools import zip_longest

from harness.absent import shared
from wireroom.formats.errors import Unreadable
from wireroom.formats.feeds import atom, fallback, jsonfeed, rss
from wireroom.formats.syntax.jsons import load
from wireroom.formats.syntax.xml import Malformed, root
from wireroom.formats.values.dates import moment

#: Share of the pairs that must agree.
FLOOR = 0.97
FIRST_LINK = "of several links the first counts here, the last there"
BROKEN = "not well-formed (its end tag is another's): feedparser, which reads it, sees no title"
DISAGREEMENTS = {
    "rss/rdf_channel_links": FIRST_LINK,
    "rss/rdf_item_links": FIRST_LINK,
    "rss/rss_channel_item_links": FIRST_LINK,
    "rss/rss_channel_links": FIRST_LINK,
    "rss/rss_channel_item_guid_naked_markup": "an id is what it says, without the tags around it",
    "rss/issue_303_encoded_no_namespace": "encoded without namespace is text here, unknown there",
    "atom/atom10_feed_title_xhtml_escaped_markup": BROKEN,
    "atom/atom10_feed_title_xhtml_inline_markup": BROKEN,
    "atom/entry_id_xml_base": "an id is never resolved (RFC 4287, section 4.2.6)",
}


def pairs():
    """Yield each document with the reading expected of it."""
    folder = shared("corpora/gofeed/parser")
    for path in sorted((folder / "rss").glob("*.xml")):
        yield path, rss, expected(path.with_suffix(".json"))
    for path in sorted((folder / "atom").glob("*.xml")):
        yield path, atom, expected(path.with_suffix(".json"))
    for path in sorted((folder / "json").glob("*.json")):
        if not path.stem.endswith("_expected"):
            beside = path.with_name(f"{path.stem}_expected.json")
            yield path, jsonfeed, expected(beside if beside.exists() else path)


def expected(path):
    return json.loads(path.read_text(encoding="utf-8-sig"))


def read(path, reader):
    raw = path.read_bytes()
    if reader is jsonfeed:
        return jsonfeed.feed(load(raw))
    try:
        return reader.feed(root(raw)[0], "")
    except Malformed:
        return fallback.feed(raw)


def stripped(text):
    """Give the words of a text, whether it is markup or not."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text or "")).split())


def ours(head, reader):
    """Take the core fields from our reading."""
    texts = [head.summary, *getattr(head, "contents", ())]
    is_entry = hasattr(head, "contents")
    found = {
        "title": stripped(head.title.value) if head.title else "",
        "text": sorted(filter(None, (stripped(one.value) for one in texts if one))),
        "people": sorted(
            filter(None, (f"{p.name} {p.email} {p.href}".strip() for p in people(head, reader)))
        ),
        "categories": [(stripped(term.term), term.scheme) for term in head.terms],
        "dates": sorted(str(moment(said).at) for said in dates(head, reader).values()),
    }
    if reader is atom:
        found["links"] = [(link.rel, link.href) for link in head.links]
        found["id"] = head.id
    else:
        found["link"] = head.link
        found["id"] = head.ids.get(0, "") if is_entry else ""  # rdf:about is unknown there
    if is_entry and reader is not atom:
        found["enclosures"] = [(one.href, one.mime, one.size) for one in head.media]
    return found


def people(head, reader):
    return [*head.authors, *(head.contributors if reader is atom else ())]


def dates(head, reader):
    return head.dates


def theirs(said, reader, *, entry):
    """Take the core fields from what gofeed expects."""
    return {rss: of_rss, atom: of_atom, jsonfeed: of_json}[reader](said, entry=entry)


def of_rss(said, *, entry):
    itunes, dc = said.get("itunesExt") or {}, said.get("dcExt") or {}
    authors = [said.get("author" if entry else "managingEditor"), itunes.get("author")]
    categories = [
        (stripped(one.get("value")), one.get("domain", "")) for one in said.get("categories") or ()
    ]
    found = {
        "title": stripped(said.get("title")),
        "text": texts(said, ("description", "content")),
        "people": sorted(filter(None, (*authors, *(dc.get("creator") or ())))),
        "categories": categories + [(one, "") for one in dc.get("subject") or ()],
        "dates": when(said, ("pubDate", "lastBuildDate")),
        "link": said.get("link", ""),
        "id": (said.get("guid") or {}).get("value", ""),
    }
    if entry:
        several = said.get("enclosures") or ([said["enclosure"]] if said.get("enclosure") else [])
        found["enclosures"] = [
            (one.get("url", ""), one.get("type", ""), number(one.get("length"))) for one in several
        ]
    return found


def of_atom(said, *, entry):
    content = said.get("content") or {}
    persons = (*(said.get("authors") or ()), *(said.get("contributors") or ()))
    return {
        "title": stripped(said.get("title")),
        "text": sorted(
            filter(None, (*texts(said, ("summary", "subtitle")), stripped(content.get("value"))))
        ),
        "people": sorted(
            " ".join(one.get(k, "") for k in ("name", "email", "uri")).strip() for one in persons
        ),
        "categories": [
            (one["term"], one.get("scheme", ""))
            for one in said.get("categories") or ()
            if one.get("term")
        ],
        "dates": when(said, ("published", "updated")),
        "links": [
            (one.get("rel", ""), one.get("href", ""))
            for one in said.get("links") or ()
            if one.get("href")
        ],
        "id": said.get("id", ""),
    }


def of_json(said, *, entry):
    persons = said.get("authors") or [said.get("author")]
    found = {
        "title": stripped(said.get("title")),
        "text": texts(said, ("summary", "content_html") if entry else ("description",)),
        "people": sorted(f"{one['name']}  {one['url']}" for one in persons if one),
        "categories": [(one, "") for one in said.get("tags") or ()],
        "dates": when(said, ("date_published", "date_modified")),
        "link": said.get("url" if entry else "home_page_url", ""),
        "id": said.get("id", ""),
    }
    if entry:
        found["enclosures"] = [(said["image"], "", None)] if said.get("image") else []
        found["enclosures"] += [
            (one["url"], one["mime_type"], one["size_in_bytes"]) for one in said["attachments"]
        ]
    return found


def texts(said, fields):
    return sorted(filter(None, (stripped(said.get(field)) for field in fields)))


def when(said, fields):
    return sorted(str(moment(said[field]).at) for field in fields if said.get(field))


def number(said):
    return int(said) if (said or "").isdigit() else None


def differences(path, reader, wanted):
    """Say where the two readings differ."""
    try:
        found = read(path, reader)
    except Unreadable as error:
        return [f"unreadable: {error}"]
    heads = [("feed", ours(found, reader), theirs(wanted, reader, entry=False))]
    entries = wanted.get("entries" if reader is atom else "items") or []
    for number_, (one, other) in enumerate(zip_longest(found.entries, entries)):
        if one is None or other is None:
            return [f"{len(found.entries)} entries, not {len(entries)}"]
        heads.append((str(number_), ours(one, reader), theirs(other, reader, entry=True)))
        if reader is atom and one.source and other.get("source"):
            source = theirs(other["source"], reader, entry=False)
            heads.append((f"{number_}/source", ours(one.source, reader), source))
    return [
        f"{where} {field}: {mine[field]!r}, not {his[field]!r}"
        for where, mine, his in heads
        for field in his
        if not same(field, mine[field], his[field])
    ]


def same(field, mine, his):
    if field == "people" and len(mine) == len(his):
        # RSS writes a person as one string: name and address are both in it.
        return all(
            set(stripped(m).split()) <= set(re.split(r"[\s()<>]+", stripped(h))) or m == h
            for m, h in zip(mine, his, strict=True)
        )
    return mine == his


def test_core_fields_agree_with_what_gofeed_reads(capsys):
    seen, disagree = 0, {}
    for path, reader, wanted in pairs():
        seen += 1
        if found := differences(path, reader, wanted):
            disagree[f"{path.parent.name}/{path.stem}"] = found
    with capsys.disabled():
        print(f"\ngofeed's pairs: {seen - len(disagree)} of {seen} agree", end=" ")
    listed = "\n".join(f"{name}: {'; '.join(found)}" for name, found in disagree.items())
    assert disagree.keys() == DISAGREEMENTS.keys(), listed
    assert (seen - len(disagree)) / seen >= FLOOR
