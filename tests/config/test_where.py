"""What ``wireroom where`` takes for a name of an item, and what it does not."""

import pytest

from harness.wires import ONE, Wire, take
from wireroom.intake.inbox import put_down
from wireroom.intake.models import Delivery, DeliveryState, Kept
from wireroom.wire.models import Provider

pytestmark = pytest.mark.django_db

UNREAD = b"""<rss version="2.0"><item><guid isPermaLink='false'>urn:afn:1</guid>
<link>https://agency.example/a?b=1&amp;c=2</link><guid>\n  urn:afn:2\n</guid>
<id><![CDATA[urn:afn:3]]></id><title>Ferries run again</title></item>
{"uri": "urn:afn:4", "url": "https:\\/\\/agency.example\\/4", "urn:afn:key" : "usable"
GUID urn:afn:5"""


@pytest.fixture
def story(settings):
    """A story of this site."""
    settings.SITE = "https://news.example"
    wire = Wire()
    wire.receives(take())
    return wire.story()


@pytest.fixture
def unread():
    """A document of which nothing could be read."""
    delivery = Delivery(
        provider=Provider.objects.create(slug="gale", name="Gale", tag="Gale"),
        kept=Kept(raw=UNREAD),
        sha256="0",
        received_at="2024-05-02T10:00:00Z",
        state=DeliveryState.QUARANTINED,
    )
    return put_down([delivery])[0]


@pytest.mark.parametrize(
    "way",
    [
        "{pk}",
        " {pk} ",
        "/s/{pk}/{slug}",
        "/s/{pk}",
        "s/{pk}/another-slug",
        "/s/{pk}/versions",
        "/lite/s/{pk}",
        "https://news.example/s/{pk}/{slug}?utm=1#top",
        "https://NEWS.example/lite/s/{pk}",
    ],
)
def test_a_story_is_known_by_its_id_its_path_and_its_address(command, story, way):
    told = command("where", way.format(pk=story.pk, slug=story.slug), "--json")
    assert told.json["guid"] == ONE


@pytest.mark.parametrize(
    "way",
    [
        "http://other.example/s/{pk}/foo",
        "http://news.example/s/{pk}/{slug}",
        "https://news.example:8443/s/{pk}",
        "https://news.example@other.example/s/{pk}",
        "https://news.example/more/s/{pk}",
        "http://[/s/{pk}",
        "/more/s/{pk}",
        "{pk}.0",
        "\u0661",
        "²",
    ],
)
def test_what_only_resembles_a_storys_address_is_not_it(command, story, way):
    said = command("where", way.format(pk=story.pk, slug=story.slug), "--json")
    assert (said.status, said.out) == (1, "")


def test_a_guid_goes_before_an_id(command, story):
    named = Wire("gale")
    named.receives(take(guid=str(story.pk)))
    assert command("where", str(story.pk), "--json").json["provider"] == "gale"


@pytest.mark.parametrize("what", ["", "  ", "\n"])
def test_asking_for_nothing_is_refused(command, story, what):
    said = command("where", what, "--json")
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("Say which item")


@pytest.mark.parametrize(
    "what",
    [
        *(f"urn:afn:{number}" for number in range(1, 6)),
        "https://agency.example/a?b=1&c=2",
        "https://agency.example/4",
    ],
)
def test_an_item_nobody_could_read_is_found_by_its_whole_id(command, unread, what):
    told = command("where", what, "--json").json
    assert [one["fate"] for one in told["deliveries"]] == ["quarantined"]


@pytest.mark.parametrize(
    "what",
    ["e", "uri", "version", "usable", "Ferries", "urn:afn:", "urn:afn", "afn:1", "afn:key",
     "urn:afn:key", "agency.example", "2.0", "<guid>", "isPermaLink='false'"],
)  # fmt: skip
def test_a_part_of_an_unread_document_is_no_item(command, unread, what):
    said = command("where", what, "--json")
    assert (said.status, said.out) == (1, "")
