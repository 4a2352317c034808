"""An agency's wire to receive on."""

import pytest

from harness.wires import Wire


@pytest.fixture
def wire(db):
    return Wire()


@pytest.fixture
def desks(db):
    """The wire of an agency whose items wait for the desk."""
    return Wire("pti", publish_at_once=False)
