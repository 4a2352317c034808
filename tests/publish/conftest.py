"""A wire to receive on, a clock to set, and readers' requests."""

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from wireroom.formats.item import Countries, Item, Subject
from wireroom.formats.item import Picture as ItemPicture
from wireroom.wire.models import Picture, PictureState, Provider, Story
from wireroom.wire.pictures import path_of
from wireroom.wire.receive import receive

#: 19:58 in India.
FILED = datetime(2022, 12, 23, 14, 28, tzinfo=UTC)
BODY = (
    "<p>A resort town in the United States has closed its last coal plant, officials said.</p>"
    "<p>“We are done with it,” the mayor was quoted as saying by the Harbour Courier newspaper.</p>"
)


class Clock:
    """The time that every view reads."""

    def __init__(self, moment):
        self.moment = moment

    def set(self, moment):
        """Make it another time."""
        self.moment = moment


@pytest.fixture
def clock(monkeypatch):
    """Stand at the time of filing until told otherwise."""
    clock = Clock(FILED)
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.moment)
    return clock


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.SITE_TIME_ZONE = "Asia/Kolkata"
    settings.SITE = "https://news.example"
    settings.PICTURES = tmp_path / "pictures"


class Wire:
    """One agency's wire, and what it sends."""

    def __init__(self, provider, clock):
        self.provider = provider
        self.clock = clock

    def send(self, guid="urn:one", **words):
        """Receive one item now and return its story."""
        given = {
            "guid": guid,
            "version": 1,
            "numbered": True,
            "headline": "Resort town closes its last coal plant",
            "standfirst": "The last coal plant is closed, officials said.",
            "body": BODY,
            # Others say too little to be compared: one that contained a killed text would be held.
            "text": BODY if guid == "urn:one" else f"About {guid}.",
            "language": "en",
            "first_created": self.clock.moment,
            "version_created": self.clock.moment,
            "countries": Countries(primary="US", mentioned=("US", "CN")),
            "subjects": (Subject(code="sector:transport"),),
        }
        receive([Item(**(given | words))], provider=self.provider, now=self.clock.moment)
        return Story.objects.get(guid=guid)

    def kill(self, guid="urn:one", version=2):
        """Receive a kill now."""
        return self._order(guid, version, "canceled")

    def withhold(self, guid="urn:one", version=2):
        """Receive a hold now."""
        return self._order(guid, version, "withheld")

    def _order(self, guid, version, pubstatus):
        order = Item(
            guid=guid,
            version=version,
            numbered=True,
            pubstatus=pubstatus,
            version_created=self.clock.moment,
            ednote="Kill it, the mayor never said so.",
        )
        receive([order], provider=self.provider, now=self.clock.moment)
        return Story.objects.get(guid=guid)


@pytest.fixture
def wire(db, clock):
    """An agency whose wire can be sent on."""
    ani = Provider.objects.create(slug="ani", name="Asian News Invented", tag="ANI")
    return Wire(ani, clock)


def drawn(colour="#1d3f9a", size=(64, 36)):
    """Draw the bytes of a picture."""
    raw = BytesIO()
    Image.new("RGB", size, colour).save(raw, "PNG")
    return raw.getvalue()


def keep_pictures(story, raw=None):
    """Lay our own copies of a story's pictures where they belong."""
    raw = raw or drawn()
    for picture in Picture.objects.filter(story=story):
        picture.sha256, picture.mime = sha256(raw).hexdigest(), "image/png"
        picture.width, picture.height = 64, 36
        picture.state = PictureState.KEPT
        picture.save()
        path_of(picture).parent.mkdir(parents=True, exist_ok=True)
        path_of(picture).write_bytes(raw)


@pytest.fixture
def pictured(wire):
    """A story with a picture whose copy is kept."""
    picture = ItemPicture(
        href="https://ani.example/1.png",
        caption="Representative Image",
        alt="A chimney",
        representative=True,
    )
    story = wire.send(pictures=(picture,))
    keep_pictures(story)
    return story
