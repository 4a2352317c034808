"""feedparser's samples hold: each says in its first comment what must be read from it.

Evaluated is every term of an ``Expect`` about the fields in ``FIELDS``, of the feed, its
entries and their sources. What feedparser gives as HTML it has cleaned by its own rules;
such a term holds when our cleaning makes the same of our reading as of its expectation.
"""

import ast
import re
from pathlib import Path

from harness.absent import absent
from wireroom.formats.bodies.clean import clean
from wireroom.formats.bodies.text import text_of
from wireroom.formats.feeds import atom, fallback, rss
from wireroom.formats.syntax.xml import Malformed, root
from wireroom.formats.values.dates import moment

SAMPLES = Path(__file__).resolve().parents[2] / ".venv" / "feedparser-samples" / "wellformed"
GROUPS = ("rss", "atom", "atom10", "rdf", "namespace", "media-rss")
#: feedparser's name of a field to ours.
FIELDS = {
    "title": "title",
    "title_detail": "title",
    "link": "link",
    "links": "links",
    "id": "id",
    "guid": "id",
    "guidislink": "permalink",
    "summary": "summary",
    "summary_detail": "summary",
    "description": "summary",
    "subtitle": "summary",
    "subtitle_detail": "summary",
    "tagline": "summary",
    "tagline_detail": "summary",
    "content": "contents",
    "published": "published",
    "published_parsed": "published",
    "updated": "updated",
    "updated_parsed": "updated",
    "author": "author",
    "author_detail": "author",
    "authors": "authors",
    "enclosures": "enclosures",
}
PUBLISHED = ("published", "pubdate", "dcterms:issued")
UPDATED = ("updated", "dcterms:modified", "dc:date", "lastbuilddate")


def samples():
    """List the documents of all groups."""
    return sorted(path for group in GROUPS for path in (SAMPLES / group).glob("*.xml"))


def expectation(path):
    """Take the expectation from a sample's first comment."""
    head = path.read_bytes()[:4000].decode("utf-8", "replace")
    found = re.search(r"Expect:\s*(.*?)\s*-->", head, re.DOTALL)
    return " ".join(found[1].split("\n")) if found else ""


def terms(expected):
    """Part an expectation into terms: path, what must stand there."""
    tree = ast.parse(expected.strip(), mode="eval").body
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    for part in parts:
        negated = isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not)
        inner = part.operand if negated else part
        if isinstance(inner, ast.BoolOp):
            yield from terms(ast.unparse(inner))
        elif isinstance(inner, ast.Compare) and isinstance(inner.ops[0], ast.Eq):
            yield from compared(inner)
        elif isinstance(inner, (ast.Subscript, ast.Attribute)):
            yield path_of(inner), not negated
        elif isinstance(inner, ast.Call) and getattr(inner.func, "attr", "") == "has_key":
            key = ast.literal_eval(inner.args[0])
            yield (*path_of(inner.func.value), key), None if negated else ...


def compared(node):
    """Read ``path == value`` and ``len(path) == number``."""
    value = ast.literal_eval(node.comparators[0])
    if isinstance(node.left, ast.Call):
        if getattr(node.left.func, "id", "") == "len":
            yield (*path_of(node.left.args[0]), len), value
    else:
        yield path_of(node.left), value


def path_of(node):
    """Give the steps of ``entries[0]['source'].title``."""
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        return (*path_of(node.value), node.attr)
    return (*path_of(node.value), ast.literal_eval(node.slice))


def in_scope(path):
    """Say whether a term is about a field we answer for, and give the steps to it."""
    if path[0] == "feed":
        rest, where = path[1:], "feed"
    elif path[0] == "entries" and len(path) > 1 and isinstance(path[1], int):
        rest, where = path[2:], path[1]
    else:
        return None
    source = rest[:1] == ("source",)
    rest = rest[1:] if source else rest
    if not rest or rest[0] not in FIELDS:
        return None
    return where, source, rest


def read(path):
    """Read a sample into a feed."""
    raw = path.read_bytes()
    try:
        element, _ = root(raw)
    except Malformed:
        return fallback.feed(raw)
    reader = atom if element.tag.rpartition("}")[2] in {"feed", "entry"} else rss
    return reader.feed(element, "")


def holds(feed, scoped, wanted):
    """Say what stands where a term looks, and whether it is what must."""
    where, source, (field, *steps) = scoped
    head = feed if where == "feed" else feed.entries[where]
    if source:
        if head.source is None and field in {"title", "href"}:
            return head.source_title, head.source_title == wanted
        head = head.source
    return VALUES[FIELDS[field]](head, field, steps, wanted)


def prose(head, field, steps, wanted):
    found = getattr(head, FIELDS[field])
    if field == "description" and not steps and getattr(head, "contents", None):
        # feedparser calls the older of two texts description, whichever it is.
        options = [found, *head.contents] if found else head.contents
        return options, any(alike(one, wanted) for one in options if one)
    return text_in(found, steps, wanted)


