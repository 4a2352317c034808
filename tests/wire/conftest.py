"""An agency's wire to receive on."""

import pytest

from harness.wires import Wire


@pytest.fixture
def wire(db):
    return Wire()
