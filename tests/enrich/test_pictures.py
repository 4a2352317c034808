import pytest

from wireroom.enrich.item import Defaults, enrich
from wireroom.formats.item import Item, Picture


@pytest.mark.parametrize(
    ("caption", "channel", "marked"),
    [
        ("Representative Image", False, True),
        ("A bridge. (REPRESENTATIVE IMAGE)", False, True),
        ("The mayor represents the town", False, False),
        ("A bridge", True, True),
    ],
)
def test_a_picture_that_does_not_show_the_event_is_marked(caption, channel, marked):
    item = Item(
        guid="urn:one",
        version=1,
        headline="A bridge opens",
        language="en",
        pictures=(Picture(href="https://agency.example/1.jpg", caption=caption),),
    )
    (picture,) = enrich(item, defaults=Defaults(representative=channel)).pictures
    assert picture.representative is marked