def text_in(found, steps, wanted):
    if steps and steps[-1] == "type":
        return found.writing, typed(found, wanted)
    return found, alike(found, wanted)


def typed(found, wanted):
    return {"plain": "text/plain", "markup": "text/html"}[found.writing] == wanted or (
        found.mime == wanted
        # What is without markup reads alike as either.
        or not re.search(r"[<&]", found.value)
    )


def alike(found, wanted):
    if found is None:
        return wanted in (None, "")
    if found.value == wanted:
        return True
    if found.writing == "plain":
        return clean(found.value) == clean(wanted) and "<" not in wanted
    ours, theirs = clean(found.value, base=found.base), clean(wanted, base="http://127.0.0.1/")
    return ours == theirs and text_of(found.value) == text_of(wanted)


def contents(head, field, steps, wanted):
    number, *rest = steps
    found = (head.contents or [head.summary])[number]
    if rest[-1] == "src":
        return found.src, found.src == wanted
    return text_in(found, rest, wanted)


def dated(names):
    def value(head, field, steps, wanted):
        said = next((head.dates[name] for name in names if name in head.dates), "")
        if field.endswith("_parsed"):
            at = moment(said).at
            return said, at is not None and tuple(at.utctimetuple()) == wanted
        return said, said == wanted

    return value


def person(found, steps, wanted):
    if not steps:
        full = f"{found.name} ({found.email})" if found.name and found.email else found.name
        return full, wanted in {full, found.name, found.email}
    value = getattr(
        found, {"name": "name", "email": "email", "url": "href", "href": "href"}[steps[0]]
    )
    return value, value == wanted


def link(found, wanted, steps):
    values = {
        "rel": found.rel,
        "href": found.href,
        "url": found.href,
        "type": found.mime,
        "title": found.title,
        "length": str(getattr(found, "size", "")),
    }
    if isinstance(wanted, dict):
        return found, all(values.get(key) == value for key, value in wanted.items())
    if steps[0] == "hreflang":
        return None, ...
    rel = "http://feedparser.org/rel/test" if steps[0] == "rel" else None
    return values.get(steps[0]), wanted in {values.get(steps[0]), rel and values["rel"]}


def links(head, field, steps, wanted):
    if steps == [len]:
        return head.links, True if not head.links else len(head.links) == wanted
    found = list(head.links)
    if not found and steps[0] == 0 and head.media:
        return "enclosure", wanted == "enclosure"
    return link(found[steps[0]], wanted, steps[1:])


def enclosures(head, field, steps, wanted):
    found = head.media[steps[0]]
    values = {
        "href": found.href,
        "url": found.href,
        "type": found.mime,
        "length": str(found.size),
    }
    if isinstance(wanted, dict):
        return values, all(values.get(key) == value for key, value in wanted.items())
    return values, values[steps[1]] == wanted


VALUES = {
    "title": prose,
    "summary": prose,
    "contents": contents,
    "published": dated(PUBLISHED),
    "updated": dated(UPDATED),
    "author": lambda head, _field, steps, wanted: person(
        (head.authors or [None])[-1], steps, wanted
    ),
    "authors": lambda head, _field, steps, wanted: person(
        head.authors[steps[0]], steps[1:], wanted
    ),
    "links": links,
    "enclosures": enclosures,
    "id": lambda head, _field, _steps, wanted: (head.id, head.id == wanted),
    "permalink": lambda head, _field, _steps, wanted: (
        head.permalink,
        bool(head.permalink and not head.link) == wanted,
    ),
    "link": lambda head, _field, _steps, wanted: linked(head, wanted),
}


def linked(head, wanted):
    found = head.origin or head.link or (head.id if head.permalink else "")
    return found, (found or None) == (wanted or None)


def test_every_term_about_the_fields_we_read_holds(capsys):
    if not SAMPLES.exists():
        absent("feedparser's samples (make samples)")
    documents, evaluated, failed = set(), 0, []
    for path in samples():
        for steps, wanted in terms(expectation(path) or "1"):
            scoped = in_scope(steps)
            if scoped is None:
                continue
            try:
                found, held = holds(read(path), scoped, wanted)
            except (AttributeError, IndexError, KeyError, TypeError) as error:
                found, held = repr(error), False
            if held is ...:
                continue
            documents.add(path)
            evaluated += 1
            if not held:
                failed.append(
                    f"{path.parent.name}/{path.name}: {steps} == {wanted!r}, not {found!r}"
                )
    with capsys.disabled():
        print(f"\nfeedparser's samples: {len(documents)} documents, {evaluated} terms", end=" ")
    assert not failed, "\n".join(failed)
    assert len(documents) >= 230
