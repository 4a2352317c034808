"""Items shaped like ninjs, and an agency's wire to receive them on."""

import random
from datetime import UTC, datetime, timedelta

from wireroom.formats.item import CANCELED, WITHHELD, Item
from wireroom.wire.models import Provider, Story, Version
from wireroom.wire.receive import receive

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ONE = "urn:example:one"


def take(version=1, headline=None, **words):
    """A version of a story: its number and time grow together."""
    headline = f"Take {version}" if headline is None else headline
    text = words.pop("text", f"Text of {headline}.")
    made = {
        "guid": ONE,
        "version": version,
        "numbered": True,
        "headline": headline,
        "text": text,
        "body": f"<p>{text}</p>",
        "language": "en",
        "version_created": NOON + version * MINUTE,
        "first_created": NOON,
    }
    return Item(**(made | words))


def kill(version=2, **words):
    """A kill without a word of text."""
    return order(CANCELED, version, **words)


def hold(version=2, **words):
    """The agency's hold, without a word of text."""
    return order(WITHHELD, version, **words)


def order(pubstatus, version, **words):
    """A word of the agency about a story, without text."""
    made = {
        "guid": ONE,
        "version": version,
        "numbered": True,
        "pubstatus": pubstatus,
        "version_created": NOON + version * MINUTE,
        "ednote": "For editors alone.",
    }
    return Item(**(made | words))


def patch(version, *carries, kind="content", **words):
    """A part of a story: what is named, and what is given a value."""
    made = {
        "guid": ONE,
        "version": version,
        "numbered": True,
        "patch": kind,
        "carries": (*carries, *(one for one in words if one in CARRIED)),
        "version_created": NOON + version * MINUTE,
    }
    return Item(**(made | words))


#: Fields that a patch may carry.
CARRIED = frozenset(
    {"headline", "standfirst", "body", "text", "pubstatus", "embargo", "expires", "urgency"}
    | {"byline", "pictures", "countries", "subjects", "rights", "language"}
)


#: Words of which texts are drawn; some begin with the letter that texts are found by.
WORDS = [f"{a}{b}" for a in "bcdfghlmnprstv" for b in ("oat", "ill", "ent", "ark")]


def text_of(number, words=120):
    """Write a text that shares hardly a run of words with any other."""
    drawn = random.Random(number)
    said = [drawn.choice(WORDS) + drawn.choice(["", "", "", "s"]) for _ in range(words)]
    lines = [" ".join(said[at : at + 12]).capitalize() + "." for at in range(0, words, 12)]
    return "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3))


def changed(text, share):
    """Change so much of a text, at its end."""
    words = text.split()
    keep = int(len(words) * (1 - share))
    return " ".join([*words[:keep], *text_of(99, len(words) - keep + 4).lower().split()])


class Wire:
    """One agency's wire."""

    def __init__(self, slug="afn", *, now=NOON + HOUR, **contract):
        self.provider = Provider.objects.create(slug=slug, name=slug, tag=slug, **contract)
        self.now = now

    def receives(self, *items, at=None):
        """Take items in, one after another, each in a transaction of its own."""
        return [self.receives_together(item, at=at)[0] for item in items]

    def receives_together(self, *items, at=None):
        """Take items in as one document has them."""
        self.now = at or self.now
        return receive(items, provider=self.provider, now=self.now)

    def story(self, guid=ONE):
        """Find a story by the guid it began with."""
        return Story.objects.get(provider=self.provider, guid=guid)

    def rulings(self, guid=ONE):
        """List what its versions did, oldest first."""
        return [v.ruling for v in self.story(guid).versions.order_by("number")]

    def shows(self, guid=ONE, at=None):
        """Say what readers see of a story: headline and text, or None."""
        found = Story.objects.live(at or self.now).filter(guid=guid, provider=self.provider).first()
        if found is None:
            return None
        version = Version.objects.get(story=found, number=found.shown)
        return found.headline, version.text
