"""NewsML 1: samples that say what they are, and what a hostile document costs."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formats.terms import wrong
from formats.test_feed_samples import arrival, said_of
from wireroom.formats.document import Arrival
from wireroom.formats.errors import Unreadable
from wireroom.formats.newsml1 import read
from wireroom.formats.read import format_of, parse
from wireroom.formats.sources import read as sources

ARRIVAL = Arrival(
    received=datetime(2024, 5, 2, 12, tzinfo=UTC), address="https://wire.example/in/item.xml"
)
SAMPLES = sorted((Path(__file__).parent / "samples" / "newsml1").glob("*.xml"))


def item(number=1, component="<NewsComponent/>", management="", attributes=""):
    return (
        f"<NewsItem{attributes}><Identification><NewsIdentifier><ProviderId>a.example</ProviderId>"
        f"<DateId>20240502</DateId><NewsItemId>N-{number}</NewsItemId>"
        '<RevisionId PreviousRevision="0" Update="N">1</RevisionId></NewsIdentifier>'
        f'</Identification><NewsManagement><Status FormalName="Usable"/>{management}'
        f"</NewsManagement>{component}</NewsItem>"
    )


def document(*items):
    return f"<NewsML>{''.join(items)}</NewsML>".encode()


def text(words):
    return (
        '<NewsComponent><Role FormalName="Main"/><ContentItem><DataContent>'
        f"{words}</DataContent></ContentItem></NewsComponent>"
    )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_what_it_says(path):
    raw = path.read_bytes()
    assert format_of(raw) == "newsml1"
    assert not wrong(path, read(raw, arrival(said_of(path))))


def test_the_samples_are_there():
    assert len(SAMPLES) >= 140


def test_the_kill_names_the_story_that_it_kills():
    story, kill = (
        parse((SAMPLES[0].parent / name).read_bytes(), "", ARRIVAL).items[0]
        for name in ("skeleton.xml", "kill-bare.xml")
    )
    assert (story.guid, story.version) == (kill.guid, kill.version)
    assert (story.pubstatus, kill.pubstatus) == ("usable", "canceled")


class TestRefused:
    """What cannot be read, and why."""

    def test_a_document_that_is_none(self):
        with pytest.raises(Unreadable, match="its root is html"):
            read(b"<html/>", ARRIVAL)

    def test_a_document_without_an_item(self):
        with pytest.raises(Unreadable, match="it holds no NewsItem"):
            read(document(), ARRIVAL)

    def test_the_only_item_without_a_name(self):
        with pytest.raises(Unreadable, match="no ProviderId"):
            read(document("<NewsItem/>"), ARRIVAL)

    def test_a_document_that_is_cut_off(self):
        with pytest.raises(Unreadable, match="not well-formed"):
            parse(document(item())[:-20], "newsml1", ARRIVAL)


def test_each_item_keeps_its_own_bytes():
    one, two = item(1), item(2, text("<p>Two</p>"))
    found = sources(document(one, two), "newsml1", ARRIVAL).rejected
    assert [each.raw.decode() for each in found] == [
        one.replace("<NewsComponent/>", "<NewsComponent/>"),
        two,
    ]


def test_a_rejected_item_keeps_its_bytes():
    (rejected,) = read(document(item(), "<NewsItem><x/></NewsItem>"), ARRIVAL).rejected
    assert (rejected.position, rejected.raw) == (1, b"<NewsItem><x/></NewsItem>")


ELEMENTS = (
    *("Catalog", "Comment", "NewsItem", "NewsItemRef", "NewsComponent", "NewsLines", "NewsLine"),
    *("HeadLine", "Role", "ContentItem", "DataContent", "Encoding", "Characteristics", "Property"),
    *("DescriptiveMetadata", "Location", "SubjectCode", "TopicOccurrence", "RightsMetadata"),
    *("UsageRights", "AdministrativeMetadata", "Provider", "Party", "Status", "StatusWillChange"),
    *("FutureStatus", "DateAndTime", "Instruction", "RevisionStatus", "Urgency", "Update"),
)


@pytest.mark.parametrize("name", ELEMENTS)
def test_no_element_breaks_the_reader(name):
    for said in (
        f"<{name}/>",
        f"<{name}>x</{name}>",
        f'<{name} FormalName="x" Value="y" Href="z" Topic="#q" NewsItem="#q"/>',
        f'<{name} EquivalentsList="yes" Revision="2" Duid="q" Notation="base64"/>',
        f"<{name}><{name}/></{name}>",
    ):
        for raw in (
            document(item(component=said)),
            document(item(management=said)),
            document(item(component=f"<NewsComponent>{said}</NewsComponent>")),
            document(
                item(component=f"<NewsComponent><ContentItem>{said}</ContentItem></NewsComponent>")
            ),
        ):
            assert read(raw, ARRIVAL).items[0].guid == "urn:newsml:a.example:20240502:N-1"


def test_of_very_many_content_items_the_first_are_read():
    photos = "".join(
        f'<NewsComponent><Role FormalName="Photo"/><ContentItem Href="{n}.jpg"/></NewsComponent>'
        for n in range(1_200)
    )
    (made,) = read(
        document(item(component=f"<NewsComponent>{photos}</NewsComponent>")), ARRIVAL
    ).items
    assert "of more than 1000 content items the first ones are read" in made.notes
    assert "1000 pictures: the first 200 are kept" in made.notes


PHOTO = '<NewsComponent><Role FormalName="Photo"/><ContentItem Href="a.jpg"/></NewsComponent>'
LINE = "<HeadLine>word</HeadLine>"


@pytest.mark.parametrize(
    "big",
    [
        document(item(component=text("<p>word</p>" * 100_000))),
        document(item(component="<NewsComponent>" + PHOTO * 20_000 + "</NewsComponent>")),
        document(
            item(
                component="<NewsComponent><NewsLines>"
                + LINE * 50_000
                + "</NewsLines>"
                + PHOTO * 5_000
                + "</NewsComponent>"
            )
        ),
        document(
            item(component="<NewsComponent>" * 200 + PHOTO * 5_000 + "</NewsComponent>" * 200)
        ),
        document(*(item(number, text("<p>One</p>")) for number in range(2_000))),
        document(
            item(
                component="<NewsComponent>"
                + "<NewsItemRef NewsItem='#a'/>" * 50_000
                + "</NewsComponent>"
            )
        ),
        document(item(management="<Instruction FormalName='x'/>" * 50_000)),
    ],
    ids=["paragraphs", "pictures", "lines", "depth", "items", "references", "instructions"],
)
def test_a_large_document_takes_little_time(big):
    began = time.process_time()
    read(big, ARRIVAL)
    assert time.process_time() - began < 4
