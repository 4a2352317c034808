"""What the tests of enrichment share: an item of a few words."""

from dataclasses import replace

import pytest

from wireroom.formats.item import Item

NOTHING = Item(guid="urn:example:1", version=1)


@pytest.fixture
def item():
    """Make an item that says what is given and nothing else."""
    return lambda **said: replace(NOTHING, **said)
