"""Items of any kind to write and to read back, in words of our own, for property tests."""

from dataclasses import fields, replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from wireroom.formats.bodies.clean import clean
from wireroom.formats.bodies.text import plain, text_of
from wireroom.formats.item import (
    CANCELED,
    UNKNOWN,
    USABLE,
    WITHHELD,
    Item,
    Link,
    Picture,
    Place,
    Rights,
    Subject,
)

#: Signs that formats have stumbled over: markup, references, quotes, other scripts, wide ones.
SIGNS = "abz XYZ019.,:;-/()[]{}&<>'\"%#@é߀ßçāЖ日本हि٣\u00a0—…“𝄞"
WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


def spelled(text):
    """Spell words as readers spell them."""
    return text if plain(text) == text else spelled(plain(text))


WORDS = st.text(SIGNS, max_size=40).map(spelled)
SAID = st.text(SIGNS, max_size=40).map(lambda text: spelled(text) or "Ferry")
MOMENTS = st.datetimes(
    min_value=datetime(1991, 1, 1),  # noqa: DTZ001 (the zone is set apart)
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001 (the same)
    timezones=st.just(UTC),
).map(lambda at: at.replace(microsecond=0))
IDS = st.builds("{}{}".format, st.sampled_from(["urn:newsml:", "tag:wire.example,2024:"]), WORD)
ADDRESSES = st.builds("https://wire.example/{}?a={}&b=1".format, WORD, WORD)
#: Parts of bodies that every format can say.
INLINE = st.one_of(
    SAID.map(lambda said: said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
    SAID.map(lambda said: f"<em>{said.translate({38: 'and', 60: None, 62: None})} </em>"),
    ADDRESSES.map(lambda said: f'<a href="{said}">there</a>'.replace("&", "&amp;")),
    st.just("one<br>two"),
)
RUN = st.lists(INLINE, min_size=1, max_size=3).map(" ".join)
BLOCK = st.one_of(
    RUN.map("<p>{}</p>".format),
    RUN.map("<h2>{}</h2>".format),
    st.lists(RUN.map("<li>{}</li>".format), min_size=1, max_size=3).map(
        lambda items: f"<ul>{''.join(items)}</ul>"
    ),
    st.lists(RUN.map("<li>{}</li>".format), min_size=1, max_size=3).map(
        lambda items: f"<ol>{''.join(items)}</ol>"
    ),
    RUN.map("<blockquote><p>{}</p></blockquote>".format),
    RUN.map("<table><tbody><tr><th>Boat</th><td>{}</td></tr></tbody></table>".format),
    WORD.map("<pre>{}  1  2</pre>".format),
    st.just("<hr>"),
)
BODIES = (
    st.lists(BLOCK, max_size=5).map("".join).map(clean).map(lambda body: body * bool(text_of(body)))
)
#: What else a cleaned body may have; not every format can say it.
RICH = (
    st.lists(
        st.one_of(
            BLOCK,
            RUN.map("<h3>{}</h3>".format),
            RUN.map("<div>{}</div>".format),
            RUN.map("<p><strong>{}</strong> H<sub>2</sub>O <s>old</s> <q>so</q></p>".format),
            SAID.map(lambda said: f'<p><a href="https://wire.example/" title="{said}">x</a></p>'),
            RUN.map("<dl><dt>Boat</dt><dd>{}</dd></dl>".format),
            RUN.map("{} without a paragraph".format),
        ),
        max_size=5,
    )
    .map("".join)
    .map(clean)
)
CODES = st.from_regex(r"(0[1-9]|1[0-7])[0-9]{6}", fullmatch=True)
SUBJECTS = st.builds(
    Subject, code=st.builds("{}:{}".format, st.sampled_from(["medtop", "subj"]), CODES), name=WORDS
)
PLACES = st.builds(
    Place,
    code=IDS,
    name=SAID.map("Port {}".format),
    latitude=st.integers(-90, 90).map(float),
    longitude=st.integers(-180, 180).map(float),
)
RIGHTS = st.builds(Rights, holder=WORDS, notice=WORDS, terms=WORDS)
PICTURES = st.builds(
    Picture,
    href=WORD.map("https://wire.example/pictures/{}.jpg".format),
    caption=WORDS,
    credit=WORDS,
    alt=WORDS,
    mime=st.sampled_from(["image/jpeg", "image/png"]),
    width=st.integers(100, 9_000),
    height=st.integers(100, 9_000),
    size=st.integers(1_000, 9_000_000),
    guid=IDS,
    version=st.integers(1, 99),
    role=WORD,
    pubstatus=st.sampled_from([USABLE, USABLE, USABLE, CANCELED]),
    rights=st.builds(
        Rights,
        holder=SAID,
        notice=WORDS,
        terms=WORDS,
        valid_from=st.sampled_from([None, None, UNKNOWN, datetime(2024, 5, 2, tzinfo=UTC)]),
        valid_until=st.sampled_from([None, datetime(2025, 5, 2, tzinfo=UTC)]),
    ),
)
LINKS = st.builds(
    Link,
    rel=st.sampled_from(["canonical", "alternate", "related", "replaces"]),
    href=ADDRESSES,
    title=WORDS,
)
SECRET = "Desk only: +00 555 0100"


def items(bodies=BODIES, **others):
    """Make items: some to be used, some withheld, some canceled, each with things for the desk."""
    parts = {
        "guid": IDS,
        "version": st.integers(1, 10**9),
        "numbered": st.just(True),  # noqa: FBT003 (what it always gives)
        "pubstatus": st.sampled_from([USABLE, USABLE, USABLE, WITHHELD, CANCELED]),
        "kind": st.sampled_from(["story", "story", "package", "advisory", "planning", "test"]),
        "signal": st.sampled_from(["", "update", "correction", "repeat"]),
        "headline": SAID,
        "standfirst": WORDS,
        "body": bodies,
        "language": st.sampled_from(["", "en", "pt-BR", "hi", "ur"]),
        "urgency": st.integers(1, 8),
        "dateline": WORDS,
        "byline": WORDS,
        "creditline": SAID,
        "ednote": st.just(SECRET),
        "slugline": st.just(SECRET),
        "notes": st.just((SECRET,)),
        "embargo": st.one_of(st.none(), st.just(UNKNOWN), MOMENTS),
        "expires": st.one_of(st.none(), st.just(UNKNOWN), MOMENTS),
        "first_created": MOMENTS,
        "version_created": MOMENTS,
        "subjects": unique(SUBJECTS, lambda one: one.code),
        "pictures": unique(PICTURES, lambda one: (one.guid, one.href)),
        "links": unique(LINKS, lambda one: one.href),
        "keywords": unique(SAID, str),
        "places": unique(PLACES, lambda one: one.code),
        "located": WORDS,
        "rights": RIGHTS,
        "aliases": unique(IDS, str),
    }
    made = st.builds(Item, **(parts | others))
    return made.map(lambda item: replace(item, text=text_of(item.body))).filter(own_aliases)


def own_aliases(item):
    return item.guid not in item.aliases


def unique(of, by):
    return st.lists(of, max_size=3, unique_by=by).map(tuple)


def said(item, *but):
    """Give an item's fields by name, but those that a format cannot say."""
    names = {one.name for one in fields(item)} - {"notes", "made", "numbered", *but}
    return {name: getattr(item, name) for name in sorted(names)}
